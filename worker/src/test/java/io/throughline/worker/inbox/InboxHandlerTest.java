package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.event.TestingEventSubscriptions;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inbox.TestingInbox;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.TestingAwaitedProducts;
import io.throughline.domain.order.TestingOrders;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.domain.sale.TestingTillSales;
import io.throughline.domain.sale.TestingTills;
import io.throughline.domain.sale.TillSale;
import io.throughline.domain.sale.TillSaleCheck;
import io.throughline.domain.trace.TestingTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxHandlerTest {
    private static final String CREATED = "orders/create";
    private static final String UPDATED = "orders/updated";
    private static final String SHIPPED = "fulfillments/create";
    private static final String CANCEL = "throughline/cancel";

    private final SampleAccounts accounts = new SampleAccounts();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingFulfillmentOrders work = new TestingFulfillmentOrders(clock);
    private final TestingOrders orders = new TestingOrders(clock, work, new TestingPeople());
    private final TestingCases cases = new TestingCases(clock);
    private final List<String> asked = new ArrayList<>();
    private final List<OrderKey> heard = new ArrayList<>();
    private final TestingInventory inventory = new TestingInventory(work);
    private final TestingTills tills = new TestingTills();
    private final TestingTillSales sales = new TestingTillSales();
    private final InboxHandler handler = new InboxHandler(
            accounts,
            new SampleFacilities(),
            orders,
            work,
            cases,
            new TestingInbox(clock),
            new NotingProcesses(),
            new TillDesk(
                    accounts,
                    tills,
                    sales,
                    new TillSaleCheck(sku -> true),
                    new TestingAwaitedProducts(),
                    cases,
                    new TestingTrace(clock),
                    clock,
                    1),
            List.of(
                    new StockCases(inventory),
                    new PublicationCases((account, sku) -> asked.add("publish " + sku + " to " + account), cases),
                    new EventCases(new TestingEventSubscriptions()),
                    new StoreDayNews((day, about) -> asked.add("wake " + day + " " + about)),
                    new TestingMasterData().messages(),
                    new Listening()));

    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();

    @Test
    void theFirstNewsOfAnOrderStartsItsProcess() {
        assertThat(handler.handle(news(CREATED, order.version()))).isInstanceOf(Handling.Done.class);

        assertThat(orders.view(order.id())).isPresent();
        assertThat(asked).containsExactly("wake channel");
    }

    /** What a store's device has told us is a fact already: its channel is not asked, and its order looks at all of its work. */
    @Test
    void aReportOfWorkWakesTheOrderAndTheWork() {
        accepted();
        String work = order.id() + "-F1";

        handler.handle(new InboxMessage(
                1,
                order.key().account(),
                "throughline/work",
                work + "/pick/1",
                order.key().workflowId(),
                work,
                clock.instant(),
                0));

        assertThat(asked).containsExactly("wake order " + work);
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isFalse();
    }

    @Test
    void anOrderThatIsToHaveAProcessGetsOneAndItsChannelIsNotAsked() {
        accepted();

        handler.handle(message("throughline/attention", order.key().workflowId(), "{}"));

        assertThat(asked).containsExactly("wake order");
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isFalse();
    }

    @Test
    void whatIsToBeTriedAtOnceIsHurried() {
        accepted();

        handler.handle(message("throughline/redrive", order.key().workflowId(), "{}"));

        assertThat(asked).containsExactly("wake order", "hurry " + order.key().workflowId());
    }

    @Test
    void aComparisonThatSomebodyWantsIsBegun() {
        List<AccountId> begun = new ArrayList<>();
        ReconciliationDesk desk = new ReconciliationDesk(begun::add);

        assertThat(desk.handle(List.of(message("throughline/reconcile", "reconciliation/northwind", "{}"))))
                .contains(new Handling.Done());
        assertThat(desk.handle(List.of(message("throughline/reconcile", "catalog/northwind", "{}"))))
                .isEmpty();
        assertThat(begun).containsExactly(SampleAccounts.SHOP);
    }

    @Test
    void aVersionThatWasReadBeforeIsNoNews() {
        accepted();

        assertThat(handler.handle(news(UPDATED, order.version()))).isInstanceOf(Handling.Done.class);
        assertThat(asked).isEmpty();
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isFalse();
    }

    @Test
    void aChangeWithinTheSecondOfTheReadingMayBeOneThatItDidNotSee() {
        accepted();
        clock.advance(Duration.ofMillis(200));

        handler.handle(news(UPDATED, order.version()));
        assertThat(asked).containsExactly("wake channel");
    }

    @Test
    void aNewerVersionIs() {
        accepted();

        handler.handle(news(UPDATED, order.version().plusSeconds(1)));
        assertThat(asked).containsExactly("wake channel");
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isTrue();
    }

    @Test
    void moreNewsOfAnOrderThatIsJustBeingReadWaitsForItsVersion() {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);

        assertThat(handler.handle(news(UPDATED, order.version()))).isInstanceOf(Handling.Later.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void aBurstIsOneWakeUpForWhateverItIsAbout() {
        accepted();
        FulfillmentOrder one = released("FO-1");

        handler.handleTogether(
                List.of(news(UPDATED, order.version().plusSeconds(1)), news(SHIPPED, order.version()), cancellation()));

        assertThat(asked).containsExactly("wake order channel " + one.id());
    }

    @Test
    void whoeverWaitsForNewsOfAnOrderHearsThemThoughSomebodyElseHasReadItFirst() {
        accepted();

        handler.handle(news(UPDATED, order.version()));

        assertThat(asked).isEmpty();
        assertThat(heard).containsExactly(order.key());
    }

    @Test
    void newsOfWorkCountsThoughTheOrdersVersionIsKnown() {
        accepted();
        FulfillmentOrder one = released("FO-1");

        handler.handle(news(SHIPPED, order.version()));
        assertThat(asked).containsExactly("wake " + one.id());
    }

    @Test
    void aCancellationOfAnOrderThatNobodyKnowsMakesNone() {
        assertThat(handler.handle(cancellation())).isInstanceOf(Handling.Done.class);
        assertThat(orders.view(order.id())).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void anEndedOrderIsNotWokenAndIsToBeReadByTheComparisonOfItsChannel() {
        accepted();
        orders.advance(order.id(), OrderStatus.CANCELLED, "for the test");

        handler.handle(news(UPDATED, order.version().plusSeconds(1)));
        assertThat(asked).isEmpty();
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isTrue();
    }

    @Test
    void newsFromAFacilityWakesTheLegThatItIsAbout() {
        accepted();
        FulfillmentOrder one = released("FO-1");
        released("FO-2");

        handler.handle(fromFacility(SampleAccounts.SHOP, "fulfillment_orders/moved", "FO-1", 1));
        assertThat(asked).containsExactly("wake " + one.id());
    }

    /** It is no facility's yet, and so has the channel's name only. */
    @Test
    void whatTheChannelLetsGoWakesTheWorkThatWaitsForThat() {
        accepted();
        FulfillmentOrder waiting = allocated("FO-1");
        allocated("FO-2");

        assertThat(handler.handle(fromFacility(SampleAccounts.SHOP, "fulfillment_orders/hold_released", "FO-1", 1)))
                .isInstanceOf(Handling.Done.class);
        assertThat(asked).containsExactly("wake channel " + waiting.id());
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isTrue();
        asked.clear();

        handler.handle(fromFacility(SampleAccounts.SHOP, "fulfillment_orders/moved", "FO-2", 3));
        assertThat(asked).as("what we have moved ourselves is no news").isEmpty();
    }

    /** A store has it: its own system tells nothing of what is held at the channel. */
    @Test
    void workThatIsPutOnHoldOnceItsFacilityHasItHasItsOrderReadAnew() {
        accepted();
        FulfillmentOrder given = allocated("FO-1");
        work.released(given.id(), SampleAccounts.POS, "POS-1", clock.instant());

        assertThat(handler.handle(fromFacility(SampleAccounts.SHOP, "fulfillment_orders/placed_on_hold", "FO-1", 1)))
                .isInstanceOf(Handling.Done.class);
        assertThat(asked).containsExactly("wake channel");
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isTrue();
    }

    /** Where we have moved an item to ourselves, its work is done; a store's own system tells nothing of that. */
    @ParameterizedTest
    @CsvSource({
        "fulfillment_orders/moved, 70000000001, false",
        "fulfillment_orders/moved, 70000000002, true",
        "fulfillment_orders/split, , true",
        "fulfillment_orders/merged, , true"
    })
    void whatPeopleMoveSplitOrMergeHasItsOrderReadAnew(String topic, String destination, boolean read) {
        accepted();
        FulfillmentOrder given = allocated("FO-1");
        InboxMessage news = moved(topic, destination);
        handler.handle(news);
        assertThat(asked).as("before it is given out it is we who move it").isEmpty();

        work.released(given.id(), SampleAccounts.POS, "POS-1", clock.instant());
        assertThat(handler.handle(news)).isInstanceOf(Handling.Done.class);
        assertThat(asked).isEqualTo(read ? List.of("wake channel") : List.of());
        assertThat(orders.view(order.id()).orElseThrow().channelChanged()).isEqualTo(read);
    }

    private InboxMessage moved(String topic, @Nullable String destination) {
        return new InboxMessage(
                1,
                SampleAccounts.SHOP,
                topic,
                "event-1",
                "work/" + SampleAccounts.SHOP + "/FO-1",
                destination == null ? "{}" : "{\"destination\":\"" + destination + "\"}",
                clock.instant(),
                1);
    }

    @Test
    void newsThatOvertakesItsReleaseWaitsAWhile() {
        accepted();

        assertThat(handler.handle(fromFacility(SampleAccounts.SHOP, "fulfillment_orders/moved", "FO-9", 1)))
                .isInstanceOf(Handling.Later.class);
        assertThat(handler.handle(fromFacility(SampleAccounts.SHOP, "fulfillment_orders/moved", "FO-9", 3)))
                .as("work of which nobody will ever know")
                .isInstanceOf(Handling.Done.class);
    }

    @Test
    void aSaleAtTheTillIsBookedAndBeginsNoProcess() {
        TillSale sale = SampleTillSales.mugs("S1", clock.instant(), 2);
        tills.tells(sale);

        assertThat(handler.handle(fromFacility(SampleAccounts.POS, "payment.updated", "S1", 0)))
                .isInstanceOf(Handling.Done.class);

        assertThat(sales.booked()).containsExactly(sale.toStoreSale());
        assertThat(orders.view(OrderId.of(sale.id().key()))).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aSaleThatWasAcceptedAsAnOrderGoesOnAsSuch() {
        Order sale = SampleOrders.tillSale();
        orders.hint(sale.key(), sale.channel(), SamplePolicies.RULES);

        handler.handle(
                fromFacility(SampleAccounts.POS, "payment.updated", sale.key().externalId(), 1));

        assertThat(asked).containsExactly("wake channel");
        assertThat(tills.reads()).isZero();
    }

    @Test
    void aDecisionAboutASaleIsCarriedOutWithoutAProcess() {
        TillSale sale = SampleTillSales.mugs("S1", clock.instant(), 2);
        tills.tells(SampleTillSales.nowhere(sale));
        handler.handle(fromFacility(SampleAccounts.POS, "payment.updated", "S1", 0));
        Case open = cases.ofSubject(sale.id().value()).getFirst();
        tills.tells(sale);
        cases.decide(open.id(), Action.RETRY);

        handler.handle(message("throughline/decision", "case/" + open.id(), ""));

        assertThat(sales.booked()).hasSize(1);
        assertThat(cases.find(open.id()).map(Case::status)).contains(CaseStatus.CLOSED);
        assertThat(asked).isEmpty();
    }

    @Test
    void nothingBeginsAtAnAccountThatIsOff() {
        accounts.mode(SampleAccounts.SHOP, EffectMode.OFF);
        accounts.mode(SampleAccounts.POS, EffectMode.OFF);
        tills.tells(SampleTillSales.mugs("S1", clock.instant(), 2));

        assertThat(handler.handle(news(CREATED, order.version()))).isInstanceOf(Handling.Done.class);
        assertThat(handler.handle(fromFacility(SampleAccounts.POS, "payment.updated", "S1", 1)))
                .isInstanceOf(Handling.Done.class);

        assertThat(orders.view(order.id())).isEmpty();
        assertThat(sales.booked()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void whatAClientOfOursAsksForIsTakenInThoughTheAccountIsOff() {
        accepted();
        accounts.mode(SampleAccounts.SHOP, EffectMode.OFF);

        handler.handleTogether(List.of(news(UPDATED, order.version().plusSeconds(1)), cancellation()));

        assertThat(asked).containsExactly("wake order");
    }

    @Test
    void anOrderThatWasAcknowledgedToAClientBeginsThoughItsAccountIsOffByNow() {
        accounts.mode(SampleAccounts.SHOP, EffectMode.OFF);

        handler.handle(message("throughline/submitted", subjectOf(order.key()), "{}"));

        assertThat(asked).containsExactly("wake channel");
    }

    @Test
    void aDecisionWakesItsOrderAndHurriesTheStepThatWaits() {
        accepted();
        Case decided = decided();

        handler.handle(message("throughline/decision", "case/" + decided.id(), ""));
        assertThat(asked)
                .containsExactly("wake " + decided.id(), "hurry " + order.key().workflowId());
    }

    @Test
    void aDecisionAboutMissingStockIsCarriedOutWithoutAProcess() {
        StockSubject place = new StockSubject(SampleFacilities.ST_HARBOR, SampleOrders.TEE);
        inventory.stock(place.facility(), place.sku(), -2);
        Case open = cases.open(
                SampleAccounts.SHOP, place.toString(), "stock.shortfall", FailureCode.STOCK_DISCREPANCY, "2 too many");
        cases.decide(open.id(), Action.ACCEPT_DIFFERENCE);

        handler.handle(message("throughline/decision", "case/" + open.id(), ""));

        assertThat(inventory.onHand(place.facility(), place.sku())).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void aDecisionOnAnEndedOrderClosesItsCase() {
        accepted();
        Case decided = decided();
        orders.advance(order.id(), OrderStatus.CANCELLED, "for the test");

        handler.handle(message("throughline/decision", "case/" + decided.id(), ""));
        assertThat(asked).isEmpty();
        assertThat(cases.find(decided.id()).map(Case::status)).contains(CaseStatus.CLOSED);
    }

    @Test
    void aStoreDayHearsOfItsSalesAndOfDecisions() {
        String day = "store-day/ST-HARBOR/2026-11-23";
        Case open = cases.open(
                SampleAccounts.SHOP, day, "erp.post-day summary 1", FailureCode.STORE_DAY_REJECTED, "no such product");
        cases.decide(open.id(), Action.RETRY);

        assertThat(handler.handle(message("throughline/store-day", day, "{}"))).isInstanceOf(Handling.Done.class);
        assertThat(handler.handle(message("throughline/decision", "case/" + open.id(), "")))
                .isInstanceOf(Handling.Done.class);

        assertThat(asked).containsExactly("wake " + day + " day", "wake " + day + " " + open.id());
        assertThat(cases.find(open.id()).map(Case::status))
                .as("its step closes it")
                .contains(CaseStatus.DECIDED);
    }

    @Test
    void whatNobodyKnowsTheSubjectOfIsADeadLetter() {
        assertThat(handler.handle(message("x/y", "basket/7", "{}")))
                .isEqualTo(new Handling.Unreadable("no process knows the subject basket/7"));
        assertThat(handler.handle(message("x/y", "unreadable/7", "not JSON")))
                .isEqualTo(new Handling.Unreadable("not JSON"));
        assertThat(handler.handle(message("x/y", "unreadable/8", "{\"reason\":\"the body is not JSON\"}")))
                .isEqualTo(new Handling.Unreadable("the body is not JSON"));
    }

    private void accepted() {
        orders.accept(order, PersonalData.none(), clock.instant());
    }

    private FulfillmentOrder allocated(String channelWork) {
        return work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.ALLOCATED,
                Optional.of(channelWork),
                List.of());
    }

    private FulfillmentOrder released(String reference) {
        FulfillmentOrder created = work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.ALLOCATED,
                Optional.empty(),
                List.of());
        work.released(created.id(), SampleAccounts.SHOP, reference, clock.instant());
        return created;
    }

    private Case decided() {
        Case open = cases.open(
                SampleAccounts.SHOP, order.id().value(), "order.screen order", FailureCode.ORDER_ON_HOLD, "held");
        cases.decide(open.id(), Action.RELEASE_HOLD);
        return open;
    }

    private InboxMessage news(String topic, Instant version) {
        return message(topic, subjectOf(order.key()), "{\"version\": \"" + version + "\"}");
    }

    private InboxMessage cancellation() {
        return message(CANCEL, subjectOf(order.key()), "");
    }

    private static String subjectOf(OrderKey key) {
        return "order/" + key.account() + "/" + key.externalId();
    }

    private InboxMessage fromFacility(AccountId account, String topic, String reference, int attempts) {
        return new InboxMessage(
                1, account, topic, "event-1", "work/" + account + "/" + reference, "{}", clock.instant(), attempts);
    }

    private InboxMessage message(String topic, String subject, String body) {
        return new InboxMessage(1, SampleAccounts.SHOP, topic, "event-1", subject, body, clock.instant(), 1);
    }

    private final class NotingProcesses implements OrderProcesses {
        @Override
        public OrderRules rulesOfToday() {
            return SamplePolicies.RULES;
        }

        @Override
        public void wakeOrStart(OrderView view, String about) {
            asked.add("wake " + about);
        }

        @Override
        public void hurry(String workflowId) {
            asked.add("hurry " + workflowId);
        }
    }

    /** As a return that waits for its refund. */
    private final class Listening implements InboxDesk {
        @Override
        public Optional<Handling> handle(List<InboxMessage> messages) {
            return Optional.empty();
        }

        @Override
        public void heardOf(OrderKey order) {
            heard.add(order);
        }
    }
}
