package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseCare;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Event;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.SampleCasePolicies;
import io.throughline.domain.intervention.ServiceLevel;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CaseCareTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(8, instant -> SampleCasePolicies.tenHours());

    private static final AtomicInteger NUMBERS = new AtomicInteger(3000000);
    private static final String ADA = "ada (key 1)";

    private final Cases cases = POSTGRES.database().cases();
    private final CaseCare care = POSTGRES.database().caseCare();
    private final CaseFiles files = POSTGRES.database().caseFiles();
    private final String order = "O-000" + NUMBERS.incrementAndGet();
    private final Case open = cases.open(SampleAccounts.SHOP, order, "erp.invoice", FailureCode.ERP_REJECTED, "no");

    @Test
    void isDueByThePolicyAndNotByTheCode() {
        assertThat(open.dueAt()).isEqualTo(open.openedAt().plus(Duration.ofHours(10)));

        assertThat(file().serviceLevel(open.openedAt().plus(Duration.ofHours(8)).minusMillis(1)))
                .isEqualTo(ServiceLevel.ON_TIME);
        assertThat(file().serviceLevel(open.openedAt().plus(Duration.ofHours(8))))
                .isEqualTo(ServiceLevel.AT_RISK);
        assertThat(file().serviceLevel(open.openedAt().plus(Duration.ofHours(10))))
                .isEqualTo(ServiceLevel.BREACHED);
    }

    @Test
    void whatWasClosedInTimeStaysInTime() {
        POSTGRES.clock().advance(Duration.ofHours(1));
        cases.close(open.id(), "gone");
        POSTGRES.clock().advance(Duration.ofDays(1));

        assertThat(file().serviceLevel(POSTGRES.clock().instant())).isEqualTo(ServiceLevel.ON_TIME);
    }

    @Test
    void somebodyTakesItAndGivesItBack() {
        assertThat(care.assign(open.id(), Optional.of("bob"), ADA).assignee()).contains("bob");
        care.assign(open.id(), Optional.of("bob"), ADA);
        assertThat(care.assign(open.id(), Optional.empty(), ADA).assignee()).isEmpty();

        assertThat(kinds()).containsExactly("case.opened", "case.assigned", "case.assigned");
        cases.close(open.id(), "gone");
        assertThatThrownBy(() -> care.assign(open.id(), Optional.of("bob"), ADA))
                .isInstanceOf(IllegalDecision.class);
    }

    @Test
    void whatIsSaidIsInTheHistoryAndNotInTheTrace() {
        care.comment(open.id(), "Mrs Canary rang", ADA);
        care.comment(open.id(), "and again", "bob");

        assertThat(files.history(open))
                .extracting(Event::kind, Event::actor, Event::words)
                .containsExactly(
                        tuple("case.opened", Optional.empty(), Optional.empty()),
                        tuple("case.commented", Optional.of(ADA), Optional.of("Mrs Canary rang")),
                        tuple("case.commented", Optional.of("bob"), Optional.of("and again")));
        assertThat(POSTGRES.database().trace().of(order).toString()).doesNotContain("Canary");
        assertThat(POSTGRES.database().trace().firstBroken(order)).isEmpty();
    }

    @Test
    void whatIsErasedIsNotSaidAnyMore() {
        care.comment(open.id(), "Mrs Canary rang", ADA);
        POSTGRES.tables()
                .useHandle(handle ->
                        handle.execute("update person set content = null, erased_at = now() where line = ?", order));

        assertThat(files.history(open)).extracting(Event::words).containsOnly(Optional.empty());
        care.comment(open.id(), "Mrs Canary rang again", ADA);
        assertThat(files.history(open)).hasSize(3).extracting(Event::words).containsOnly(Optional.empty());
    }

    @Test
    void theHistoryOfOneCaseHasNothingOfAnother() {
        Case other = cases.open(SampleAccounts.SHOP, order, "erp.settle", FailureCode.ERP_REJECTED, "no");
        care.assign(other.id(), Optional.of("bob"), ADA);
        care.assign(open.id(), Optional.of("eve"), ADA);

        assertThat(files.history(open)).extracting(Event::kind).containsExactly("case.opened", "case.assigned");
        assertThat(files.history(other).getLast().summary()).contains("bob");
    }

    @Test
    void sleepsUntilItsTimeAndItsClockGoesOn() {
        Instant until = POSTGRES.clock().instant().plus(Duration.ofHours(9));

        CaseFile asleep = care.snooze(open.id(), Optional.of(until), ADA);

        assertThat(asleep.snoozed(until.minusMillis(1))).isTrue();
        assertThat(asleep.snoozed(until)).isFalse();
        assertThat(asleep.serviceLevel(until)).isEqualTo(ServiceLevel.AT_RISK);
        assertThat(care.snooze(open.id(), Optional.empty(), ADA).snoozedUntil()).isEmpty();
        assertThatThrownBy(() ->
                        care.snooze(open.id(), Optional.of(POSTGRES.clock().instant()), ADA))
                .isInstanceOf(IllegalDecision.class);
    }

    @Test
    void whatIsDecidedSleepsNoMore() {
        care.snooze(open.id(), Optional.of(POSTGRES.clock().instant().plus(Duration.ofHours(9))), ADA);
        retry();

        assertThat(file().snoozedUntil()).isEmpty();
        assertThatThrownBy(() -> care.snooze(
                        open.id(), Optional.of(POSTGRES.clock().instant().plusSeconds(60)), ADA))
                .isInstanceOf(IllegalDecision.class);
    }

    @Test
    void whatWasNotOverIsOpenAgainWithANewClock() {
        cases.close(open.id(), "gone");
        POSTGRES.clock().advance(Duration.ofDays(3));

        CaseFile again = care.reopen(open.id(), "the ERP still has no invoice", ADA);

        assertThat(again.about().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(again.about().openedAt()).isEqualTo(open.openedAt());
        assertThat(again.about().dueAt()).isEqualTo(POSTGRES.clock().instant().plus(Duration.ofHours(10)));
        assertThat(again.serviceLevel(POSTGRES.clock().instant())).isEqualTo(ServiceLevel.ON_TIME);
        assertThat(kinds()).containsExactly("case.opened", "case.closed", "case.reopened");
        assertThatThrownBy(() -> care.reopen(open.id(), "again", ADA)).isInstanceOf(IllegalDecision.class);
    }

    @Test
    void whatIsFollowedByAnotherCaseStaysClosed() {
        cases.close(open.id(), "gone");
        Case next = cases.open(SampleAccounts.SHOP, order, "erp.invoice", FailureCode.ERP_REJECTED, "no");

        assertThatThrownBy(() -> care.reopen(open.id(), "again", ADA))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining(next.id().value());
    }

    @Test
    void whatIsLateIsToldOnceToEachInTurn() {
        tellAll();
        assertThat(escalations()).isEmpty();
        POSTGRES.clock().advance(Duration.ofHours(10));
        tellAll();
        tellAll();
        assertThat(escalations()).containsExactly("CONTROLLER");
        POSTGRES.clock().advance(Duration.ofHours(23));
        tellAll();
        assertThat(escalations()).containsExactly("CONTROLLER");
        POSTGRES.clock().advance(Duration.ofHours(1));
        tellAll();
        POSTGRES.clock().advance(Duration.ofDays(9));
        tellAll();

        assertThat(escalations()).containsExactly("CONTROLLER", "OPERATIONS");
        assertThat(file().escalations()).isEqualTo(2);
    }

    @Test
    void whatIsEscalatedIsCountedAndToldToSubscribers() {
        POSTGRES.clock().advance(Duration.ofHours(10));
        tellAll();

        long late = escalated(1);
        assertThat(late).isPositive();
        TraceEntry told = POSTGRES.database().trace().of(order).stream()
                .filter(entry -> entry.kind().equals("case.escalated"))
                .findFirst()
                .orElseThrow();
        assertThat(EventType.of(order, told.kind(), told.detail())).containsExactly(EventType.CASE_ESCALATED);
        assertThat(EventType.CASE_ESCALATED.data(order, told.detail()))
                .containsEntry("case", open.id().value())
                .containsEntry("to", "CONTROLLER")
                .containsEntry("code", open.code().name());

        retry();
        assertThat(escalated(1)).as("it is decided").isEqualTo(late - 1);
    }

    private long escalated(int groups) {
        return files.escalated().stream()
                .filter(late -> late.code() == open.code() && late.groups() == groups)
                .mapToLong(CaseFiles.Escalated::cases)
                .sum();
    }

    @Test
    void whatIsDecidedIsNotToldAndAgainOnceItHasFailed() {
        Decision tried = retry();
        POSTGRES.clock().advance(Duration.ofHours(11));
        tellAll();
        assertThat(escalations()).isEmpty();

        cases.reopen(open.id(), tried, FailureCode.SYSTEM_UNREACHABLE, "away");
        tellAll();

        assertThat(escalations()).containsExactly("CONTROLLER");
    }

    @Test
    void ofManyWhoTellOneDoes() throws Exception {
        POSTGRES.clock().advance(Duration.ofHours(10));

        Together.run(8, i -> care.escalate(1_000));

        assertThat(escalations()).containsExactly("CONTROLLER");
    }

    private void tellAll() {
        care.escalate(1_000);
    }

    private List<String> escalations() {
        return POSTGRES.database().trace().of(order).stream()
                .filter(entry -> entry.kind().equals("case.escalated"))
                .map(entry -> entry.detail().getOrDefault("to", ""))
                .toList();
    }

    private Decision retry() {
        Decision decision = new Decision(
                Action.RETRY,
                ADA,
                true,
                Optional.empty(),
                Map.of(),
                POSTGRES.clock().instant());
        return cases.decide(open.id(), decision).decision().orElseThrow();
    }

    private CaseFile file() {
        return files.find(open.id()).orElseThrow();
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(order).stream()
                .map(TraceEntry::kind)
                .toList();
    }
}
