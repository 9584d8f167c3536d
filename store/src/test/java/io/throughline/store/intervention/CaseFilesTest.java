package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Exchange;
import io.throughline.domain.intervention.CaseFiles.Group;
import io.throughline.domain.intervention.CaseFiles.Load;
import io.throughline.domain.intervention.CaseFiles.Search;
import io.throughline.domain.intervention.CaseFiles.Sequence;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.SampleCasePolicies;
import io.throughline.domain.intervention.ServiceLevel;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CaseFilesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(8, instant -> SampleCasePolicies.tenHours());

    private static final AtomicInteger NUMBERS = new AtomicInteger(4000000);

    private final Cases cases = POSTGRES.database().cases();
    private final CaseFiles files = POSTGRES.database().caseFiles();
    private final AccountId account = AccountId.of("files-" + NUMBERS.incrementAndGet());

    @Test
    void findsByWhateverIsAskedFor() {
        Case late = open(FailureCode.ERP_REJECTED, "no product NW-TEE");
        POSTGRES.clock().advance(Duration.ofHours(2));
        Case atRisk = open(FailureCode.ERP_REJECTED, "no product NW-CAP");
        POSTGRES.clock().advance(Duration.ofHours(8));
        Case fresh = open(FailureCode.UNKNOWN_SKU, "no product NW-SOCK");
        Case closed = open(FailureCode.UNKNOWN_SKU, "no product NW-MUG");
        cases.close(closed.id(), "gone");
        POSTGRES.database().caseCare().assign(fresh.id(), Optional.of("bob"), "ada");
        POSTGRES.database()
                .caseCare()
                .snooze(atRisk.id(), Optional.of(POSTGRES.clock().instant().plusSeconds(60)), "ada");

        assertThat(found(search().all())).containsExactly(closed.id(), fresh.id(), atRisk.id(), late.id());
        assertThat(found(search().status(CaseStatus.OPEN))).containsExactly(fresh.id(), atRisk.id(), late.id());
        assertThat(found(search().codes(FailureCode.UNKNOWN_SKU))).containsExactly(closed.id(), fresh.id());
        assertThat(found(search().level(ServiceLevel.BREACHED))).containsExactly(late.id());
        assertThat(found(search().level(ServiceLevel.AT_RISK))).containsExactly(atRisk.id());
        assertThat(found(search().level(ServiceLevel.ON_TIME))).containsExactly(fresh.id());
        assertThat(found(search().assignee("bob"))).containsExactly(fresh.id());
        assertThat(found(search().snoozed(true))).containsExactly(atRisk.id());
        assertThat(found(search().snoozed(false))).containsExactly(closed.id(), fresh.id(), late.id());
        assertThat(found(search().text("nw-t"))).containsExactly(late.id());
        assertThat(found(search().text("NW-MUG"))).isEmpty();
        assertThat(found(search().text("NW-MUG").status(CaseStatus.CLOSED))).containsExactly(closed.id());
        assertThat(found(search().cause(file(late).cause()))).containsExactly(late.id());
        POSTGRES.clock().advance(Duration.ofSeconds(60));
        assertThat(found(search().snoozed(true))).as("it comes back").isEmpty();
    }

    @Test
    void casesOfOneCauseAreOneGroup() {
        String detail = "no product NW-" + account;
        OrderId first = POSTGRES.stored(SampleOrder.fresh());
        OrderId second = POSTGRES.stored(SampleOrder.fresh());
        Case oldest = cases.open(account, first.value(), "erp.invoice order", FailureCode.ERP_REJECTED, detail);
        POSTGRES.clock().advance(Duration.ofHours(1));
        cases.open(account, second.value(), "erp.invoice order", FailureCode.ERP_REJECTED, detail);
        Case unknown = open(FailureCode.ERP_REJECTED, "erp.invoice order", detail);
        Case closed = open(FailureCode.ERP_REJECTED, "erp.invoice order", detail);
        cases.close(closed.id(), "gone");
        Fingerprint cause = file(oldest).cause();

        assertThat(files.group(cause))
                .contains(new Group(
                        cause,
                        FailureCode.ERP_REJECTED,
                        "erp.invoice order",
                        detail,
                        3,
                        0,
                        0,
                        oldest.openedAt(),
                        oldest.dueAt(),
                        List.of(Money.of("180.00", CurrencyCode.of("USD")))));
        assertThat(files.groups(500)).extracting(Group::cause).contains(cause);
        assertThat(file(oldest).stake()).contains(Money.of("90.00", CurrencyCode.of("USD")));
        assertThat(file(unknown).stake()).isEmpty();
        assertThat(files.group(new Fingerprint("0123456789abcdef"))).isEmpty();
    }

    @Test
    void theQueueBeginsWithWhatIsMostUrgent() {
        Case first = open(FailureCode.STOCK_DISCREPANCY, "nobody looked");
        Case second = open(FailureCode.ERP_REJECTED, "no product NW-CAP");
        cases.close(first.id(), "gone");
        POSTGRES.clock().advance(Duration.ofHours(1));
        POSTGRES.database().caseCare().reopen(first.id(), "it is not", "ada");

        assertThat(found(search().all())).containsExactly(second.id(), first.id());
        assertThat(found(search().mostUrgentFirst())).containsExactly(second.id(), first.id());
        assertThat(found(search().codes(FailureCode.STOCK_DISCREPANCY).mostUrgentFirst()))
                .containsExactly(first.id());
        cases.close(second.id(), "gone");
        Case third = open(FailureCode.ERP_REJECTED, "no product NW-MUG");
        assertThat(found(search().status(CaseStatus.OPEN).mostUrgentFirst())).containsExactly(first.id(), third.id());
    }

    @Test
    void openCasesAreCountedByTheirCode() {
        Load before = load(FailureCode.FACILITY_SILENT);
        open(FailureCode.FACILITY_SILENT, "silent");
        POSTGRES.clock().advance(Duration.ofHours(11));
        Case closed = open(FailureCode.FACILITY_SILENT, "silent too");
        open(FailureCode.FACILITY_SILENT, "silent as well");
        cases.close(closed.id(), "it spoke");

        Load after = load(FailureCode.FACILITY_SILENT);
        assertThat(after.cases() - before.cases()).isEqualTo(2);
        assertThat(after.overdue()).isEqualTo(before.cases() + 1);
    }

    /** The tile and the queue that it leads to. */
    @Test
    void theTileCountsWhatTheQueueShows() {
        POSTGRES.clock().advance(Duration.ofDays(30));
        Case late = open(FailureCode.PRICE_MISMATCH, "far apart");
        Case asleep = open(FailureCode.PRICE_MISMATCH, "far apart, too");
        POSTGRES.database()
                .caseCare()
                .snooze(asleep.id(), Optional.of(late.dueAt().plus(Duration.ofDays(1))), "ada");
        POSTGRES.clock()
                .advance(Duration.between(POSTGRES.clock().instant(), late.dueAt())
                        .multipliedBy(9)
                        .dividedBy(10));

        Load load = load(FailureCode.PRICE_MISMATCH);

        assertThat(load.cases())
                .isEqualTo(found(search().status(CaseStatus.OPEN).snoozed(false).codes(FailureCode.PRICE_MISMATCH))
                        .size());
        assertThat(load.atRisk()).isOne();
        POSTGRES.clock().advance(Duration.ofDays(9));
        assertThat(load(FailureCode.PRICE_MISMATCH).cases()).as("it is awake").isEqualTo(2);
        assertThat(load(FailureCode.PRICE_MISMATCH).overdue()).isEqualTo(2);
    }

    private Load load(FailureCode code) {
        return files.load().stream()
                .filter(load -> load.code() == code)
                .findFirst()
                .orElseGet(() -> new Load(code, 0, 0, 0));
    }

    @Test
    void showsWhatWasAskedAndAnswered() {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        EffectLedger effects = POSTGRES.database().effects();
        refuse(effects, order, "announce", "announce it", "another refusal");
        refuse(effects, order, "invoice", "invoice 90.00 USD", "no product NW-TEE");
        Case open = cases.open(
                SampleAccounts.SHOP, order.value(), "erp.invoice order", FailureCode.ERP_REJECTED, "no product NW-TEE");

        assertThat(files.exchange(open))
                .contains(new Exchange(
                        SampleAccounts.ERP,
                        OutsideSystem.TRYTON,
                        "invoice",
                        Optional.of("invoice 90.00 USD"),
                        "no product NW-TEE",
                        POSTGRES.clock().instant()));
        assertThat(files.exchange(open(FailureCode.UNKNOWN_SKU, "no"))).isEmpty();
    }

    @Test
    void tellsWhatOfTheRefusedDocumentCanBeAmendedAndKeepsWhatItWas() {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        EffectLedger effects = POSTGRES.database().effects();
        String request =
                order + "-F1/invoice 98.74 USD: NW-TEE × 1 90.00 USD + 3.74 USD NY State; SHIPPING × 1 5.00 USD";
        refuse(effects, order, "invoice", request, "no product NW-TEE");
        journal(order, order + "/payment/T1", "2026-11-01");
        journal(order, order + "-F1/invoice", "2026-11-23");
        Case rejected = cases.open(
                SampleAccounts.SHOP,
                order.value(),
                "erp.invoice " + order + "-F1",
                FailureCode.ERP_REJECTED,
                "no product NW-TEE");

        assertThat(files.document(rejected).products()).containsExactly("NW-TEE", "SHIPPING");
        assertThat(files.document(rejected, files.exchange(rejected)))
                .as("of the call that somebody has read already")
                .isEqualTo(files.document(rejected));
        assertThat(files.document(rejected, Optional.empty()).products())
                .as("it is not read again")
                .isEmpty();
        cases.close(rejected.id(), "through");
        Case closed = cases.open(
                SampleAccounts.SHOP,
                order.value(),
                "erp.invoice " + order + "-F1",
                FailureCode.ERP_PERIOD_CLOSED,
                "closed");
        assertThat(files.document(closed).day()).contains(LocalDate.of(2026, 11, 23));

        Decision moved = cases.decide(
                        closed.id(),
                        new Decision(
                                Action.AMEND_AND_RETRY,
                                "ada",
                                true,
                                Optional.empty(),
                                Map.of("postingDate", "2026-12-01"),
                                POSTGRES.clock().instant()))
                .decision()
                .orElseThrow();

        assertThat(moved.changes())
                .containsExactly(new Decision.Change("postingDate", Optional.of("2026-11-23"), "2026-12-01"));
        assertThat(POSTGRES.database().trace().of(order.value()).toString())
                .contains("amended=postingDate 2026-11-23 → 2026-12-01");
        readableToWhoDoesNotKnowWhatItWas(closed.id());
    }

    /** A worker of the version before reads no decision that has a field it does not know; and what that version has stored is read here. */
    private void readableToWhoDoesNotKnowWhatItWas(CaseId id) {
        Decision kept = cases.find(id).flatMap(Case::decision).orElseThrow();
        POSTGRES.tables().useTransaction(handle -> {
            assertThat(handle.createQuery(
                                    "select jsonb_exists(decision, 'was') from support_case where number = :number")
                            .bind("number", Long.parseLong(id.value().substring("C-".length())))
                            .mapTo(Boolean.class)
                            .one())
                    .isFalse();
            handle.execute("""
                    update support_case set decision_was = null,
                        decision = jsonb_set(decision, '{was}', '{"postingDate": "2026-11-23"}') where 'C-' || number = ?
                    """, id.value());
        });
        assertThat(cases.find(id).flatMap(Case::decision)).contains(kept);
    }

    /** Whoever has chosen a product that the ERP does not know either corrects that, and does not amend the amendment. */
    @Test
    void aProductKeepsItsNameWhereAnotherStoodForItAndWasRefusedToo() {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        String step = "erp.announce order";
        Case first =
                cases.open(SampleAccounts.SHOP, order.value(), step, FailureCode.ERP_REJECTED, "no product NW-TEE");
        cases.decide(
                first.id(),
                new Decision(
                        Action.AMEND_AND_RETRY,
                        "ada",
                        true,
                        Optional.empty(),
                        Map.of("standIns", "NW-TEE=NW-TYPO"),
                        POSTGRES.clock().instant()));
        cases.close(first.id(), "refused again");
        refuse(
                POSTGRES.database().effects(),
                order,
                "announce",
                "1501 from WH 5.00 USD: NW-TYPO × 1 4.00 USD; SHIPPING × 1 1.00 USD",
                "no product NW-TYPO");
        Case second =
                cases.open(SampleAccounts.SHOP, order.value(), step, FailureCode.ERP_REJECTED, "no product NW-TYPO");

        assertThat(files.document(second).products()).containsExactly("NW-TEE", "SHIPPING");
    }

    private static void journal(OrderId order, String reference, String day) {
        POSTGRES.tables().useTransaction(handle -> {
            handle.execute("""
                    insert into journal (reference, order_id, kind, business_date, currency, stored_at)
                    values (?, ?, 'INVOICE', cast(? as date), 'USD', now())
                    """, reference, order.value(), day);
            handle.execute("""
                    insert into journal_line (reference, number, role, detail, currency, debit, credit)
                    values (?, 1, 'RECEIVABLE', '', 'USD', 100, 0), (?, 2, 'REVENUE', '', 'USD', 0, 100)
                    """, reference, reference);
        });
    }

    private static void refuse(EffectLedger effects, OrderId order, String operation, String request, String answer) {
        EffectKey key = effects.intend(SampleAccounts.ERP, order.value(), operation, "once");
        EffectLedger.Claim.Held held =
                (EffectLedger.Claim.Held) effects.claim(key, OutsideSystem.TRYTON, request, Duration.ofMinutes(1));
        effects.refuse(key, held.token(), FailureCode.ERP_REJECTED, answer);
    }

    private List<CaseId> found(Asked asked) {
        return files.list(asked.search(account)).stream()
                .map(CaseFile::about)
                .map(Case::id)
                .toList();
    }

    private CaseFile file(Case about) {
        return files.find(about.id()).orElseThrow();
    }

    private Case open(FailureCode code, String detail) {
        return open(code, "step", detail);
    }

    private Case open(FailureCode code, String step, String detail) {
        return cases.open(account, "S-" + NUMBERS.incrementAndGet(), step, code, detail);
    }

    private static Asked search() {
        return new Asked();
    }

    /** A search, condition by condition. */
    private static final class Asked {
        private Optional<CaseStatus> status = Optional.empty();
        private Set<FailureCode> codes = Set.of();
        private Optional<String> assignee = Optional.empty();
        private Optional<ServiceLevel> level = Optional.empty();
        private Optional<Boolean> snoozed = Optional.empty();
        private Optional<Fingerprint> cause = Optional.empty();
        private Optional<String> text = Optional.empty();
        private Sequence sequence = Sequence.NEWEST_FIRST;

        Asked all() {
            return this;
        }

        Asked status(CaseStatus wanted) {
            status = Optional.of(wanted);
            return this;
        }

        Asked codes(FailureCode... wanted) {
            codes = Set.of(wanted);
            return this;
        }

        Asked assignee(String wanted) {
            assignee = Optional.of(wanted);
            return this;
        }

        Asked level(ServiceLevel wanted) {
            level = Optional.of(wanted);
            return this;
        }

        Asked snoozed(boolean wanted) {
            snoozed = Optional.of(wanted);
            return this;
        }

        Asked cause(Fingerprint wanted) {
            cause = Optional.of(wanted);
            return this;
        }

        Asked text(String wanted) {
            text = Optional.of(wanted);
            return this;
        }

        Asked mostUrgentFirst() {
            sequence = Sequence.MOST_URGENT_FIRST;
            return this;
        }

        Search search(AccountId account) {
            return new Search(
                    status, codes, Optional.of(account), assignee, level, snoozed, cause, text, sequence, 500);
        }
    }
}
