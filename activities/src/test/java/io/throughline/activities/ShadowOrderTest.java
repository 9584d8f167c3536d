package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A deployment that runs beside the connectors which it is to replace: they do the work, and nothing of ours is sent. */
class ShadowOrderTest {
    private static final AccountId[] EVERYWHERE = {
        SampleAccounts.SHOP, SampleAccounts.POS, SampleAccounts.ERP, SampleAccounts.MESSAGING
    };

    @Test
    void anOrderFollowsWhatOthersDoAndSendsNothing() {
        try (OrderRun run = shadow(SampleOrders.authorisedOnly(), EVERYWHERE)) {
            run.start().reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).isEmpty();
            assertThat(effects(run))
                    .extracting(EffectLedger.Effect::state)
                    .isNotEmpty()
                    .containsOnly(EffectLedger.State.SHADOWED);
            assertThat(effects(run))
                    .extracting(effect -> effect.key().operation())
                    .contains("assign", "release", "capture", "announce", "invoice", "settle", "tell");
            FulfillmentOrder work = run.retail.work.get(run.work(1));
            assertThat(work.status()).isEqualTo(FulfillmentStatus.SHIPPED);
            assertThat(work.workReference()).contains("planned/" + run.work(1));
            assertThat(work.channelWork())
                    .isEqualTo(run.order.deliveries().getFirst().channelWork());
            OrderView view = run.retail.orders.view(run.order.id()).orElseThrow();
            assertThat(view.posting()).isEqualTo(PostingStatus.PENDING);
            assertThat(run.retail.journals.of(run.order.id())).isNotEmpty();
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void whatWouldHaveBeenSentIsKept() {
        try (OrderRun run = shadow(SampleOrders.authorisedOnly(), EVERYWHERE)) {
            run.start().reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(asked(run, "announce"))
                    .startsWith(
                            run.order.id() + " from WH-EAST 98.74 USD: NW-TEE-BLK-M × 2 45.00 USD + 1.80 USD NY State")
                    .endsWith("; SHIPPING × 1 6.00 USD + 0.24 USD NY State + 0.27 USD New York City");
            assertThat(asked(run, "invoice")).startsWith(run.work(1) + "/invoice");
            assertThat(asked(run, "capture")).isEqualTo("A1 98.74 USD");
        }
    }

    private static String asked(OrderRun run, String operation) {
        return effects(run).stream()
                .map(EffectLedger.Effect::key)
                .filter(key -> key.operation().equals(operation))
                .map(run.retail.ledger::requestOf)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFacilityThatWasNeverToldIsNeverSilent() {
        try (OrderRun run = shadow(SampleOrders.authorisedOnly(), EVERYWHERE)) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).passes(Duration.ofDays(9));

            assertThat(run.running()).isTrue();
            assertThat(run.retail.cases.all()).isEmpty();

            // Nobody tells us: the process looks by itself.
            run.retail.facilitySystem.report(run.work(1), FulfillmentStatus.SHIPPED);
            run.passes(Duration.ofDays(3));
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).isEmpty();
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void whatOthersRejectIsTheirsToRouteAgain() {
        try (OrderRun run = shadow(SampleOrders.authorisedOnly(), EVERYWHERE)) {
            run.start().reports(1, FulfillmentStatus.REJECTED).passes(Duration.ofDays(1));
            assertThat(run.retail.cases.all()).isEmpty();
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        }
    }

    @Test
    void anOrderThatIsCancelledEndsWithoutAWord() {
        try (OrderRun run = shadow(SampleOrders.twoLinesWithTaxAndDiscount(), EVERYWHERE)) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("order");

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.vendor.effects()).isEmpty();
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        }
    }

    @Test
    void onlyTheErpInShadowLeavesTheRestAsItIs() {
        try (OrderRun run = shadow(SampleOrders.authorisedOnly(), SampleAccounts.ERP)) {
            run.start().reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects())
                    .extracting(effect -> effect.substring(0, effect.indexOf(' ')))
                    .containsExactlyInAnyOrder("assign", "capture", "release", "tell");
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.PENDING);
        }
    }

    /** The stores' till is not ours yet, the shop is: what the shop tells us is not told to it again. */
    @Test
    void aStoreInShadowIsFollowedInTheShop() {
        try (OrderRun run = shadow(SampleOrders.pickup(), SampleAccounts.POS)) {
            run.start().reports(1, FulfillmentStatus.READY_FOR_PICKUP).awaitEffect("tell");
            run.reports(1, FulfillmentStatus.PICKED_UP);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects())
                    .noneMatch(effect -> effect.startsWith("release")
                            || effect.startsWith("ready")
                            || effect.startsWith("handover"));
            assertThat(run.retail.facilitySystem.readAt()).containsOnly(SampleAccounts.SHOP);
            assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        }
    }

    private static OrderRun shadow(Order order, AccountId... accounts) {
        OrderRun run = OrderRun.of(order);
        for (AccountId account : accounts) {
            run.retail.accounts.mode(account, EffectMode.SHADOW);
        }
        return run;
    }

    private static List<EffectLedger.Effect> effects(OrderRun run) {
        return java.util.stream.Stream.concat(
                        run.retail.ledger.ofSubject(run.order.id().value()).stream(),
                        run.retail.ledger.ofSubject(run.work(1).value()).stream())
                .toList();
    }
}
