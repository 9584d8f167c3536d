package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Cases.CaseFilter;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CasesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger(2000000);
    private static final String ADA = "ada@northwind.example";

    private final Cases cases = POSTGRES.database().cases();
    private final String order = "O-000" + NUMBERS.incrementAndGet();

    @Test
    void oneIsOpenPerSubjectAndStep() {
        Instant now = POSTGRES.clock().instant();
        Case opened = open("erp.invoice", FailureCode.ERP_REJECTED);

        assertThat(opened)
                .isEqualTo(new Case(
                        opened.id(),
                        SampleAccounts.SHOP,
                        order,
                        "erp.invoice",
                        FailureCode.ERP_REJECTED,
                        "no such product",
                        CaseStatus.OPEN,
                        now,
                        now.plus(Duration.ofHours(8)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(open("erp.invoice", FailureCode.ERP_PERIOD_CLOSED)).isEqualTo(opened);
        assertThat(open("erp.settle", FailureCode.ERP_REJECTED).id()).isNotEqualTo(opened.id());
        assertThat(cases.current(order, "erp.invoice")).contains(opened);
        assertThat(cases.ofSubject(order)).hasSize(2);
        assertThat(POSTGRES.database().trace().lookup(opened.id().value())).contains(order);
    }

    @Test
    void numbersBeginAt1001() {
        open("first", FailureCode.ERP_REJECTED);

        long first = POSTGRES.tables()
                .withHandle(handle -> handle.select("select min(number) from support_case")
                        .mapTo(Long.class)
                        .one());
        assertThat(first).isEqualTo(1001);
        assertThat(cases.find(new CaseId("C-1001"))).isPresent();
    }

    @Test
    void whatIsNotClosedOfSomeCodesComesPageByPage() {
        Set<FailureCode> codes = EnumSet.of(FailureCode.PROCESS_MISSING, FailureCode.PROCESS_STANDS_STILL);
        Case first = open("one", FailureCode.PROCESS_MISSING);
        Case closed = open("two", FailureCode.PROCESS_MISSING);
        open("three", FailureCode.ERP_REJECTED);
        Case decided = open("four", FailureCode.PROCESS_STANDS_STILL);
        Case last = open("five", FailureCode.PROCESS_MISSING);
        cases.close(closed.id(), "it runs");
        cases.decide(decided.id(), decision(Action.RETRY, Map.of()));

        List<Case> page = cases.unclosedOf(codes, Optional.empty(), 2);
        assertThat(page).extracting(Case::id).containsExactly(first.id(), decided.id());
        assertThat(cases.unclosedOf(codes, Optional.of(page.getLast().id()), 2))
                .extracting(Case::id)
                .containsExactly(last.id());
        Stream.of(first, decided, last).forEach(one -> cases.close(one.id(), "it runs"));
        assertThat(cases.unclosedOf(codes, Optional.empty(), 2)).isEmpty();
    }

    @Test
    void manyThatOpenItAtOnceGetTheSame() throws Exception {
        List<Case> opened = Together.run(8, i -> open("erp.invoice", FailureCode.ERP_REJECTED));

        assertThat(opened).extracting(Case::id).containsOnly(opened.getFirst().id());
        assertThat(kinds()).containsExactly("case.opened");
    }

    @Test
    void livesFromDecisionToClosing() {
        Case opened = open("erp.invoice", FailureCode.ERP_PERIOD_CLOSED);
        Decision decision = decision(Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01"));

        Case decided = cases.decide(opened.id(), decision);

        assertThat(decided.status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(decided.decision()).contains(decision);
        assertThat(cases.current(order, "erp.invoice")).contains(decided);
        cases.close(opened.id(), "the step is through");
        cases.close(opened.id(), "again");
        Case closed = cases.find(opened.id()).orElseThrow();
        assertThat(closed.status()).isEqualTo(CaseStatus.CLOSED);
        assertThat(closed.closedAt()).contains(POSTGRES.clock().instant());
        assertThat(cases.current(order, "erp.invoice")).isEmpty();
        assertThat(open("erp.invoice", FailureCode.ERP_REJECTED).id()).isNotEqualTo(opened.id());
        assertThat(kinds()).containsExactly("case.opened", "case.decided", "case.closed", "case.opened");
    }

    @Test
    void aQuestionInOtherWordsStaysTheSameCaseWithItsClock() {
        Case opened = open("erp.invoice", FailureCode.ERP_REJECTED);
        POSTGRES.clock().advance(Duration.ofMinutes(1));

        Case restated = cases.restate(opened.id(), "no such customer");
        cases.restate(opened.id(), "no such customer");

        assertThat(restated.id()).isEqualTo(opened.id());
        assertThat(restated.dueAt()).isEqualTo(opened.dueAt());
        assertThat(restated.detail()).isEqualTo("no such customer");
        assertThat(kinds()).containsExactly("case.opened", "case.restated");
        Case decided = cases.decide(opened.id(), decision(Action.RETRY, Map.of()));
        assertThat(cases.restate(opened.id(), "something else")).isEqualTo(decided);
    }

    @Test
    void onlyAnOpenCaseClosesByItself() {
        Case settled = open("erp.invoice", FailureCode.ERP_REJECTED);
        assertThat(cases.settle(settled.id(), "its cause has gone: the product is there"))
                .isTrue();
        assertThat(cases.settle(settled.id(), "again")).isFalse();
        assertThat(POSTGRES.database().trace().of(order).getLast().summary())
                .isEqualTo(settled.id() + " is closed: its cause has gone: the product is there");

        Case decided = open("erp.invoice", FailureCode.ERP_REJECTED);
        cases.decide(decided.id(), decision(Action.RETRY, Map.of()));
        assertThat(cases.settle(decided.id(), "too late")).isFalse();
        assertThat(cases.find(decided.id()).map(Case::status)).contains(CaseStatus.DECIDED);
    }

    @Test
    void theSameDecisionAgainIsTheSame() {
        Case opened = open("erp.invoice", FailureCode.ERP_REJECTED);
        Case decided = cases.decide(opened.id(), decision(Action.RETRY, Map.of()));
        POSTGRES.clock().advance(Duration.ofSeconds(1));

        assertThat(cases.decide(opened.id(), decision(Action.RETRY, Map.of()))).isEqualTo(decided);
        assertThat(kinds()).containsExactly("case.opened", "case.decided");
    }

    @Test
    void illegalDecisionsAreRefusedInWordsAndChangeNothing() {
        Case opened = open("erp.invoice", FailureCode.ERP_REJECTED);
        Case closedPeriod = open("erp.settle", FailureCode.ERP_PERIOD_CLOSED);

        assertThatThrownBy(() -> cases.decide(opened.id(), decision(Action.REROUTE, Map.of())))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("not REROUTE")
                .hasMessageContaining("CANCEL");
        assertThat(cases.find(opened.id())).contains(opened);
        assertThatThrownBy(() -> cases.decide(
                        closedPeriod.id(), decision(Action.AMEND_AND_RETRY, Map.of("postingDate", "soon"))))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("postingDate: must be a day");
        assertThat(cases.find(closedPeriod.id())).contains(closedPeriod);

        cases.decide(opened.id(), decision(Action.CANCEL, Map.of()));
        assertThatThrownBy(() -> cases.decide(opened.id(), decision(Action.RETRY, Map.of())))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("DECIDED")
                .hasMessageContaining(ADA + " decided CANCEL");
        assertThatThrownBy(() -> cases.decide(new CaseId("C-999999"), decision(Action.RETRY, Map.of())))
                .isInstanceOf(IllegalDecision.class);
    }

    @Test
    void ofTwoWhoDecideAtOnceOneWins() throws Exception {
        Case opened = open("erp.invoice", FailureCode.ERP_REJECTED);

        List<String> outcomes = Together.run(8, i -> {
            try {
                Decision mine = new Decision(
                        i % 2 == 0 ? Action.RETRY : Action.CANCEL,
                        "person-" + i,
                        true,
                        Optional.empty(),
                        Map.of(),
                        POSTGRES.clock().instant());
                return cases.decide(opened.id(), mine).decision().orElseThrow().actor();
            } catch (IllegalDecision tooLate) {
                return "too late";
            }
        });

        assertThat(outcomes).filteredOn("too late"::equals).hasSize(7);
    }

    @Test
    void listsTheNewestFirstByFilter() {
        AccountId account = AccountId.of("list-" + NUMBERS.incrementAndGet());
        Case first = cases.open(account, order, "one", FailureCode.STOCK_MISSING, "none left");
        Case second = cases.open(account, order, "two", FailureCode.ERP_REJECTED, "no");
        Case third = cases.open(account, order, "three", FailureCode.ERP_REJECTED, "no");
        cases.close(first.id(), "gone");

        assertThat(list(Optional.empty(), Optional.empty(), account, 10))
                .extracting(Case::id)
                .containsExactly(third.id(), second.id(), first.id());
        assertThat(list(Optional.of(CaseStatus.OPEN), Optional.of(FailureCode.ERP_REJECTED), account, 1))
                .extracting(Case::id)
                .containsExactly(third.id());
        assertThat(list(Optional.of(CaseStatus.CLOSED), Optional.empty(), account, 10))
                .extracting(Case::id)
                .containsExactly(first.id());
    }

    @Test
    void whatPeopleWroteStaysOutOfTheTraceAndWhatTheyAmendedDoesNot() {
        Case opened = open("erp.invoice", FailureCode.ERP_PERIOD_CLOSED);
        cases.decide(
                opened.id(),
                new Decision(
                        Action.AMEND_AND_RETRY,
                        ADA,
                        true,
                        Optional.of("call Ada Canary"),
                        Map.of("postingDate", "2031-12-01"),
                        POSTGRES.clock().instant()));

        assertThat(POSTGRES.database().trace().of(order).toString())
                .doesNotContain("Canary")
                .contains("amended=postingDate → 2031-12-01");
    }

    @Test
    void whatWasDecidedAndFailedAgainIsOpenAgainAndItsClockGoesOn() {
        Case opened = open("erp.invoice", FailureCode.ERP_PERIOD_CLOSED);
        Decision tried = cases.decide(
                        opened.id(), decision(Action.AMEND_AND_RETRY, Map.of("postingDate", "2026-12-01")))
                .decision()
                .orElseThrow();
        POSTGRES.clock().advance(Duration.ofHours(1));

        Case again = cases.reopen(opened.id(), tried, FailureCode.SYSTEM_UNREACHABLE, "the ERP is down");

        assertThat(again.status()).isEqualTo(CaseStatus.OPEN);
        assertThat(again.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(again.detail()).isEqualTo("the ERP is down");
        assertThat(again.openedAt()).isEqualTo(opened.openedAt());
        assertThat(again.dueAt()).isEqualTo(opened.dueAt());
        assertThat(again.decision()).contains(tried);
        assertThat(list(Optional.of(CaseStatus.OPEN), Optional.empty(), SampleAccounts.SHOP, 500))
                .contains(again);
        Decision second = cases.decide(opened.id(), decision(Action.RETRY, Map.of()))
                .decision()
                .orElseThrow();
        assertThat(second.at()).isAfter(tried.at());
        assertThat(second.postingDate()).as("to try again takes nothing back").isEqualTo(tried.postingDate());
        assertThat(cases.decide(opened.id(), decision(Action.RETRY, Map.of())).decision())
                .contains(second);
        assertThat(kinds()).containsExactly("case.opened", "case.decided", "case.reopened", "case.decided");
    }

    @Test
    void whatWasDecidedSinceIsNotTakenForTried() {
        Case opened = open("erp.invoice", FailureCode.SYSTEM_UNREACHABLE);
        Decision first = cases.decide(opened.id(), decision(Action.RETRY, Map.of()))
                .decision()
                .orElseThrow();
        cases.reopen(opened.id(), first, FailureCode.SYSTEM_UNREACHABLE, "down");
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        Case second = cases.decide(opened.id(), decision(Action.RETRY, Map.of()));

        assertThat(cases.reopen(opened.id(), first, FailureCode.SYSTEM_UNREACHABLE, "down"))
                .isEqualTo(second);
        cases.close(opened.id(), "through");
        assertThat(cases.reopen(opened.id(), second.decision().orElseThrow(), FailureCode.SYSTEM_UNREACHABLE, "down")
                        .status())
                .isEqualTo(CaseStatus.CLOSED);
    }

    @Test
    void aProcessIsToldOfEachOpeningAnew() {
        Case opened = open("erp.invoice", FailureCode.SYSTEM_UNREACHABLE);
        assertThat(opened.toldAt()).isEmpty();

        cases.told(opened.id());

        assertThat(cases.find(opened.id()).flatMap(Case::toldAt))
                .contains(POSTGRES.clock().instant());
        Decision tried = cases.decide(opened.id(), decision(Action.RETRY, Map.of()))
                .decision()
                .orElseThrow();
        assertThat(cases.reopen(opened.id(), tried, FailureCode.SYSTEM_UNREACHABLE, "down")
                        .toldAt())
                .isEmpty();
    }

    private List<Case> list(Optional<CaseStatus> status, Optional<FailureCode> code, AccountId account, int limit) {
        return cases.list(new CaseFilter(status, code, Optional.of(account), limit));
    }

    private Case open(String step, FailureCode code) {
        return cases.open(SampleAccounts.SHOP, order, step, code, "no such product");
    }

    private static Decision decision(Action action, Map<String, String> amendment) {
        return new Decision(
                action,
                ADA,
                true,
                Optional.of("a note"),
                amendment,
                POSTGRES.clock().instant());
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(order).stream()
                .map(TraceEntry::kind)
                .toList();
    }
}
