package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody who brings goods back is told of how far that is. */
class CustomerStatusTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();

    private final TestingReturns returns = new TestingReturns();

    @Test
    void followsTheGoodsAndThenTheMoney() {
        ReturnId id = authorised(false, 2);
        assertThat(status(id)).isEqualTo(CustomerStatus.GOODS_AWAITED);

        receive(id, 1);
        assertThat(status(id)).isEqualTo(CustomerStatus.PARTLY_RECEIVED);

        receive(id, 1);
        assertThat(status(id)).isEqualTo(CustomerStatus.RECEIVED);

        inspect(id, 2);
        assertThat(status(id)).isEqualTo(CustomerStatus.UNDER_REVIEW);

        worth(id, "20.00");
        returns.issued(id, issued());
        assertThat(status(id)).isEqualTo(CustomerStatus.REFUND_ON_ITS_WAY);

        returns.confirmed(id);
        assertThat(status(id)).isEqualTo(CustomerStatus.REFUNDED);

        returns.endMoney(id, "in the books");
        assertThat(status(id)).isEqualTo(CustomerStatus.REFUNDED);
    }

    @Test
    void whoHasTheMoneyFirstStillOwesTheGoods() {
        ReturnId id = authorised(true, 1);
        worth(id, "20.00");
        returns.issued(id, issued());
        returns.confirmed(id);

        assertThat(status(id)).isEqualTo(CustomerStatus.REFUNDED_GOODS_AWAITED);
    }

    @Test
    void whatPaysANewOrderIsNoRefund() {
        ReturnId id = authorised(true, 1);
        worth(id, "20.00");
        returns.exchanged(
                id,
                Map.of("T1", returns.get(id).repayment().orElseThrow().refund().total()));
        returns.endMoney(id, "exchanged");

        assertThat(status(id)).isEqualTo(CustomerStatus.EXCHANGED);
    }

    @Test
    void nobodyIsToldToHaveMoneyThatDidNotGetThrough() {
        ReturnId never = authorised(true, 1);
        worth(never, "20.00");
        returns.endMoney(never, "the channel refuses it");
        assertThat(status(never)).isEqualTo(CustomerStatus.HANDLED_IN_PERSON);

        ReturnId failed = authorised(true, 1);
        worth(failed, "20.00");
        returns.issued(failed, issued());
        returns.failed(failed, List.of("TX1"), false);
        assertThat(status(failed)).isEqualTo(CustomerStatus.HANDLED_IN_PERSON);
    }

    @Test
    void whatIsWorthNothingIsNotPaid() {
        ReturnId id = authorised(true, 1);
        Refund nothing = new Refund(ORDER.currency(), ORDER.currency(), List.of(), List.of());
        returns.calculate(id, purchase -> new Returns.Reckoned(nothing, false));
        returns.endMoney(id, "nothing");

        assertThat(status(id)).isEqualTo(CustomerStatus.NOTHING_DUE);
    }

    private CustomerStatus status(ReturnId id) {
        return CustomerStatus.of(returns.get(id));
    }

    private ReturnId authorised(boolean refundFirst, int units) {
        return returns.authorise(
                ORDER,
                new ReturnedTo.ByMail(),
                refundFirst,
                new ReturnRequest.Line("L1", units, ReturnReason.UNWANTED, Optional.empty()));
    }

    private void receive(ReturnId id, int units) {
        returns.receive(id, new Arrival(SampleFacilities.WH_EAST, List.of(new Arrival.Units("L1", units)), false));
    }

    private void inspect(ReturnId id, int units) {
        returns.inspect(
                id,
                new Finding(
                        SampleFacilities.WH_EAST,
                        List.of(new Finding.Units("L1", units, ReturnPolicyBuilder.NEW, Disposition.RESTOCK))));
    }

    private void worth(ReturnId id, String amount) {
        Refund refund = SampleRefunds.ofOneUnit(ORDER, "L1", amount);
        returns.calculate(id, purchase -> new Returns.Reckoned(refund, false));
    }

    private static Return.Issued issued() {
        return new Return.Issued("R1", Map.of("T1", "TX1"), true, Instant.parse("2026-11-24T10:00:00Z"));
    }
}
