package io.throughline.domain.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowedChangeTest {
    private static final Order BEFORE =
            SampleOrders.twoLines("6500000000102").paid().build();
    private static final Order AFTER =
            SampleOrders.twoLines("6500000000102").paid().refunded().build();

    private final TestingReturns returns = new TestingReturns();

    @Test
    void aReturnThatWaitsForItsGoodsExplainsNothing() {
        authorised(false);

        assertThat(explained()).isFalse();
    }

    @Test
    void aReturnThatIsAboutToGiveMoneyBackLooksAtItItself() {
        ReturnId id = authorised(true);
        assertThat(explained()).isFalse();

        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", "25.00"), false));
        assertThat(explained()).isTrue();

        issued(id, "R1");
        assertThat(explained()).isTrue();
    }

    /** Its own transactions are known by then, so that another one is somebody else's, however long its own is on its way. */
    @Test
    void whatSomebodyElseGivesBackIsNotExplainedByARefundThatIsOnItsWay() {
        ReturnId id = authorised(true);
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", "25.00"), false));

        issued(id, "T9");
        assertThat(explained()).isFalse();
        returns.confirmed(id);
        assertThat(explained()).isFalse();
    }

    /** It has no transaction to be known by. */
    @Test
    void thatARefundOfNothingTakesItsUnitsOffIsExplained() {
        Order fewer = SampleOrders.twoLines("6500000000102")
                .paid()
                .version(BEFORE.version().plusSeconds(60))
                .build();
        ReturnId id = authorised(true);
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", "0.00"), false));
        returns.issued(id, new Return.Issued("refund", Map.of(), true, BEFORE.placedAt()));

        assertThat(FollowedChange.explains(returns.ofOrder(BEFORE.id()), BEFORE, fewer, FollowedChangeTest::nobody))
                .isTrue();
    }

    @Test
    void thatItsOwnRefundFailsIsExplainedForAsLongAsItIsWaitedFor() {
        Order failed = SampleOrders.twoLines("6500000000102")
                .paid()
                .tender("R1", Tender.Kind.REFUND, Tender.Status.FAILURE, "shopify_payments", "25.00", Optional.of("T1"))
                .build();
        ReturnId id = authorised(true);
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", "25.00"), false));
        issued(id, "R1");
        assertThat(FollowedChange.explains(returns.ofOrder(BEFORE.id()), BEFORE, failed, FollowedChangeTest::nobody))
                .isTrue();

        returns.confirmed(id);
        assertThat(FollowedChange.explains(returns.ofOrder(BEFORE.id()), AFTER, failed, FollowedChangeTest::nobody))
                .isFalse();
    }

    @Test
    void itsOwnRefundIsExplainedForGood() {
        ReturnId id = authorised(true);
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", "25.00"), false));
        issued(id, "R1");
        returns.confirmed(id);

        assertThat(explained()).isTrue();
    }

    /** Were it refused, nobody would ever have looked. */
    @Test
    void aReturnThatMayStillBeRefusedExplainsNothing() {
        ReturnId id = returns.authorise(
                BEFORE,
                new ReturnCause.ParcelLost("1Z1"),
                new ReturnedTo.Never(),
                true,
                BEFORE.placedAt(),
                new ReturnRequest.Line("L1", 1, ReturnReason.NEVER_ARRIVED, Optional.empty()));
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", "25.00"), true));
        assertThat(explained()).isFalse();

        returns.approve(id, "finance");
        assertThat(explained()).isTrue();
    }

    /** No transaction tells of it: the goods were worth nothing. */
    @Test
    void aRefundOfNothingTakesItsUnitsOff() {
        ReturnId id = authorised(true);
        assertThat(takenOff()).isZero();

        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(BEFORE, "L1", "0.00"), false));
        returns.issued(id, new Return.Issued("refund", Map.of(), true, BEFORE.placedAt()));
        returns.confirmed(id);
        assertThat(takenOff()).isEqualTo(1);
    }

    private int takenOff() {
        return FollowedChange.takenOff(returns.ofOrder(BEFORE.id()), AFTER, "L1");
    }

    /** Is asked of only where something is passed on. */
    private static boolean nobody(ReturnId by) {
        return false;
    }

    private boolean explained() {
        return FollowedChange.explains(returns.ofOrder(BEFORE.id()), BEFORE, AFTER, FollowedChangeTest::nobody);
    }

    private ReturnId authorised(boolean refundFirst) {
        return returns.authorise(
                BEFORE,
                new ReturnedTo.ByMail(),
                refundFirst,
                new ReturnRequest.Line("L1", 1, ReturnReason.UNWANTED, Optional.of(ReturnPolicyBuilder.NEW)));
    }

    private void issued(ReturnId id, String transaction) {
        returns.issued(id, new Return.Issued("refund", Map.of("T1", transaction), true, BEFORE.placedAt()));
    }
}
