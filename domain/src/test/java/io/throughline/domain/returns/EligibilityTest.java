package io.throughline.domain.returns;

import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static io.throughline.domain.returns.SamplePurchases.HANDED_OVER_AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EligibilityTest {
    private static final Instant IN_TIME = HANDED_OVER_AT.plus(Duration.ofDays(10));

    private final ReturnPolicyBuilder policy = new ReturnPolicyBuilder();
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private Purchase purchase = SamplePurchases.handedOver(order);
    private int othersRefunded;

    @Test
    void whatLeftComesBackInTime() {
        Instant lastMoment = HANDED_OVER_AT.plus(Duration.ofDays(30));

        assertThat(ask(lastMoment, line("L1", 2)))
                .containsExactly(new Verdict.Allowed(line("L1", 2), "windows.everything", lastMoment));
        assertThat(ask(lastMoment.plusMillis(1), line("L1", 2)))
                .containsExactly(new Verdict.Refused(
                        line("L1", 2),
                        "windows.everything",
                        Refusal.WINDOW_CLOSED,
                        "it was taken back until 2026-12-23T12:00:00Z"));
    }

    @Test
    void theLastWindowThatFitsHolds() {
        policy.window("caps", Set.of(), Set.of(CAP), 5)
                .window("tees-on-the-web", Set.of(Channel.ONLINE), Set.of(TEE), 90)
                .window("tees-in-stores", Set.of(Channel.POINT_OF_SALE), Set.of(TEE), 1);

        assertThat(ask(IN_TIME, line("L1", 1), line("L2", 1)))
                .extracting(Verdict::rule)
                .containsExactly("windows.tees-on-the-web", "windows.caps");
    }

    @Test
    void tellsWhichRuleKeepsSomethingOut() {
        policy.notReturnable("worn-on-the-head", CAP);

        assertThat(ask(IN_TIME, line("L1", 1), line("L2", 1)))
                .element(1)
                .isEqualTo(new Verdict.Refused(
                        line("L2", 1),
                        "notReturnable.worn-on-the-head",
                        Refusal.NOT_RETURNABLE,
                        "NW-CAP-NVY is not taken back"));
    }

    @Test
    void giftCardsCanBeKeptOutWhateverTheyAreCalled() {
        policy.noGiftCards();
        purchase = SamplePurchases.handedOver(SampleOrders.giftCards());

        assertThat(refusals(line("L1", 1), line("L2", 1))).containsExactly(Refusal.NOT_RETURNABLE);
    }

    @Test
    void whereThereIsNothingToSendBackThatIsSaid() {
        purchase = SamplePurchases.handedOver(SampleOrders.giftCards());

        assertThat(refusals(line("L1", 1), line("L2", 1))).containsExactly(Refusal.WITHOUT_GOODS);
    }

    @Test
    void noMoreThanLeftAndLinesAddUp() {
        assertThat(refusals(line("L1", 3))).containsExactly(Refusal.MORE_THAN_IS_LEFT);
        assertThat(refusals(line("L1", 1), line("L1", 1))).isEmpty();
        assertThat(refusals(line("L1", 1), line("L1", 2), line("L1", 1))).containsExactly(Refusal.MORE_THAN_IS_LEFT);
        assertThat(refusals(line("L9", 1))).containsExactly(Refusal.NOT_OF_THIS_ORDER);
    }

    @Test
    void whatHasNotLeftIsCancelledAndNotReturned() {
        purchase = new PurchaseHistory(
                        List.of(order),
                        List.of(SamplePurchases.work(
                                order, 1, FulfillmentStatus.PACKED, SamplePurchases.everything(order))),
                        Map.of())
                .purchase();

        assertThat(refusals(line("L1", 1))).containsExactly(Refusal.NOT_HANDED_OVER);
    }

    @Test
    void aGradeIsOneOfThePolicys() {
        ReturnRequest.Line odd =
                new ReturnRequest.Line("L1", 1, ReturnReason.OTHER, Optional.of(new ConditionGrade("CHEWED")));

        assertThat(ask(IN_TIME, odd))
                .containsExactly(new Verdict.Refused(
                        odd, "grades", Refusal.UNKNOWN_GRADE, "use one of [NEW, OPENED, UNSALEABLE]"));
    }

    @Test
    void whoHadMoneyBackTooOftenIsRefused() {
        policy.customerLimit(3, 90);
        othersRefunded = 2;
        assertThat(refusals(line("L1", 1))).isEmpty();

        othersRefunded = 3;
        assertThat(refusals(line("L1", 1))).containsExactly(Refusal.CUSTOMER_LIMIT);
    }

    private List<Verdict> ask(Instant at, ReturnRequest.Line... lines) {
        return new Eligibility(purchase, policy.build(), othersRefunded)
                .of(new ReturnRequest(purchase.order(), new ReturnedTo.ByMail(), Arrays.asList(lines)), at);
    }

    private List<Refusal> refusals(ReturnRequest.Line... lines) {
        return ask(IN_TIME, lines).stream()
                .filter(Verdict.Refused.class::isInstance)
                .map(verdict -> ((Verdict.Refused) verdict).reason())
                .toList();
    }

    private static ReturnRequest.Line line(String lineId, int quantity) {
        return new ReturnRequest.Line(lineId, quantity, ReturnReason.UNWANTED, Optional.empty());
    }
}
