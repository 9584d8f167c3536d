package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.temporal.activity.ActivityInterface;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.call.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepsTest {
    private final SettableClock clock = new SettableClock(Instant.now());
    private final List<String> rung = new ArrayList<>();
    private final TestingRetail retail = new TestingRetail(
            clock,
            (workflowId, step, about, code, caseId) -> ring(step + " " + about + " " + code + " " + caseId),
            Checkpoints.none());
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final Steps.Step step =
            new Steps.Step(order.id(), order.key().account(), "erp.announce", "order").asking(SampleAccounts.ERP);
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final Attempt queued;
    private final Attempt local;
    private Supplier<?> work = () -> "nothing";
    private int taken;
    private boolean temporalIsAway;

    StepsTest() {
        retail.hears(order);
        environment.registerActivitiesImplementations((Attempt) () -> String.valueOf(work.get()));
        queued = environment.newActivityStub(Attempt.class);
        local = environment.newLocalActivityStub(
                Attempt.class,
                io.temporal.activity.LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(5))
                        .setRetryOptions(io.temporal.common.RetryOptions.newBuilder()
                                .setMaximumAttempts(1)
                                .build())
                        .build(),
                Map.of());
    }

    @AfterEach
    void close() {
        environment.close();
    }

    /** Runs something as an activity, so that there is an attempt to speak of. */
    @ActivityInterface
    public interface Attempt {
        String run();
    }

    @Test
    void aRefusalOpensACaseAndTheStepIsNotTouchedUntilItIsDecided() {
        StepResult parked = take(decision -> Reply.refused(FailureCode.ERP_REJECTED, "no such party"));

        assertThat(parked.verdict()).isEqualTo(StepResult.Verdict.PARKED);
        assertThat(parked.code()).isEqualTo(FailureCode.ERP_REJECTED);
        assertThat(parked.refusedBy()).isEqualTo(SampleAccounts.ERP.value());
        Case opened = openCase();
        assertThat(opened.id().value()).isEqualTo(parked.caseId());
        assertThat(opened.step()).isEqualTo("erp.announce order");
        assertThat(opened.dueAt()).isEqualTo(opened.openedAt().plus(FailureCode.ERP_REJECTED.target()));

        assertThat(take(this::done)).isEqualTo(parked);
        assertThat(taken).isZero();
    }

    @Test
    void aStepThatIsTakenAnewClosesItsCaseWhenNobodyHasToDecideAnyMore() {
        takeAnew(decision -> Reply.refused(FailureCode.ERP_REJECTED, "no such party"));
        Case asked = openCase();

        takeAnew(decision -> Reply.refused(FailureCode.ERP_REJECTED, "no such parties"));
        assertThat(openCase().id()).isEqualTo(asked.id());
        assertThat(openCase().detail()).isEqualTo("no such parties");

        assertThat(takeAnew(decision -> Reply.done("S-1"))).isEqualTo(StepResult.done());
        assertThat(retail.cases.outcome(asked.id())).contains("its cause has gone: of ERP_REJECTED");
    }

    /** The work is done, and yet the order is to end: the person was told that this is decided. */
    @Test
    void whatAPersonDecidesWhileTheStepIsTakenAnewCounts() {
        takeAnew(decision -> Reply.refused(FailureCode.ERP_REJECTED, "no such party"));
        Case asked = openCase();

        StepResult result = takeAnew(decision -> {
            retail.cases.decide(asked.id(), Action.CANCEL);
            return Reply.done("S-1");
        });

        assertThat(result.verdict()).isEqualTo(StepResult.Verdict.CANCELLED);
        assertThat(retail.cases.outcome(asked.id())).contains("the order is being cancelled");
    }

    @Test
    void whatWasTriedWithoutAPersonInVainStaysTheSameCase() {
        take(decision -> Reply.refused(FailureCode.ERP_PERIOD_CLOSED, "November"));
        Case asked = openCase();
        clock.advance(Duration.ofHours(2));
        retail.cases.decide(
                asked.id(),
                new Decision(Action.RETRY, Decision.OURSELVES, true, Optional.empty(), Map.of(), clock.instant()));

        StepResult parked = take(decision -> Reply.refused(FailureCode.ERP_PERIOD_CLOSED, "November still"));

        assertThat(parked.caseId()).isEqualTo(asked.id().value());
        assertThat(openCase().id()).isEqualTo(asked.id());
        assertThat(openCase().dueAt()).isEqualTo(asked.dueAt());
        assertThat(openCase().detail()).isEqualTo("November still");
    }

    @Test
    void whatOnlyAPersonCanMendIsARefusalHoweverItIsTold() {
        StepResult parked = take(decision -> {
            throw SystemFailure.withoutEffect(FailureCode.ORDER_UNREADABLE, "half a tee", null);
        });

        assertThat(parked.code()).isEqualTo(FailureCode.ORDER_UNREADABLE);
        assertThat(openCase().detail()).isEqualTo("half a tee");
    }

    @Test
    void aRuleOfOursIsNobodysRefusal() {
        StepResult held = take(decision -> Reply.refused(FailureCode.ORDER_ON_HOLD, "tagged"));

        assertThat(held.verdict()).isEqualTo(StepResult.Verdict.PARKED);
        assertThat(held.refusedBy()).isNull();
        assertThat(openCase().account()).isEqualTo(order.key().account());
    }

    @Test
    void aDecisionToTryAgainIsHandedToTheStepAndItsCaseIsClosedWhenItIsThrough() {
        take(decision -> Reply.refused(FailureCode.ERP_PERIOD_CLOSED, "November"));
        Case opened = openCase();
        retail.cases.decide(opened.id(), Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));

        StepResult result = take(decision -> {
            assertThat(decision).flatMap(Decision::postingDate).contains(LocalDate.of(2026, 12, 1));
            return Reply.done("S-1");
        });

        assertThat(result).isEqualTo(StepResult.done());
        assertThat(retail.cases.find(opened.id())).map(Case::status).contains(CaseStatus.CLOSED);
    }

    @Test
    void refusedAgainIsANewCase() {
        take(decision -> Reply.refused(FailureCode.ERP_REJECTED, "no such party"));
        Case first = openCase();
        retail.cases.decide(first.id(), Action.RETRY);

        StepResult again = take(decision -> Reply.refused(FailureCode.ERP_PERIOD_CLOSED, "November"));

        assertThat(again.code()).isEqualTo(FailureCode.ERP_PERIOD_CLOSED);
        assertThat(openCase().id()).isNotEqualTo(first.id());
        assertThat(retail.cases.outcome(first.id()))
                .hasValueSatisfying(why -> assertThat(why).contains("refused again"));
    }

    @Test
    void aDifferenceThatWasAcceptedIsNotAskedAboutAgain() {
        Reply differs = Reply.refused(FailureCode.ERP_BOOKS_DIFFER, "REVENUE expected 1 booked 2");
        take(decision -> differs);
        retail.cases.decide(openCase().id(), Action.ACCEPT_DIFFERENCE);

        assertThat(take(this::done)).isEqualTo(StepResult.done());
        assertThat(taken).as("the decision stands in for the step").isZero();
        assertThat(take(decision -> differs))
                .as("the result was lost, and the step taken once more")
                .isEqualTo(StepResult.done());
        assertThat(take(decision -> Reply.refused(FailureCode.ERP_BOOKS_DIFFER, "REVENUE expected 1 booked 3"))
                        .verdict())
                .as("another difference is another question")
                .isEqualTo(StepResult.Verdict.PARKED);
    }

    @Test
    void aReroutingThatWasDecidedStandsWhenItsResultIsLost() {
        Reply silent = Reply.refused(FailureCode.FACILITY_SILENT, "WH-EAST left it RELEASED beyond noon");
        take(decision -> silent);
        retail.cases.decide(openCase().id(), Action.REROUTE);

        assertThat(take(decision -> silent)).isEqualTo(StepResult.reroute());
        assertThat(take(decision -> silent)).isEqualTo(StepResult.reroute());
        assertThat(retail.cases.open()).isEmpty();
    }

    @Test
    void aPersonEndsTheOrder() {
        take(decision -> Reply.refused(FailureCode.STOCK_MISSING, "2 wanted, 1 to be had"));
        retail.cases.decide(openCase().id(), Action.CANCEL);

        assertThat(take(this::done)).isEqualTo(StepResult.cancelled());
        assertThat(retail.orders.view(order.id()).flatMap(OrderView::cancelRequestedAt))
                .isPresent();
        assertThat(retail.cases.open()).isEmpty();
    }

    @Test
    void goodsThatHaveLeftCanNotBeCancelledAndTheQuestionStaysOpen() {
        retail.work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.SHIPPED,
                Optional.empty(),
                order.deliveries().getFirst().lines());
        take(decision -> Reply.refused(FailureCode.ERP_REJECTED, "no such party"));
        Case first = openCase();
        retail.cases.decide(first.id(), Action.CANCEL);

        assertThat(take(this::done).verdict()).isEqualTo(StepResult.Verdict.PARKED);
        assertThat(openCase().detail()).contains("goods have left");
        assertThat(retail.orders.view(order.id()).flatMap(OrderView::cancelRequestedAt))
                .isEmpty();
        retail.cases.decide(openCase().id(), Action.RETRY);
        assertThat(take(this::done)).isEqualTo(StepResult.done());
    }

    @Test
    void aFailureIsRetriedQuicklyAtFirst() {
        ApplicationFailure failure = fails(queued, () -> retail.steps.take(step, decision -> unreachable()));

        assertThat(failure.getType()).isEqualTo("SYSTEM_UNREACHABLE");
        assertThat(failure.getOriginalMessage()).isEqualTo("erp.announce: the ERP is down");
        assertThat(failure.getNextRetryDelay()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(15));
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(retail.cases.all()).isEmpty();
    }

    @Test
    void whenTheQuickPhaseIsOverACaseIsOpenedAndTheProcessToldOnce() {
        clock.advance(Duration.ofMinutes(3));

        ApplicationFailure failure = fails(queued, () -> retail.steps.take(step, decision -> unreachable()));
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));

        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(openCase().code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(rung)
                .containsExactly(
                        "erp.announce order SYSTEM_UNREACHABLE " + openCase().id());
        work = () -> retail.steps.take(step, this::done);
        queued.run();
        assertThat(retail.cases.open()).as("it works again").isEmpty();
        assertThat(taken).isOne();
    }

    @Test
    void howLongItIsTriedQuicklyCanBeSaid() {
        Steps hasty = new Steps(
                retail.cases,
                retail.orders,
                (workflowId, name, about, code, caseId) -> ring(name + " " + code),
                new TestingGate(),
                clock,
                Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(19));
        fails(queued, () -> hasty.take(step, decision -> unreachable()));
        assertThat(retail.cases.all()).isEmpty();

        clock.advance(Duration.ofSeconds(2));
        ApplicationFailure failure = fails(queued, () -> hasty.take(step, decision -> unreachable()));
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(openCase().code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
    }

    @Test
    void whatAnotherAttemptHoldsIsNoStallBeforeItsLeaseIsOver() {
        clock.advance(Duration.ofMinutes(3));
        ApplicationFailure failure = fails(queued, () -> retail.steps.take(step, decision -> inFlight()));
        assertThat(failure.getNextRetryDelay()).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(retail.cases.all()).isEmpty();

        clock.advance(Duration.ofMinutes(2));
        fails(queued, () -> retail.steps.take(step, decision -> inFlight()));
        assertThat(openCase().code()).isEqualTo(FailureCode.EFFECT_IN_FLIGHT);
    }

    @Test
    void whatWaitsForAPausedSystemIsNoStallAndHasTimeAgainAfterwards() {
        TestingGate gate = new TestingGate().pause(SampleAccounts.ERP);
        Steps paused = new Steps(
                retail.cases,
                retail.orders,
                (workflowId, name, about, code, caseId) -> ring(name + " " + code),
                gate,
                clock);
        Function<Optional<Decision>, Reply> asks = decision -> {
            gate.pass(SampleAccounts.ERP);
            return unreachable();
        };
        clock.advance(Duration.ofHours(3));

        ApplicationFailure held = fails(queued, () -> paused.take(step, asks));

        assertThat(held.getType()).isEqualTo("SYSTEM_PAUSED");
        assertThat(held.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(10));
        gate.resume(SampleAccounts.ERP, clock.instant());
        clock.advance(Duration.ofSeconds(90));
        fails(queued, () -> paused.take(step, asks));
        assertThat(retail.cases.all())
                .as("it has failed for a minute and a half only")
                .isEmpty();
        assertThat(rung).isEmpty();

        clock.advance(Duration.ofSeconds(60));
        fails(queued, () -> paused.take(step, asks));
        assertThat(openCase().code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
    }

    /** Else the process would show a stall that none of its steps ever ends. */
    @Test
    void whatIsAskedWithinAStepStallsThatOne() {
        clock.advance(Duration.ofMinutes(3));

        Steps.Step part = new Steps.Step(order.id(), order.key().account(), "erp.whose", "part 2");
        fails(queued, () -> retail.steps.take(part.within(step), decision -> unreachable()));

        assertThat(openCase().step()).isEqualTo("erp.whose part 2");
        assertThat(rung).singleElement().asString().startsWith("erp.announce order SYSTEM_UNREACHABLE");
    }

    @Test
    void theProcessIsToldAgainUntilItHasHeard() {
        clock.advance(Duration.ofMinutes(3));
        temporalIsAway = true;
        ApplicationFailure failure = fails(queued, () -> retail.steps.take(step, decision -> unreachable()));
        assertThat(failure.getType()).as("the step's own failure").isEqualTo("SYSTEM_UNREACHABLE");
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(openCase().toldAt()).isEmpty();

        temporalIsAway = false;
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));

        assertThat(rung)
                .containsExactly(
                        "erp.announce order SYSTEM_UNREACHABLE " + openCase().id());
        assertThat(openCase().toldAt()).contains(clock.instant());
    }

    @Test
    void aRetryThatFailedAgainIsAQuestionAgainAndItsClockGoesOn() {
        clock.advance(Duration.ofMinutes(3));
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));
        Case outage = openCase();
        retail.cases.decide(outage.id(), Action.RETRY);
        clock.advance(Duration.ofHours(1));

        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));

        assertThat(openCase().id()).isEqualTo(outage.id());
        assertThat(openCase().dueAt()).isEqualTo(outage.dueAt());
        assertThat(rung).as("the process hears of it anew").hasSize(2);
        clock.advance(Duration.ofMinutes(1));
        assertThat(retail.cases.decide(outage.id(), Action.RETRY).decision().map(Decision::at))
                .as("the same person decides the same again")
                .contains(clock.instant());
        work = () -> retail.steps.take(step, this::done);
        queued.run();
        assertThat(retail.cases.open()).isEmpty();
    }

    @Test
    void aRetryThatNeverReachedItsSystemStandsUntilItDoes() {
        take(decision -> Reply.refused(FailureCode.ERP_PERIOD_CLOSED, "November"));
        Case refused = openCase();
        retail.cases.decide(refused.id(), Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));
        assertThat(retail.cases.open()).as("quick retries are no question").isEmpty();
        clock.advance(Duration.ofMinutes(3));
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));

        assertThat(openCase().id()).isEqualTo(refused.id());
        assertThat(openCase().code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        retail.cases.decide(refused.id(), Action.RETRY);
        StepResult result = take(decision -> {
            assertThat(decision).flatMap(Decision::postingDate).contains(LocalDate.of(2026, 12, 1));
            return Reply.done("S-1");
        });

        assertThat(result).isEqualTo(StepResult.done());
        assertThat(retail.cases.find(refused.id())).map(Case::status).contains(CaseStatus.CLOSED);
    }

    @Test
    void aDecisionThatComesWhileAnAttemptRunsIsNotTakenForTried() {
        clock.advance(Duration.ofMinutes(3));
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));
        Case outage = openCase();

        fails(
                queued,
                () -> retail.steps.take(step, decision -> {
                    retail.cases.decide(outage.id(), Action.RETRY);
                    return unreachable();
                }));

        assertThat(retail.cases.find(outage.id())).map(Case::status).contains(CaseStatus.DECIDED);
    }

    @Test
    void aStepThatNobodyDecidesAboutIsAQuestionAgainToo() {
        clock.advance(Duration.ofMinutes(3));
        fails(queued, () -> retail.steps.retrying(step, StepsTest::unreachable));
        retail.cases.decide(openCase().id(), Action.RETRY);

        fails(queued, () -> retail.steps.retrying(step, StepsTest::unreachable));

        assertThat(retail.cases.open()).hasSize(1);
    }

    @Test
    void aStepThatNobodyDecidesAboutClosesItsCaseToo() {
        clock.advance(Duration.ofMinutes(3));
        fails(queued, () -> retail.steps.retrying(step, StepsTest::unreachable));
        assertThat(retail.cases.open()).hasSize(1);

        work = () -> retail.steps.retrying(step, () -> "read");
        queued.run();

        assertThat(retail.cases.open()).isEmpty();
    }

    @Test
    void aLocalAttemptOpensNoCaseForTheQueuedOneIsYetToCome() {
        clock.advance(Duration.ofMinutes(3));

        fails(local, () -> retail.steps.take(step, decision -> unreachable()));

        assertThat(retail.cases.all()).isEmpty();
        assertThat(rung).isEmpty();
    }

    @Test
    void aSystemThatSaysWhenToComeBackIsObeyed() {
        ApplicationFailure failure = fails(
                queued,
                () -> retail.steps.take(step, decision -> {
                    throw SystemFailure.rateLimited("too many requests", Duration.ofSeconds(42));
                }));
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofSeconds(42));

        clock.advance(Duration.ofMinutes(3));
        failure = fails(
                queued,
                () -> retail.steps.take(step, decision -> {
                    throw SystemFailure.rateLimited("too many requests", Duration.ofMinutes(10));
                }));
        assertThat(failure.getNextRetryDelay()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aFaultOfOurOwnIsRetriedToo() {
        ApplicationFailure failure = fails(
                queued,
                () -> retail.steps.take(step, decision -> {
                    throw new IllegalStateException("a bug that names Quillfeather");
                }));

        assertThat(failure.getType()).isEqualTo("INTERNAL_ERROR");
        assertThat(failure.isNonRetryable()).isFalse();
        assertThat(failure.getOriginalMessage()).isEqualTo("erp.announce: IllegalStateException");
    }

    @Test
    void whatIsRefusedAfterAnOutageIsANewCase() {
        clock.advance(Duration.ofMinutes(3));
        fails(queued, () -> retail.steps.take(step, decision -> unreachable()));
        Case outage = openCase();

        StepResult parked = take(decision -> Reply.refused(FailureCode.ERP_REJECTED, "no such party"));

        assertThat(parked.code()).isEqualTo(FailureCode.ERP_REJECTED);
        assertThat(retail.cases.find(outage.id())).map(Case::status).contains(CaseStatus.CLOSED);
    }

    private void ring(String what) {
        if (temporalIsAway) {
            throw new IllegalStateException("Temporal is away");
        }
        rung.add(what);
    }

    private Reply done(Optional<Decision> decision) {
        taken++;
        return Reply.done("S-1");
    }

    private static Reply inFlight() {
        throw SystemFailure.withoutEffect(FailureCode.EFFECT_IN_FLIGHT, "another attempt is at it", null);
    }

    private static Reply unreachable() {
        throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "the ERP is down", null);
    }

    private StepResult take(Function<Optional<Decision>, Reply> attempt) {
        return retail.steps.take(step, attempt);
    }

    private StepResult takeAnew(Function<Optional<Decision>, Reply> attempt) {
        return retail.steps.takeAnew(step, open -> "of " + open.code(), attempt);
    }

    private Case openCase() {
        assertThat(retail.cases.open()).hasSize(1);
        return retail.cases.open().getFirst();
    }

    /** What the attempt throws, caught where it is thrown: on its way to a process it would lose some of its parts. */
    private ApplicationFailure fails(Attempt attempt, Supplier<?> failing) {
        List<ApplicationFailure> caught = new ArrayList<>();
        work = () -> {
            assertThatExceptionOfType(ApplicationFailure.class)
                    .isThrownBy(failing::get)
                    .satisfies(caught::add);
            return "failed";
        };
        attempt.run();
        return caught.getFirst();
    }
}
