package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.policy.SamplePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real process over the real steps, of orders of which a part can be had at once, and the rest later. */
class PartialOrderTest {
    private static final Instant SOMEDAY = Instant.parse("2031-03-01T08:00:00Z");

    /** Three tees, of which two are there, and a cap. */
    @Test
    void whatThereIsGoesOutAndTheRestFollows() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            assertThat(linesOf(run, 1)).containsExactly(new LineQuantity("L1", SampleOrders.TEE, 2));
            run.await("the wait", () -> run.waitingFor().contains("1 × NW-CAP-NVY for supply that is expected at"));
            assertThat(run.waitingFor()).contains("1 × NW-TEE-BLK-M for supply", "cancelled if that has not come by");

            run.retail.inventory.stock(SampleFacilities.ST_HARBOR, SampleOrders.CAP, 1);
            run.wake("order stock").reports(2, FulfillmentStatus.SHIPPED);
            assertThat(linesOf(run, 2)).containsExactly(new LineQuantity("L2", SampleOrders.CAP, 1));
            assertThat(run.running()).isTrue();

            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 5);
            run.wake("order stock").reports(3, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(linesOf(run, 3)).containsExactly(new LineQuantity("L1", SampleOrders.TEE, 1));
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(3);
            assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                    .isEqualTo(PostingStatus.CONFIRMED);
            assertThat(run.retail.cases.all()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void eachShipmentTakesItsPartOfTheMoneyWhereTheProviderAllowsIt() {
        try (OrderRun run = lacking(multiCapturable())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            assertThat(paid(run)).isEqualTo("71.00 USD");
            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 5);
            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.CAP, 5);
            run.wake("order stock").reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(paid(run)).isEqualTo("126.00 USD");
            assertThat(run.retail.vendor.effects()).contains("capture A1", "capture A1 part 2");
            assertNothingIsLeft(run);
        }
    }

    /** Three tees, two of which leave first, and a cap: neither the tees' price nor their tax can be divided by three. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "USD, 100.00, 10.01, 40.01, 11.00, 70.00",
        "JPY, 10000, 1001, 4001, 1100, 7000",
        "KWD, 100.000, 10.001, 40.001, 11.000, 70.000"
    })
    void aGiftCardAndACardPayEachShipmentBetweenThem(
            String currency, String tees, String taxOnTees, String cap, String shipping, String giftCard) {
        Order order = paidByBoth(
                new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000778"), currency)
                        .line(SampleOrders.TEE, 3, tees, OrderBuilder.tax("State", taxOnTees))
                        .line(SampleOrders.CAP, 1, cap)
                        .shipping(shipping),
                giftCard);
        Money byGiftCard = Money.of(giftCard, order.currency());
        try (OrderRun run = lacking(order)) {
            run.start().reports(1, FulfillmentStatus.SHIPPED);
            Money first = awaitInvoice(run, 1);
            assertThat(paid(run)).isEqualTo(first.toString());

            run.retail.inventory.stock(SampleFacilities.ST_HARBOR, SampleOrders.CAP, 1);
            run.wake("order stock").reports(2, FulfillmentStatus.SHIPPED);
            Money second = awaitInvoice(run, 2);
            assertThat(paid(run)).isEqualTo(first.plus(second).toString());

            run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 1);
            run.wake("order stock").reports(3, FulfillmentStatus.SHIPPED);
            Money third = awaitInvoice(run, 3);
            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(first.plus(second).plus(third)).isEqualTo(order.total().shop());
            assertThat(run.retail.erp.payments())
                    .extracting(payment -> payment.gateway() + " " + payment.amount())
                    .containsExactlyInAnyOrder(
                            "gift_card " + byGiftCard,
                            "shopify_payments " + first.minus(byGiftCard),
                            "shopify_payments " + second,
                            "shopify_payments " + third);
            assertNothingIsLeft(run);
        }
    }

    private static Order paidByBoth(OrderBuilder goods, String giftCard) {
        goods.destination("US", 40.7, -74.0)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/778"));
        Order order = goods.build();
        return goods.tender("G1", Tender.Kind.SALE, Tender.Status.SUCCESS, "gift_card", giftCard, Optional.empty())
                .tender(multiCapturable(
                        order.total().shop().minus(Money.of(giftCard, order.currency())), order.placedAt()))
                .build();
    }

    private static Tender multiCapturable(Money amount, Instant at) {
        return new Tender(
                "A1",
                Tender.Kind.AUTHORIZATION,
                Tender.Status.SUCCESS,
                "shopify_payments",
                MoneyBag.of(amount),
                Optional.empty(),
                true,
                at);
    }

    /** What it comes to. */
    private static Money awaitInvoice(OrderRun run, int ordinal) {
        String reference = Postings.invoiceReference(run.work(ordinal));
        run.await(reference, () -> run.retail.vendor.effects().contains("invoice " + reference));
        return run.retail.erp.invoice(reference).total();
    }

    @Test
    void anAuthorisationThatIsTakenOnlyOnceIsTakenWholeWithTheFirstPart() {
        try (OrderRun run = lacking(teesAndCap().authorised().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            assertThat(paid(run)).isEqualTo("126.00 USD");
            restComes(run);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whenTheRestIsCancelledWhatHasLeftStays() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("order");
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.await(
                    "the rest is given up",
                    () -> run.retail.inventory.stockOf(run.order.id()).waiting().isEmpty());
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
            // What a person has settled at the channel.
            run.becomes(twoTees(run));
            run.decides(Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
        }
    }

    @Test
    void whatIsTakenOffTheRestIsNotWaitedForAnyMore() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            run.becomes(twoTees(run))
                    .wake("channel")
                    .await(
                            "nothing waits",
                            () -> run.retail
                                    .inventory
                                    .stockOf(run.order.id())
                                    .unrouted()
                                    .isEmpty());

            assertThat(run.retail.work.ofOrder(run.order.id())).hasSize(1);
            assertThat(run.retail.cases.all()).noneMatch(one -> one.code() == FailureCode.CHANGED_AFTER_SHIPMENT);
        }
    }

    @Test
    void moreThanHasLeftIsStillAQuestion() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            run.becomes(teesAndCap(1, 1)
                            .version(run.order.version().plusSeconds(60))
                            .paid()
                            .build())
                    .wake("channel")
                    .await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
        }
    }

    @Test
    void whatWasRejectedGoesElsewhereAndTheRestStillWaits() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.TEE, 9);
            run.reports(1, FulfillmentStatus.REJECTED).decides(Action.REROUTE);
            run.await("three tees are given out", () -> tees(run) == 3);
            assertThat(run.retail.inventory.stockOf(run.order.id()).waiting())
                    .extracting(waits -> waits.sku())
                    .containsExactly(SampleOrders.CAP);
            ship(run);
            run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.CAP, 1);
            run.wake("order stock")
                    .await(
                            "the cap is given out",
                            () -> run.retail
                                    .inventory
                                    .stockOf(run.order.id())
                                    .unrouted()
                                    .isEmpty());
            ship(run);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(tees(run)).isEqualTo(3);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aRunThatIsStartedAgainBetweenThePartsEndsTheSame() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            run.startAgain();
            restComes(run);
            run.reports(2, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(2, FulfillmentStatus.ACKNOWLEDGED);
            run.startAgain().reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aPromiseThatMovesIsToldOncePerMove() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            expects(run, SOMEDAY.plus(Duration.ofDays(2)));
            run.wake("order stock").await("the first message", () -> told(run).size() == 1);
            run.wake("order stock");
            expects(run, SOMEDAY.plus(Duration.ofDays(3)));
            run.wake("order stock").await("the second message", () -> told(run).size() == 2);
            restComes(run);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(told(run))
                    .containsExactly(
                            "tell " + run.order.id() + "/promise/2/REPROMISED",
                            "tell " + run.order.id() + "/promise/3/REPROMISED");
            assertThat(run.retail.cases.all()).isEmpty();
            assertNothingIsLeft(run);
        }
    }

    @Test
    void aPromiseThatMovesTooFarIsAQuestion() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            expects(run, SOMEDAY.plus(Duration.ofDays(8)));
            run.wake("order stock")
                    .await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.STOCK_MISSING);
            run.await("the message", () -> told(run).size() == 1);

            run.decides(Action.RETRY)
                    .await("borne", () -> run.retail.cases.open().isEmpty());
            restComes(run);
            run.reports(2, FulfillmentStatus.SHIPPED);

            assertThat(run.result()).isEqualTo("COMPLETED");
            assertThat(run.retail.cases.all()).hasSize(1);
            assertNothingIsLeft(run);
        }
    }

    @Test
    void whatIsExpectedInTimeAgainIsNoQuestionAnyMore() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            expects(run, SOMEDAY.plus(Duration.ofDays(8)));
            run.wake("order stock")
                    .await("the case", () -> run.retail.cases.open().size() == 1);
            expects(run, SOMEDAY.plus(Duration.ofDays(1)));
            run.wake("order stock")
                    .await("nobody is asked", () -> run.retail.cases.open().isEmpty());
        }
    }

    /** A person closes the rest short. */
    @Test
    void theRestThatNobodyExpectsIsCancelledByItsCase() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.SHIPPED).awaitEffect("invoice");
            expects(run, Instant.MAX);
            run.wake("order stock").decides(Action.CANCEL);
            run.await(
                    "the question about what has left",
                    () -> run.retail.cases.open().stream()
                            .anyMatch(open -> open.code() == FailureCode.CHANGED_AFTER_SHIPMENT));

            run.await(
                    "nothing waits",
                    () -> run.retail
                            .inventory
                            .stockOf(run.order.id())
                            .unrouted()
                            .isEmpty());
            run.becomes(twoTees(run)).decides(Action.ACCEPT_DIFFERENCE);
            assertThat(run.result()).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aPartThatIsStillHereIsCancelledWithTheRest() {
        try (OrderRun run = lacking(teesAndCap().paid().build())) {
            run.start().reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
            run.retail.orders.requestCancel(run.order.id(), "ada", "by telephone");
            run.wake("order");

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    /** Units that somebody is to hand over, or has. */
    private static int tees(OrderRun run) {
        return run.retail.work.ofOrder(run.order.id()).stream()
                .filter(work -> work.status() != FulfillmentStatus.REJECTED)
                .flatMap(work -> work.lines().stream())
                .filter(line -> line.sku().equals(SampleOrders.TEE))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    /** Whatever is under way. */
    private static void ship(OrderRun run) {
        int known = run.retail.work.ofOrder(run.order.id()).size();
        for (int ordinal = 1; ordinal <= known; ordinal++) {
            if (!run.retail.work.get(run.work(ordinal)).status().terminal()) {
                run.reports(ordinal, FulfillmentStatus.SHIPPED);
            }
        }
    }

    private static OrderBuilder teesAndCap() {
        return teesAndCap(3, 1);
    }

    private static OrderBuilder teesAndCap(int tees, int caps) {
        OrderBuilder order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000777"), "USD")
                .line(SampleOrders.TEE, tees, tees * 30 + ".00");
        if (caps > 0) {
            order.line(SampleOrders.CAP, caps, caps * 25 + ".00");
        }
        return order.shipping("11.00")
                .destination("US", 40.7, -74.0)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/777"));
    }

    /** What was paid for the rest is given back. */
    private static Order twoTees(OrderRun run) {
        Money paid = run.order.total().shop();
        Money back = paid.minus(teesAndCap(2, 0).build().total().shop());
        return teesAndCap(2, 0)
                .version(run.order.version().plusSeconds(60))
                .tender(
                        "T1",
                        Tender.Kind.SALE,
                        Tender.Status.SUCCESS,
                        "shopify_payments",
                        paid.toDecimal().toPlainString(),
                        Optional.empty())
                .tender(
                        "R1",
                        Tender.Kind.REFUND,
                        Tender.Status.SUCCESS,
                        "shopify_payments",
                        back.toDecimal().toPlainString(),
                        Optional.of("T1"))
                .build();
    }

    private static Order multiCapturable() {
        Order order = teesAndCap().build();
        return teesAndCap()
                .tender(multiCapturable(order.total().shop(), order.placedAt()))
                .build();
    }

    private static OrderRun lacking(Order order) {
        OrderRun run = OrderRun.under(SamplePolicies.IN_PARTS, order);
        SampleFacilities.ALL_IDS.forEach(facility -> {
            run.retail.inventory.stock(facility, SampleOrders.CAP, 0);
            run.retail.inventory.stock(facility, SampleOrders.TEE, 0);
        });
        run.retail.inventory.stock(SampleFacilities.WH_EAST, SampleOrders.TEE, 2);
        expects(run, SOMEDAY);
        return run;
    }

    private static void expects(OrderRun run, Instant at) {
        run.retail.inventory.expect(at, SampleOrders.TEE, SampleOrders.CAP);
    }

    private static void restComes(OrderRun run) {
        run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.TEE, 5);
        run.retail.inventory.stock(SampleFacilities.WH_WEST, SampleOrders.CAP, 5);
        run.wake("order stock");
    }

    private static List<LineQuantity> linesOf(OrderRun run, int ordinal) {
        return run.retail.work.get(run.work(ordinal)).lines();
    }

    private static String paid(OrderRun run) {
        return run.retail.orders.find(run.order.id()).orElseThrow().paid().toString();
    }

    private static List<String> told(OrderRun run) {
        return run.retail.vendor.effects().stream()
                .filter(effect -> effect.endsWith("/REPROMISED"))
                .toList();
    }

    private static void assertNothingIsLeft(OrderRun run) {
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
        assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        assertThat(run.retail.work.ofOrder(run.order.id()))
                .allMatch(work -> work.status().terminal());
    }
}
