package io.throughline.activities.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.TestingShop;
import io.throughline.activities.TestingVendor;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ChannelReading;
import io.throughline.activities.order.Restraints;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inbox.TestingInbox;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.money.Money;
import io.throughline.domain.notification.CustomerNotifier;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.TestingOrders;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.payment.TestingDisputes;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.domain.returns.TestingReturns;
import io.throughline.domain.sale.TestingTillSales;
import io.throughline.workflows.reconciliation.ReconciliationSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconciliationStepsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final AccountId TILLS = SampleAccounts.POS;

    private final SampleAccounts accounts = new SampleAccounts();
    private final SettableClock clock = new SettableClock(NOW);
    private final TestingInbox inbox = new TestingInbox(clock);
    private final TestingCases cases = new TestingCases(clock);
    private final TestingOrders orders =
            new TestingOrders(clock, new TestingFulfillmentOrders(clock), new TestingPeople());
    private final TestingVendor vendor = new TestingVendor();
    private final TestingShop shop = new TestingShop(vendor);
    private final OnePerPage source = new OnePerPage(shop);
    private final Marks marks = new Marks();
    private final Feed feed = new Feed();
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final TestingTillSales sales = new TestingTillSales();
    private final Order sale = SampleOrders.tillSale();
    private Optional<SystemFailure> subscriptionFailure = Optional.empty();
    private List<FeedPass.Progress> heartbeats = new ArrayList<>();

    @BeforeEach
    void register() {
        shop.put(sale);
        OutsideWorld world = new OutsideWorld(
                accounts,
                Map.of(OutsideSystem.SQUARE, source),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(OutsideSystem.SQUARE, account -> {
                    subscriptionFailure.ifPresent(failure -> {
                        throw failure;
                    });
                    return List.of("payment.created");
                }),
                Map.of(OutsideSystem.SQUARE, feed),
                new io.throughline.activities.TestingErp(vendor),
                new Silence());
        Steps steps = new Steps(cases, orders, (workflowId, step, about, code, caseId) -> {}, clock);
        environment.registerActivitiesImplementations(new ReconciliationStepsImpl(
                world,
                orders,
                new ChannelReading(
                        world,
                        orders,
                        new TestingReturns(),
                        steps,
                        new Restraints(
                                accounts,
                                new TestingDisputes(),
                                new TestingFulfillmentOrders(clock).holds(),
                                new SamplePolicies(),
                                steps),
                        (known, read) -> {},
                        clock),
                sales,
                inbox,
                marks,
                cases,
                clock));
        environment.setActivityHeartbeatListener(FeedPass.Progress.class, heartbeats::add);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void whatAWebhookLostIsHandedToTheInboxAsIfItHadCome() {
        inbox.store(TILLS, "payment.created", "E1", "work/square/S1", "{}");
        feed.pages = List.of(List.of(event("E1"), event("E2")), List.of(event("E3")));

        assertThat(steps().recoverEvents(TILLS)).isEqualTo(2);
        assertThat(steps().recoverEvents(TILLS)).isZero();

        assertThat(inbox.messages()).extracting(InboxMessage::eventId).containsExactly("E1", "E2", "E3");
        assertThat(inbox.messages().getLast())
                .satisfies(found -> assertThat(found.topic()).isEqualTo("payment.created"))
                .satisfies(found -> assertThat(found.subject()).isEqualTo("work/square/E3"));
    }

    @Test
    void anAccountThatIsOffIsNotAskedAndIsMadeUpForLater() {
        feed.pages = List.of(List.of(event("E1")));
        accounts.mode(TILLS, EffectMode.OFF);

        assertThat(steps().recoverEvents(TILLS)).isZero();
        assertThat(steps().recoverOrders(TILLS)).isZero();
        assertThat(steps().ensureSubscriptions(TILLS)).isZero();
        assertThat(feed.asked).isEmpty();
        assertThat(inbox.messages()).isEmpty();

        accounts.mode(TILLS, EffectMode.LIVE);
        assertThat(steps().recoverEvents(TILLS)).isEqualTo(1);
    }

    @Test
    void aSaleAtATillThatNobodyHeardOfIsHandedToItsDesk() {
        assertThat(steps().recoverOrders(TILLS)).isEqualTo(1);
        assertThat(steps().recoverOrders(TILLS)).as("it is stored once").isZero();

        assertThat(inbox.messages()).singleElement().satisfies(found -> {
            assertThat(found.subject()).isEqualTo("work/" + sale.key());
            assertThat(found.topic()).isEqualTo("payment.reconciled");
        });
    }

    @Test
    void aSaleThatWasReadAsAnOrderIsComparedAsOne() {
        orders.accept(sale, PersonalData.none(), clock.instant());

        assertThat(steps().recoverOrders(TILLS)).isZero();

        assertThat(inbox.messages()).isEmpty();
    }

    @Test
    void theNextPassBeginsALittleBeforeWhereTheLastOneBegan() {
        feed.pages = List.of(List.of(event("E1")));

        steps().recoverEvents(TILLS);
        clock.advance(Duration.ofMinutes(5));
        steps().recoverEvents(TILLS);

        assertThat(feed.asked)
                .containsExactly(NOW.minus(Duration.ofDays(7)) + " ", NOW.minus(Duration.ofMinutes(10)) + " ");
        assertThat(marks.completeUpTo(TILLS, "events")).contains(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void anotherAttemptGoesOnWhereTheLastOneStood() {
        feed.pages = List.of(List.of(event("E1")), List.of(event("E2")), List.of(event("E3")));
        Instant began = NOW.minusSeconds(90);
        environment.setHeartbeatDetails(new FeedPass.Progress(began, began.minusSeconds(600), "1", 4));

        assertThat(steps().recoverEvents(TILLS)).isEqualTo(6);

        assertThat(feed.asked).containsExactly(began.minusSeconds(600) + " 1", began.minusSeconds(600) + " 2");
        assertThat(marks.completeUpTo(TILLS, "events")).contains(began);
        // Heartbeats that follow each other quickly are not all sent.
        assertThat(heartbeats).contains(new FeedPass.Progress(began, began.minusSeconds(600), "2", 5));
    }

    @Test
    void aCursorThatIsTooOldIsForgotten() {
        feed.pages = List.of(List.of(event("E1")), List.of(event("E2")));
        feed.failure = Optional.of(failure(FailureCode.SYSTEM_ERROR));
        environment.setHeartbeatDetails(new FeedPass.Progress(NOW, NOW.minusSeconds(600), "1", 1));

        assertThatThrownBy(() -> steps().recoverEvents(TILLS)).hasStackTraceContaining("SYSTEM_ERROR");

        assertThat(heartbeats).containsExactly(new FeedPass.Progress(NOW, NOW.minusSeconds(600), null, 1));
        assertThat(marks.completeUpTo(TILLS, "events")).isEmpty();
    }

    @Test
    void whatAnAttemptToldInAnotherFormIsNotGoneOnFrom() {
        feed.pages = List.of(List.of(event("E1")));
        environment.setHeartbeatDetails("at work");

        assertThat(steps().recoverEvents(TILLS)).isEqualTo(1);
    }

    @Test
    void aSystemWithoutAFeedHasNoEventsToRecover() {
        assertThat(steps().recoverEvents(SampleAccounts.SHOP)).isZero();
        assertThat(marks.completeUpTo(SampleAccounts.SHOP, "events")).isEmpty();
    }

    /** Like a failure of a system it is shown after some attempts. */
    @Test
    void aFaultOfOurOwnIsNamedAndItsWordsAreNotRepeated() {
        feed.failure = Optional.of(new IllegalStateException("about Ann Example"));

        assertThatThrownBy(() -> steps().recoverEvents(TILLS))
                .hasStackTraceContaining("INTERNAL_ERROR")
                .satisfies(
                        failure -> assertThat(Throwables.getStackTrace(failure)).doesNotContain("Ann Example"));
    }

    @Test
    void aSubscriptionThatOnlyAPersonCanMakeIsACaseAndHoldsNothingUp() {
        subscriptionFailure = Optional.of(failure(FailureCode.SUBSCRIPTION_MISSING));

        assertThat(steps().ensureSubscriptions(TILLS)).isZero();
        assertThat(steps().ensureSubscriptions(TILLS)).isZero();
        Case open = cases.ofSubject("reconcile/" + TILLS).getFirst();
        assertThat(cases.ofSubject("reconcile/" + TILLS)).hasSize(1);
        assertThat(open.code()).isEqualTo(FailureCode.SUBSCRIPTION_MISSING);

        cases.decide(open.id(), Action.RETRY);
        steps().ensureSubscriptions(TILLS);
        assertThat(cases.ofSubject("reconcile/" + TILLS))
                .extracting(Case::status)
                .containsExactly(CaseStatus.CLOSED, CaseStatus.OPEN);

        subscriptionFailure = Optional.empty();
        assertThat(steps().ensureSubscriptions(TILLS)).isEqualTo(1);
        assertThat(cases.ofSubject("reconcile/" + TILLS))
                .extracting(Case::status)
                .containsOnly(CaseStatus.CLOSED);
    }

    @Test
    void whatHasBecomeOfAnEndedOrderIsReadAndLeftBehindOnce() {
        Order sold = completed();
        shop.put(sale().version(NOW.minusSeconds(90)).tip("3.00").paid().build());

        assertThat(steps().recoverOrders(TILLS)).as("nothing was lost").isZero();
        assertThat(steps().recoverOrders(TILLS)).isZero();

        assertThat(cases.ofSubject(sold.id().value()))
                .singleElement()
                .matches(left -> left.code() == FailureCode.CHANGED_AFTER_SHIPMENT)
                .matches(left -> left.detail().contains("total 39.00 USD, before 36.00 USD"));
        assertThat(orders.find(sold.id()).orElseThrow().version()).isEqualTo(NOW.minusSeconds(90));
        assertThat(inbox.messages()).isEmpty();
    }

    @Test
    void anEndedOrderThatCanNotBeReadAnyMoreHoldsNothingUp() {
        Order sold = completed();
        shop.put(sale().version(NOW.minusSeconds(90)).paid().build());
        shop.garbles(sold.key());

        steps().recoverOrders(TILLS);
        steps().recoverOrders(TILLS);

        assertThat(cases.ofSubject(sold.id().value()))
                .singleElement()
                .matches(left -> left.detail().contains("can't be read any more"));
        assertThat(marks.completeUpTo(TILLS, "orders")).contains(NOW);
    }

    @Test
    void anEndedOrderThatFailsToBeReadKeepsNoLaterOneFromBeingFound() {
        Order sold = completed();
        shop.put(sale().version(NOW.minusSeconds(90)).paid().build());
        Order lost = later("LOST");
        source.unreadable = Optional.of(sold.key());

        assertThatThrownBy(() -> steps().recoverOrders(TILLS)).hasStackTraceContaining("REPLY_UNREADABLE");

        assertThat(inbox.messages()).extracting(InboxMessage::subject).containsExactly("work/" + lost.key());
        assertThat(marks.completeUpTo(TILLS, "orders"))
                .as("it is to be read yet")
                .isEmpty();
        assertThat(heartbeats)
                .as("another attempt reads all pages")
                .isNotEmpty()
                .allMatch(told -> told.cursor() == null);

        source.unreadable = Optional.empty();
        steps().recoverOrders(TILLS);
        assertThat(orders.find(sold.id()).orElseThrow().version()).isEqualTo(NOW.minusSeconds(90));
        assertThat(marks.completeUpTo(TILLS, "orders")).contains(NOW);
    }

    @Test
    void whereNothingCanBeReadThePassIsGivenUpAtOnce() {
        completed();
        shop.put(sale().version(NOW.minusSeconds(90)).paid().build());
        later("LOST");
        vendor.goesDown("read");

        assertThatThrownBy(() -> steps().recoverOrders(TILLS)).hasStackTraceContaining("SYSTEM_UNREACHABLE");

        assertThat(inbox.messages()).isEmpty();
    }

    private Order later(String id) {
        Order order = new OrderBuilder(new OrderKey(TILLS, id), "USD")
                .line(SampleOrders.MUG, 1, "18.00")
                .version(NOW.minusSeconds(80))
                .paid()
                .build();
        shop.put(order);
        return order;
    }

    @Test
    void anEndedOrderThatIsAsItWasIsNotReadAgainAndAgain() {
        completed();
        steps().recoverOrders(TILLS);
        vendor.goesDown("read");

        assertThat(steps().recoverOrders(TILLS)).isZero();
    }

    /** No process is there that would read it, and its channel does not count a dispute as a change of it. */
    @Test
    void aDisputeOfAnOrderThatHasEndedIsReadAndLeftToAPersonOnce() {
        Order sold = completed();
        shop.disputes(Dispute.Status.NEEDS_RESPONSE, Money.of("9.00", sold.currency()));
        feed.pages = List.of(List.of(disputed(sold)));

        vendor.goesDown("read");
        assertThatThrownBy(() -> steps().recoverEvents(TILLS));
        vendor.comesBack();
        steps().recoverEvents(TILLS);
        steps().recoverEvents(TILLS);

        assertThat(cases.all())
                .filteredOn(one -> one.code() == FailureCode.PAYMENT_DISPUTED)
                .singleElement()
                .matches(one -> one.status() == CaseStatus.OPEN)
                .satisfies(one -> assertThat(one.detail()).contains("9.00 USD of " + sold.paid()));
    }

    /** Its webhook was lost: its process hears of it by the comparison, and reads the order by that. */
    @Test
    void aDisputeOfAnOrderThatGoesOnIsNewsForItsProcess() {
        Order open = sale().version(NOW.minusSeconds(600)).paid().build();
        shop.put(open);
        orders.accept(open, PersonalData.none(), open.version());
        feed.pages = List.of(List.of(disputed(open)));

        steps().recoverEvents(TILLS);
        steps().recoverEvents(TILLS);

        assertThat(inbox.messages()).singleElement().satisfies(message -> {
            assertThat(message.subject()).isEqualTo(open.key().workflowId());
            assertThat(message.eventId()).isEqualTo("D1@NEEDS_RESPONSE");
        });
        assertThat(cases.all()).as("the process asks").isEmpty();
    }

    private static EventFeed.Event disputed(Order order) {
        return new EventFeed.Event(
                "disputes/reconciled", "D1@NEEDS_RESPONSE", order.key().workflowId(), "{}");
    }

    /** An app that lacks a scope for a part of what the shop could tell. */
    @Test
    void whatIsNotToldToUsIsACaseAndHoldsNeitherOrdersNorOtherEventsUp() {
        feed.pages = List.of(List.of(event("E1")), List.of(event("E2")));
        feed.unheard = Optional.of(failure(FailureCode.SUBSCRIPTION_MISSING));

        steps().recoverEvents(TILLS);
        steps().recoverEvents(TILLS);

        assertThat(inbox.messages()).extracting(InboxMessage::eventId).containsExactly("E1", "E2");
        assertThat(marks.completeUpTo(TILLS, "events")).contains(NOW);
        assertThat(cases.ofSubject("reconcile/" + TILLS))
                .singleElement()
                .matches(open -> open.code() == FailureCode.SUBSCRIPTION_MISSING && open.status() == CaseStatus.OPEN);

        feed.unheard = Optional.empty();
        steps().recoverEvents(TILLS);
        assertThat(cases.open()).isEmpty();
    }

    private Order completed() {
        Order sold = sale().version(NOW.minusSeconds(600)).paid().build();
        shop.put(sold);
        orders.accept(sold, PersonalData.none(), sold.version());
        List.of(OrderStatus.VALIDATED, OrderStatus.APPROVED, OrderStatus.IN_FULFILLMENT, OrderStatus.COMPLETED)
                .forEach(status -> orders.advance(sold.id(), status, "for the test"));
        return sold;
    }

    private static OrderBuilder sale() {
        return new OrderBuilder(SampleOrders.tillSale().key(), "USD").line(SampleOrders.MUG, 2, "36.00");
    }

    private ReconciliationSteps steps() {
        return environment.newActivityStub(ReconciliationSteps.class);
    }

    private static EventFeed.Event event(String id) {
        return new EventFeed.Event("payment.created", id, "work/square/" + id, "{}");
    }

    private static SystemFailure failure(FailureCode code) {
        return SystemFailure.withoutEffect(code, "for the test", null);
    }

    /** The shop's orders, each on a page of its own, the one that changed first before the others. */
    private static final class OnePerPage implements OrderSource {
        private final OrderSource shop;
        private Optional<OrderKey> unreadable = Optional.empty();

        OnePerPage(OrderSource shop) {
            this.shop = shop;
        }

        @Override
        public Optional<ChannelOrder> read(OrderKey key) {
            if (unreadable.filter(key::equals).isPresent()) {
                throw failure(FailureCode.REPLY_UNREADABLE);
            }
            return shop.read(key);
        }

        @Override
        public OrderSource.Page changedSince(AccountId account, Instant since, Optional<String> cursor) {
            List<Changed> all = shop.changedSince(account, since, Optional.empty()).changed().stream()
                    .sorted(Comparator.comparing(Changed::version))
                    .toList();
            int number = cursor.map(Integer::parseInt).orElse(0);
            return new OrderSource.Page(
                    all.subList(number, Math.min(number + 1, all.size())),
                    number + 1 < all.size() ? Optional.of(Integer.toString(number + 1)) : Optional.empty());
        }
    }

    /** Pages that are named by their number; what was asked is kept as instant and cursor. */
    private static final class Feed implements EventFeed {
        private List<List<Event>> pages = List.of();
        private Optional<RuntimeException> failure = Optional.empty();
        private Optional<SystemFailure> unheard = Optional.empty();
        private final List<String> asked = new ArrayList<>();

        @Override
        public Page since(AccountId account, Instant since, Optional<String> cursor) {
            asked.add(since + " " + cursor.orElse(""));
            failure.ifPresent(found -> {
                throw found;
            });
            int number = cursor.map(Integer::parseInt).orElse(0);
            boolean last = number + 1 >= pages.size();
            return new Page(
                    pages.get(number),
                    last ? Optional.empty() : Optional.of(Integer.toString(number + 1)),
                    last ? unheard : Optional.empty());
        }
    }

    private static final class Marks implements Watermarks {
        private final Map<String, Instant> marks = new HashMap<>();

        @Override
        public Optional<Instant> completeUpTo(AccountId account, String feed) {
            return Optional.ofNullable(marks.get(account + " " + feed));
        }

        @Override
        public void advance(AccountId account, String feed, Instant completeUpTo) {
            marks.merge(account + " " + feed, completeUpTo, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    private static final class Silence implements CustomerNotifier {
        @Override
        public Optional<io.throughline.domain.effect.Receipt> findSent(
                io.throughline.domain.notification.Notification notification) {
            return Optional.empty();
        }

        @Override
        public io.throughline.domain.effect.Reply send(
                io.throughline.domain.notification.Notification notification, String vendorKey) {
            return io.throughline.domain.effect.Reply.done("silent");
        }
    }
}
