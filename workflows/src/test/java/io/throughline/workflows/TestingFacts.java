package io.throughline.workflows;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.TestingOrders;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.order.StockStanding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one order, kept in memory as the database keeps them, and the world outside: what it was made to do (each effect once),
 * what it refuses and how often it fails. It outlives a run of the process.
 */
final class TestingFacts {
    /** Whoever says no, whichever system it is. */
    static final AccountId REFUSING = AccountId.of("refusing");

    final Clock clock;
    final TestingFulfillmentOrders work;
    final TestingOrders orders;
    final TestingCases cases;

    private boolean mayBeKept;
    private boolean keeps;
    private final Set<String> stopped = new HashSet<>();
    private final List<String> effects = new ArrayList<>();
    private final Map<String, Deque<FailureCode>> refusals = new HashMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<FulfillmentOrderId, WorkProgress> reports = new LinkedHashMap<>();
    private final Deque<FacilityId> facilities = new ArrayDeque<>();
    private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
    private final Set<FulfillmentOrderId> labelsToBuy = new HashSet<>();
    private final Set<FulfillmentOrderId> labelsBought = new HashSet<>();
    private @Nullable Duration remindBefore;
    private int splits = 1;
    private boolean restThere;
    private boolean promiseMoved;
    private @Nullable StockStanding stock;
    private @Nullable Instant paymentDue;
    private @Nullable Instant authorisationFrom;
    private @Nullable Instant authorisedUntil;
    private volatile Order atChannel;

