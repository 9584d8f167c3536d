package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.Marketplace.CallingOff;
import io.throughline.domain.marketplace.MarketplaceOrder;
import io.throughline.domain.marketplace.SampleMarketplaceTerms;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The real process of a marketplace's order over the real steps: what its marketplace is told, and that it is told once. */
class MarketplaceOrderTest {
    private static final OrderKey KEY = new OrderKey(SampleAccounts.BAZAAR, "MP-1");

    @Test
    void anOrderIsTakenOnShippedAndConfirmedAndNothingIsCaptured() {
        try (OrderRun run = ofMarketplace()) {
            run.start().awaitEffect("acknowledge").reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects())
                    .containsOnlyOnce("acknowledge MP-1", "confirm " + run.work(1))
                    .noneMatch(effect -> effect.startsWith("capture ") || effect.startsWith("handover "))
                    .containsSubsequence("acknowledge MP-1", "confirm " + run.work(1));
            assertThat(run.retail.erp.payments())
                    .as("the marketplace owes us what it was paid")
                    .extracting(payment -> payment.gateway() + " " + payment.amount())
                    .containsExactly("bazaar 50.00 USD");
            assertThat(known(run).acknowledgedAt()).isPresent();
            assertThat(known(run).shippedAt()).isPresent();
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void eachParcelIsConfirmedWithWhatLiesInIt() {
        try (OrderRun run = ofMarketplace()) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            Parcel first = run.retail.parcels.pack(run.work(1), units(1));
            Parcel second = run.retail.parcels.pack(run.work(1), units(1));
            run.reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects())
                    .containsOnlyOnce("confirm " + first.id(), "confirm " + second.id())
                    .doesNotContain("confirm " + run.work(1));
            assertThat(known(run).shippedAt()).isPresent();
        }
    }

    @Test
    void aParcelThatItsMarketplaceRefusesKeepsItFromNoneOfTheOthers() {
        try (OrderRun run = ofMarketplace()) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            Parcel first = run.retail.parcels.pack(run.work(1), units(1));
            Parcel second = run.retail.parcels.pack(run.work(1), units(1));
            run.retail.vendor.refuses("confirm", FailureCode.CHANNEL_REFUSED, "422 MORE_THAN_ORDERED");
            run.reports(1, FulfillmentStatus.SHIPPED);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects())
                    .containsOnlyOnce("confirm " + second.id())
                    .doesNotContain("confirm " + first.id());
            assertThat(known(run).shippedAt()).isEmpty();
        }
    }

    @Test
    void whatIsToldIsToldOnceHoweverOftenRepliesAreLostAndTheProcessBeginsAnew() {
        try (OrderRun run = ofMarketplace()) {
            run.retail.vendor.losesReply("acknowledge");
            run.retail.vendor.losesReply("confirm");
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED).startAgain();
            run.reports(1, FulfillmentStatus.SHIPPED).awaitEffect("confirm");
            run.startAgain();

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects()).containsOnlyOnce("acknowledge MP-1", "confirm " + run.work(1));
            assertThat(known(run).shippedAt()).isPresent();
        }
    }

    @Test
    void whatItsMarketplaceAsksToCancelIsStoppedCancelledAndGivenBack() {
        try (OrderRun run = ofMarketplace()) {
            run.start().awaitStatus(1, FulfillmentStatus.RELEASED);
            run.retail.marketplaceOrders.cancellationAsked(run.order.id());
            run.retail.orders.requestCancel(run.order.id(), "marketplace bazaar", "asked for by its marketplace");
            run.wake("order");

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.marketplace.calledOff())
                    .containsExactly(new CallingOff(
                            KEY,
                            true,
                            CancellationReason.BUYER_REQUEST,
                            run.order.total().shop()));
            assertThat(known(run).calledOff().orElseThrow().reason()).isEqualTo(CancellationReason.BUYER_REQUEST);
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().payment())
                    .isEqualTo(PaymentStatus.REFUNDED);
            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.erp.refundsOf(run.order.id())).isEqualTo(1);
        }
    }

    @Test
    void whatHasLeftStaysAndAWishThatComesTooLateIsAQuestion() {
        try (OrderRun run = ofMarketplace()) {
            run.retail.vendor.goesDown("invoice");
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("confirm");
            run.retail.marketplaceOrders.cancellationAsked(run.order.id());
            run.retail.orders.requestCancel(run.order.id(), "marketplace bazaar", "asked for by its marketplace");
            run.wake("order").await("the question", () -> question(run).isPresent());
            run.retail.vendor.comesBack();
            Case asked = question(run).orElseThrow();
            run.retail.cases.decide(asked.id(), Action.ACCEPT_DIFFERENCE);
            run.wake(asked.id().value());

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.marketplace.calledOff()).isEmpty();
        }
    }

    @Test
    void anOrderThatNobodyHasIsRejectedForThatReason() {
        try (OrderRun run = ofMarketplace()) {
            run.order
                    .lines()
                    .forEach(line -> run.retail.facilities.all().forEach(facility -> {
                        run.retail.inventory.stock(facility.id(), line.sku(), 0);
                    }));
            run.start().decides(Action.CANCEL);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(run.retail.marketplace.calledOff())
                    .containsExactly(new CallingOff(
                            KEY,
                            false,
                            CancellationReason.OUT_OF_STOCK,
                            run.order.total().shop()));
            assertThat(run.retail.vendor.effects()).noneMatch(effect -> effect.startsWith("acknowledge "));
        }
    }

    @Test
    void whatItsMarketplaceRefusesToHearIsACase() {
        try (OrderRun run = ofMarketplace()) {
            run.retail.vendor.refuses("acknowledge", FailureCode.CHANNEL_REFUSED, "409 CANCELLED_BEFORE");
            run.start().await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.CHANNEL_REFUSED);
            assertThat(known(run).acknowledgedAt()).isEmpty();
            run.decides(Action.RETRY).reports(1, FulfillmentStatus.SHIPPED);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(known(run).acknowledgedAt()).isPresent();
        }
    }

    @Test
    void whereOnlyIsLookedOnNothingIsSentAndNothingIsSettled() {
        try (OrderRun run = ofMarketplace()) {
            run.retail.accounts.mode(SampleAccounts.BAZAAR, EffectMode.SHADOW);
            run.start().reports(1, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.vendor.effects())
                    .noneMatch(effect -> effect.startsWith("acknowledge ") || effect.startsWith("confirm "));
            assertThat(run.retail.ledger.ofSubject(run.order.id().value()))
                    .filteredOn(effect -> effect.key().account().equals(SampleAccounts.BAZAAR))
                    .extracting(EffectLedger.Effect::state)
                    .isNotEmpty()
                    .containsOnly(EffectLedger.State.SHADOWED);
            assertThat(known(run).acknowledgedAt()).isEmpty();
            assertThat(known(run).shippedAt()).isEmpty();
        }
    }

    private static MarketplaceOrder known(OrderRun run) {
        return run.retail.marketplaceOrders.find(run.order.id()).orElseThrow();
    }

    private static Optional<Case> question(OrderRun run) {
        return run.retail.cases.open().stream()
                .filter(open -> open.code() == FailureCode.CHANGED_AFTER_SHIPMENT)
                .findFirst();
    }

    private static List<LineQuantity> units(int units) {
        return List.of(new LineQuantity("L1", SampleOrders.TEE, units));
    }

    private static OrderRun ofMarketplace() {
        Order order = new OrderBuilder(KEY, "USD")
                .channel(Channel.MARKETPLACE)
                .line(SampleOrders.TEE, 2, "50.00")
                .destination("US", 42.3, -71.0)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .tender("paid-MP-1", Tender.Kind.SALE, Tender.Status.SUCCESS, "bazaar", "50.00", Optional.empty())
                .build();
        OrderRun run = OrderRun.of(order);
        run.retail.marketplaceOrders.put(KEY, SampleMarketplaceTerms.BAZAAR.deadlines(order.placedAt()));
        return run;
    }
}
