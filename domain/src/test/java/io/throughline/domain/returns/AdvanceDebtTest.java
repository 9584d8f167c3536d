package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of money that was given first is not covered, of two tees that were said to be new. */
class AdvanceDebtTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final ReturnPolicy policy = new ReturnPolicyBuilder().build();
    private final TestingReturns returns = new TestingReturns();

    @Test
    void whatIsAsItWasSaidToBeIsCovered() {
        ReturnId id = paidFirst(ReturnReason.UNWANTED);
        comes(id, ReturnPolicyBuilder.NEW, ReturnPolicyBuilder.NEW);

        assertThat(owed(id)).isEmpty();
    }

    @Test
    void aWorseGradeIsOwedByItsPartOfThePrice() {
        ReturnId id = paidFirst(ReturnReason.UNWANTED);
        comes(id, ReturnPolicyBuilder.NEW, ReturnPolicyBuilder.OPENED);

        assertThat(owed(id)).hasValueSatisfying(debt -> {
            assertThat(debt.amount()).hasToString("2.44 USD");
            assertThat(debt.why()).contains("is OPENED, and was said to be NEW");
        });
    }

    @Test
    void whatNeverCameIsOwedInFullAndWhatIsWorthNothingToo() {
        ReturnId id = paidFirst(ReturnReason.UNWANTED);
        comes(id, ReturnPolicyBuilder.UNSALEABLE);
        returns.giveUp(id);

        Refund given = returns.get(id).repayment().orElseThrow().refund();
        assertThat(owed(id).orElseThrow().amount())
                .isEqualTo(given.entries().stream()
                        .filter(RefundEntry.Goods.class::isInstance)
                        .map(RefundEntry::amount)
                        .reduce(Money.zero(given.currency()), Money::plus));
        assertThat(owed(id).orElseThrow().why()).contains("never came");
    }

    @Test
    void ofWhatIsOurFaultTheConditionIsNobodysDebt() {
        ReturnId id = paidFirst(ReturnReason.DEFECTIVE);
        comes(id, ReturnPolicyBuilder.UNSALEABLE, ReturnPolicyBuilder.UNSALEABLE);

        assertThat(owed(id)).isEmpty();
    }

    /** Nobody promised anything for it. */
    @Test
    void whatWasGivenAtTheChannelWithoutAReturnIsNobodysDebt() {
        ReturnId id = paid(returns.authorise(
                ORDER,
                new ReturnCause.GivenElsewhere(),
                new ReturnedTo.ByCarrier(),
                true,
                ORDER.placedAt().plusSeconds(86_400),
                new ReturnRequest.Line("L1", 2, ReturnReason.OTHER, Optional.empty())));
        returns.giveUp(id);

        assertThat(owed(id)).isEmpty();
    }

    @Test
    void whereNothingWasGivenNothingIsOwed() {
        ReturnId id = authorised(ReturnReason.UNWANTED);
        returns.giveUp(id);

        assertThat(owed(id)).isEmpty();
    }

    private Optional<AdvanceDebt.Owed> owed(ReturnId id) {
        return new AdvanceDebt(returns.get(id), policy).owed();
    }

    private ReturnId authorised(ReturnReason reason) {
        return returns.authorise(
                ORDER,
                new ReturnedTo.InStore(SampleFacilities.ST_HARBOR),
                true,
                new ReturnRequest.Line("L1", 2, reason, Optional.of(ReturnPolicyBuilder.NEW)));
    }

    private ReturnId paidFirst(ReturnReason reason) {
        return paid(authorised(reason));
    }

    private ReturnId paid(ReturnId id) {
        returns.calculate(
                id, purchase -> new ReturnReckoning(new OnePolicy(() -> policy)).of(returns.get(id), purchase));
        returns.issued(id, new Return.Issued("R1", Map.of("T1", "TX1"), true, Instant.EPOCH));
        return id;
    }

    private void comes(ReturnId id, ConditionGrade... grades) {
        for (ConditionGrade grade : grades) {
            returns.receive(id, new Arrival(SampleFacilities.ST_HARBOR, List.of(new Arrival.Units("L1", 1)), false));
            returns.inspect(
                    id,
                    new Finding(
                            SampleFacilities.ST_HARBOR,
                            List.of(new Finding.Units("L1", 1, grade, Disposition.RESTOCK))));
        }
    }
}