    TestingFacts(Clock clock, Order order) {
        this.clock = clock;
        this.atChannel = order;
        this.work = new TestingFulfillmentOrders(clock);
        this.orders = new TestingOrders(clock, work, new TestingPeople());
        this.cases = new TestingCases(clock);
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);
    }

    OrderId id() {
        return atChannel.id();
    }

    Order atChannel() {
        return atChannel;
    }

    /** The channel has a newer version of the order and tells it. */
    void changeAtChannel(Order newer) {
        atChannel = newer;
        orders.hint(newer.key(), newer.channel(), SamplePolicies.RULES);
    }

    /** The facilities that get the work, the first {@code parts} of them at once and the others by and by. */
    TestingFacts routes(int parts, FacilityId... inTurn) {
        splits = parts;
        facilities.addAll(List.of(inTurn));
        return this;
    }

    synchronized int splits() {
        return splits;
    }

    synchronized Optional<FacilityId> nextFacility() {
        return Optional.ofNullable(facilities.poll());
    }

    /** Its stock is not there yet, and is waited for until {@code cancelAt} at most. */
    synchronized TestingFacts waitsForStock(@Nullable Instant cancelAt) {
        stock = new StockStanding(List.of("2 × NW-TEE"), List.of(), null, cancelAt, null, false);
        return this;
    }

    /** A part of it can be had at once, and the rest is waited for. */
    synchronized TestingFacts waitsForRest() {
        stock = new StockStanding(List.of("2 × NW-TEE"), List.of(), null, null, null, true);
        return this;
    }

    /** What it waits for is there. */
    synchronized TestingFacts stockComes() {
        restThere = stock != null && stock.follows();
        stock = restThere ? new StockStanding(List.of(), List.of(), null, null, null, true) : null;
        return this;
    }

    synchronized boolean restThere() {
        return restThere;
    }

    /** The rest is given out, or given up. */
    synchronized void restIsSettled() {
        stock = null;
        restThere = false;
    }

    /** What it waits for is expected on another day. */
    synchronized TestingFacts promiseMoves() {
        promiseMoved = true;
        return this;
    }

    synchronized boolean promiseMoved() {
        return promiseMoved;
    }

    synchronized void promiseTold() {
        promiseMoved = false;
    }

    /** Its payment is on its way, and waited for until {@code due} at most. */
    synchronized TestingFacts waitsForPayment(Instant due) {
        paymentDue = due;
        return this;
    }

    /** The bank has confirmed it. */
    synchronized TestingFacts paymentComes() {
        paymentDue = null;
        return this;
    }

    synchronized @Nullable Instant paymentDue() {
        return paymentDue;
    }

    /** Its money is authorised until then, and somebody is asked about that before. */
    synchronized TestingFacts authorisedUntil(Instant end, Duration askedBefore) {
        authorisationFrom = end.minus(askedBefore);
        authorisedUntil = end;
        return this;
    }

    synchronized @Nullable Instant authorisationFrom() {
        return authorisationFrom;
    }

    synchronized @Nullable Instant authorisedUntil() {
        return authorisedUntil;
    }

    synchronized @Nullable StockStanding stock() {
        return stock;
    }

    /** A store has packed the work and its parcel needs a label. */
    synchronized void packWithoutLabel(FulfillmentOrderId id) {
        labelsToBuy.add(id);
        work.report(id, FulfillmentStatus.PACKED);
    }

    /** The label was bought, or the store labels the parcel by itself. */
    synchronized void labelled(FulfillmentOrderId id, boolean bought) {
        labelsToBuy.remove(id);
        if (bought) {
            labelsBought.add(id);
        }
    }

    synchronized void labelVoided(FulfillmentOrderId id) {
        labelsToBuy.remove(id);
        labelsBought.remove(id);
    }

    synchronized boolean needsLabel(FulfillmentOrderId id) {
        return labelsToBuy.contains(id) && work.get(id).status() == FulfillmentStatus.PACKED;
    }

    synchronized boolean hasLabel(FulfillmentOrderId id) {
        return labelsBought.contains(id) && !work.get(id).status().handedOver();
    }

    /** Customers are reminded so long before they should have come. */
    synchronized TestingFacts remindsBefore(Duration before) {
        remindBefore = before;
        return this;
    }

    synchronized @Nullable Instant remindAt(FulfillmentOrder one) {
        Duration before = remindBefore;
        boolean due = before != null
                && one.status() == FulfillmentStatus.READY_FOR_PICKUP
                && one.deadline().isPresent()
                && !work.reminded(one.id());
        return due ? one.deadline().orElseThrow().minus(before) : null;
    }

    /** All work lies with facilities that decide for themselves whether they give it back. */
    synchronized TestingFacts decideThemselves(boolean keep) {
        mayBeKept = true;
        keeps = keep;
        return this;
    }

    synchronized boolean mayBeKept() {
        return mayBeKept;
    }

    synchronized boolean keeps() {
        return keeps;
    }

    /** The next attempt of this step finds that the order is to end. */
    synchronized TestingFacts stops(String step) {
        stopped.add(step);
        return this;
    }

    /** The next attempt of this step is refused. */
    synchronized TestingFacts refuses(String step, FailureCode code) {
        refusals.computeIfAbsent(step, unknown -> new ArrayDeque<>()).add(code);
        return this;
    }

    /** The next so many attempts of this step fail. */
    synchronized TestingFacts fails(String step, int times) {
        failures.put(step, times);
        return this;
    }

    /** The next time that this step has read the facts, they change before it answers. */
    TestingFacts meanwhile(String step, Runnable change) {
        meanwhile.put(step, change);
        return this;
    }

    void hasRead(String step) {
        Optional.ofNullable(meanwhile.remove(step)).ifPresent(Runnable::run);
    }

    synchronized void report(FulfillmentOrderId id, FulfillmentStatus status, Optional<String> reason) {
        reports.put(id, new WorkProgress(Optional.of(status), Optional.empty(), reason));
        work.hintAll(id.order());
    }

    synchronized WorkProgress progress(FulfillmentOrderId id) {
        return reports.getOrDefault(id, WorkProgress.nothing());
    }

    /** What the outside was made to do, in order. */
    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    synchronized void effect(String name) {
        if (!effects.contains(name)) {
            effects.add(name);
        }
    }

    PersonalData person() {
        return PersonalData.none();
    }

    /** Takes a step as it is always taken: a case that waits is not touched, a decision is carried out, a refusal opens a case. */
    StepResult take(String step, String about, Runnable work) {
        return take(step, about, decision -> {
            work.run();
            return Optional.empty();
        });
    }

    synchronized StepResult take(String step, String about, Function<Optional<Decision>, Optional<FailureCode>> work) {
        fail(step);
        if (stopped.remove(step)) {
            return StepResult.cancelled();
        }
        Optional<Case> current = cases.current(id().value(), step + " " + about);
        if (current.filter(one -> one.status() == CaseStatus.OPEN && one.code().category() == FailureCategory.BUSINESS)
                .isPresent()) {
            return parked(current.get());
        }
        Optional<Decision> decision = current.flatMap(Case::decision);
        current.ifPresent(found -> cases.close(found.id(), "carried out"));
        return decision.flatMap(this::carryOut).orElseGet(() -> {
            Optional<FailureCode> refused = refusal(step).or(() -> work.apply(decision));
            return refused.map(code -> park(step + " " + about, code)).orElseGet(StepResult::done);
        });
    }

    /** What was answered for good is not asked again. */
    private StepResult park(String step, FailureCode code) {
        Optional<StepResult> answered = cases.ofSubject(id().value()).stream()
                .filter(past ->
                        past.status() == CaseStatus.CLOSED && past.step().equals(step) && past.code() == code)
                .flatMap(past -> past.decision().flatMap(this::carryOut).stream())
                .findFirst();
        return answered.orElseGet(() -> {
            Case opened = cases.open(atChannel.key().account(), id().value(), step, code, "refused by the test");
            return parked(opened);
        });
    }

    private static StepResult parked(Case open) {
        return open.code().refusedOutside()
                ? StepResult.refused(open.id().value(), open.code(), REFUSING)
                : StepResult.parked(open.id().value(), open.code());
    }

    /** Empty where the step is to be taken again. */
    private Optional<StepResult> carryOut(Decision decision) {
        return switch (decision.action()) {
            case CANCEL -> {
                orders.requestCancel(id(), decision.actor(), "decided");
                yield Optional.of(StepResult.cancelled());
            }
            case ACCEPT_DIFFERENCE -> Optional.of(StepResult.done());
            case REROUTE -> Optional.of(StepResult.reroute());
            case RETRY, AMEND_AND_RETRY, RELEASE_HOLD -> Optional.empty();
            case PUBLISH_AGAIN, BOOK_AS_RETURN ->
                throw new IllegalStateException("no case of an order is decided by " + decision);
        };
    }

    boolean reroutedBefore(String about) {
        return cases.ofSubject(id().value()).stream()
                .filter(past ->
                        past.status() == CaseStatus.CLOSED && past.step().endsWith(" " + about))
                .anyMatch(past -> past.decision()
                        .map(Decision::action)
                        .filter(Action.REROUTE::equals)
                        .isPresent());
    }

    /** Closes a case whose cause has gone. */
    synchronized void relieve(String step, String about) {
        cases.current(id().value(), step + " " + about)
                .ifPresent(found -> cases.close(found.id(), "its cause has gone"));
    }

    synchronized void fail(String step) {
        Integer left = failures.get(step);
        if (left != null && left > 0) {
            failures.put(step, left - 1);
            throw new IllegalStateException(step + " fails on purpose");
        }
    }

    private Optional<FailureCode> refusal(String step) {
        Deque<FailureCode> queued = refusals.get(step);
        return Optional.ofNullable(queued == null ? null : queued.poll());
    }
}
