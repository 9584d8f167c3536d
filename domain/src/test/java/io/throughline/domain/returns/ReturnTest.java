package io.throughline.domain.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far goods and money are follows from what has happened. */
class ReturnTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final TestingReturns returns = new TestingReturns();

    @Test
    void moneyWaitsForTheConditionOfTheGoods() {
        ReturnId id = returns.authorise(ORDER, new ReturnedTo.ByMail(), false, line("L1", 2), line("L2", 1));
        assertStands(id, GoodsStatus.AUTHORISED, MoneyStatus.AWAITS_GOODS);

        receive(id, false, units("L1", 1));
        assertStands(id, GoodsStatus.PARTLY_RECEIVED, MoneyStatus.AWAITS_GOODS);

        receive(id, false, units("L1", 1), units("L2", 1));
        assertStands(id, GoodsStatus.RECEIVED, MoneyStatus.AWAITS_GOODS);

        inspect(id, found("L1", 2, Disposition.RESTOCK));
        assertStands(id, GoodsStatus.RECEIVED, MoneyStatus.AWAITS_GOODS);

        inspect(id, found("L2", 1, Disposition.SCRAP));
        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNCALCULATED);
        assertThat(returns.get(id).toBook()).hasSize(2);
        assertThat(returns.get(id).toRefund().lines())
                .extracting(ReturnRequest.Line::grade)
                .containsExactly(Optional.of(OPENED), Optional.of(OPENED));
    }

    @Test
    void moneyThatIsGivenFirstDoesNotWait() {
        ReturnId id = returns.authorise(ORDER, new ReturnedTo.ByMail(), true, line("L1", 1));

        assertStands(id, GoodsStatus.AUTHORISED, MoneyStatus.UNCALCULATED);
        assertThat(returns.get(id).toRefund().lines())
                .singleElement()
                .extracting(ReturnRequest.Line::grade)
                .isEqualTo(Optional.of(NEW));
    }

    @Test
    void whatIsNotWaitedForAnyMoreIsNotPaid() {
        ReturnId id = returns.authorise(ORDER, new ReturnedTo.ByMail(), false, line("L1", 2), line("L2", 1));
        receive(id, false, units("L1", 1));
        inspect(id, found("L1", 1, Disposition.RESTOCK));

        returns.giveUp(id);

        assertStands(id, GoodsStatus.INSPECTED, MoneyStatus.UNCALCULATED);
        assertThat(returns.get(id).toRefund().lines())
                .singleElement()
                .extracting(ReturnRequest.Line::quantity)
                .isEqualTo(1);
    }

    @Test
    void whatIsMoreThanAuthorisedWasNotExpected() {
        ReturnId id = returns.authorise(ORDER, new ReturnedTo.ByMail(), false, line("L1", 1), line("L1", 1));

        Arrival.Sorted sorted = arrival(false, units("L1", 3), units("L2", 1)).sortedFor(returns.get(id));

        assertThat(sorted.received()).containsOnly(Map.entry(1, 1), Map.entry(2, 1));
        assertThat(sorted.unexpected()).containsExactly(units("L1", 1), units("L2", 1));
    }

    @Test
    void nobodyCanInspectWhatHasNotCome() {
        ReturnId id = returns.authorise(ORDER, new ReturnedTo.ByMail(), false, line("L1", 2));
        receive(id, false, units("L1", 1));

        assertThat(new Finding(SampleFacilities.WH_EAST, List.of(found("L1", 2, Disposition.RESTOCK)))
                        .sortedFor(returns.get(id)))
                .isEmpty();
    }

    @Test
    void aReturnIsFoundByItsProcessToo() {
        ReturnId id = ReturnId.of(ORDER.id(), 12);

        assertThat(id.order()).isEqualTo(ORDER.id());
        assertThat(id.ordinal()).isEqualTo(12);
        assertThat(ReturnId.about(id.value())).contains(id);
        assertThat(ReturnId.about(id.workflowId(AccountId.of("northwind")))).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O-7K2M9Q4XTA",
                "O-7K2M9Q4XTA-F1",
                "O-7K2M9Q4XTA-R0",
                "return/northwind",
                "store-day/ST-X/2026-01-01"
            })
    void otherSubjectsAreNoReturns(String subject) {
        assertThat(ReturnId.about(subject)).isEmpty();
    }

    private void assertStands(ReturnId id, GoodsStatus goods, MoneyStatus money) {
        assertThat(returns.get(id).goods()).isEqualTo(goods);
        assertThat(returns.get(id).money()).isEqualTo(money);
    }

    private void receive(ReturnId id, boolean complete, Arrival.Units... units) {
        returns.receive(id, arrival(complete, units));
    }

    private void inspect(ReturnId id, Finding.Units... units) {
        returns.inspect(id, new Finding(SampleFacilities.WH_EAST, List.of(units)));
    }

    private static Arrival arrival(boolean complete, Arrival.Units... units) {
        return new Arrival(SampleFacilities.WH_EAST, List.of(units), complete);
    }

    private static Arrival.Units units(String lineId, int quantity) {
        return new Arrival.Units(lineId, quantity);
    }

    private static Finding.Units found(String lineId, int quantity, Disposition disposition) {
        return new Finding.Units(lineId, quantity, OPENED, disposition);
    }

    private static ReturnRequest.Line line(String lineId, int quantity) {
        return new ReturnRequest.Line(lineId, quantity, ReturnReason.UNWANTED, Optional.of(NEW));
    }
}
