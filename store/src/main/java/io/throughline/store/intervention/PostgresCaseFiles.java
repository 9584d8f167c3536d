package io.throughline.store.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.RefusedDocument;
import io.throughline.domain.intervention.ServiceLevel;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceRows;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads cases with what people do about them, in PostgreSQL. */
public final class PostgresCaseFiles implements CaseFiles {
    private final Transactions transactions;
    private final Clock clock;

    public PostgresCaseFiles(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<CaseFile> find(CaseId id) {
        return transactions.with(handle -> CaseFileRows.find(handle, id));
    }

    @Override
    public List<CaseFile> list(Search search) {
        Conditions conditions = conditions(search);
        return transactions.with(handle -> handle.createQuery(CaseFileRows.SELECT + conditions.where() + " order by "
                        + order(search.sequence()) + " limit :limit")
                .bindMap(conditions.values())
                .bind("now", Columns.at(clock.instant()))
                .bind("limit", search.limit())
                .map(CaseFileRows::map)
                .list());
    }

    private static String order(Sequence sequence) {
        return switch (sequence) {
            case NEWEST_FIRST -> "number desc";
            case MOST_URGENT_FIRST -> "due_at, number";
        };
    }

    /** Only what is asked for is a condition, and names of ours stand in the statement itself, so that partial indexes are used. */
    private static Conditions conditions(Search search) {
        Conditions where = new Conditions();
        search.status()
                .ifPresentOrElse(
                        status -> where.and("status = '" + status + "'"),
                        () -> search.text().ifPresent(text -> where.and("status <> 'CLOSED'")));
        if (!search.codes().isEmpty()) {
            where.and(
                    "code = any(:codes)",
                    "codes",
                    search.codes().stream().map(FailureCode::name).toArray(String[]::new));
        }
        search.account().ifPresent(account -> where.and("account = :account", "account", account.value()));
        search.assignee().ifPresent(assignee -> where.and("assignee = :assignee", "assignee", assignee));
        search.cause().ifPresent(cause -> where.and("fingerprint = :cause", "cause", cause.value()));
        search.serviceLevel().ifPresent(level -> where.and("status = 'OPEN' and " + standing(level)));
        search.snoozed()
                .ifPresent(asleep -> where.and((asleep ? "" : "not ")
                        + "(status = 'OPEN' and snoozed_until is not null and snoozed_until > :now)"));
        search.text()
                .ifPresent(text -> where.and(
                        "(strpos(lower(detail), lower(:text)) > 0 or strpos(lower(subject), lower(:text)) > 0"
                                + " or strpos(lower(step), lower(:text)) > 0)",
                        "text",
                        text));
        return where;
    }

    private static String standing(ServiceLevel level) {
        return switch (level) {
            case ON_TIME -> "at_risk_at > :now and due_at > :now";
            case AT_RISK -> "at_risk_at <= :now and due_at > :now";
            case BREACHED -> "due_at <= :now";
        };
    }

    /** What a row must be like. */
    private record Conditions(List<String> all, Map<String, Object> values) {
        Conditions() {
            this(new ArrayList<>(), new HashMap<>());
        }

        void and(String condition) {
            all.add(condition);
        }

        void and(String condition, String name, Object value) {
            all.add(condition);
            values.put(name, value);
        }

        String where() {
            return all.isEmpty() ? "" : "where " + String.join(" and ", all);
        }
    }

    @Override
    public List<Group> groups(int limit) {
        return groups("", Map.of(), limit);
    }

    @Override
    public Optional<Group> group(Fingerprint cause) {
        return groups("and fingerprint = :cause", Map.of("cause", cause.value()), 1).stream()
                .findFirst();
    }

    @Override
    public List<Load> load() {
        return transactions.with(handle -> handle.createQuery("""
            select code, count(*) as cases, count(*) filter (where at_risk_at <= :now and due_at > :now) as at_risk,
                count(*) filter (where due_at <= :now) as overdue
            from support_case where status = 'OPEN' and (snoozed_until is null or snoozed_until <= :now)
            group by code order by code
            """)
                .bind("now", Columns.at(clock.instant()))
                .map((row, context) -> new Load(
                        FailureCode.valueOf(row.getString("code")),
                        row.getInt("cases"),
                        row.getInt("at_risk"),
                        row.getInt("overdue")))
                .list());
    }

    @Override
    public List<Escalated> escalated() {
        return transactions.with(handle -> handle.createQuery("""
            select code, escalations, count(*) as cases
            from support_case where status = 'OPEN' and escalations > 0
            group by code, escalations order by code, escalations
            """)
                .map((row, context) -> new Escalated(
                        FailureCode.valueOf(row.getString("code")), row.getInt("escalations"), row.getInt("cases")))
                .list());
    }

    private List<Group> groups(String condition, Map<String, ?> values, int limit) {
        return transactions.with(handle -> handle.createQuery("""
            with open as (
                select fingerprint, number, opened_at, due_at, snoozed_until, stake, stake_currency
                from support_case where status = 'OPEN' <condition>),
            cause as (
                select fingerprint, count(*) as cases, count(*) filter (where snoozed_until > :now) as snoozed,
                    count(*) filter (where due_at <= :now) as overdue,
                    min(opened_at) as oldest, min(due_at) as first_due, min(number) as first
                from open group by fingerprint order by cases desc, first limit :limit),
            money as (
                select fingerprint, stake_currency, sum(stake) as stake
                from open where stake is not null and fingerprint in (select fingerprint from cause)
                group by fingerprint, stake_currency)
            select cause.*, one.code, one.step, one.detail,
                array(select stake_currency from money m where m.fingerprint = cause.fingerprint
                    order by stake_currency) as currencies,
                array(select stake::bigint from money m where m.fingerprint = cause.fingerprint
                    order by stake_currency) as stakes
            from cause join support_case one on one.number = cause.first
            order by cause.cases desc, cause.first
            """)
                .define("condition", condition)
                .bindMap(values)
                .bind("now", Columns.at(clock.instant()))
                .bind("limit", limit)
                .map(PostgresCaseFiles::toGroup)
                .list());
    }

    private static Group toGroup(ResultSet row, StatementContext context) throws SQLException {
        String[] currencies = (String[]) row.getArray("currencies").getArray();
        Long[] stakes = (Long[]) row.getArray("stakes").getArray();
        List<Money> atStake = new ArrayList<>();
        for (int i = 0; i < currencies.length; i++) {
            atStake.add(Money.ofMinor(stakes[i], CurrencyCode.of(currencies[i])));
        }
        return new Group(
                new Fingerprint(row.getString("fingerprint")),
                FailureCode.valueOf(row.getString("code")),
                row.getString("step"),
                row.getString("detail"),
                row.getInt("cases"),
                row.getInt("snoozed"),
                row.getInt("overdue"),
                Columns.instant(row, "oldest"),
                Columns.instant(row, "first_due"),
                atStake);
    }

    @Override
    public List<Event> history(Case about) {
        return transactions.with(handle ->
                TraceRows.telling(
                                handle,
                                about.subject(),
                                openedAs(handle, about),
                                "case",
                                about.id().value())
                        .stream()
                        .map(entry -> event(handle, about, entry))
                        .toList());
    }

    private static long openedAs(Handle handle, Case about) {
        return handle.createQuery("select opened_seq from support_case where number = :number")
                .bind("number", CaseRows.number(about.id()))
                .mapTo(Long.class)
                .one();
    }

    private static Event event(Handle handle, Case about, TraceEntry entry) {
        Map<String, String> detail = entry.detail();
        return new Event(
                entry.at(),
                entry.kind(),
                Optional.ofNullable(detail.get("actor")),
                entry.summary(),
                Optional.ofNullable(detail.get("words"))
                        .flatMap(number -> PersonRows.said(handle, PostgresCaseCare.words(about.id(), number))));
    }

    /** The effect that failed with what the case tells; when none tells it in the very words, the last one with its code. */
    @Override
    public Optional<Exchange> exchange(Case about) {
        return transactions.with(handle -> exchange(handle, about));
    }

    static Optional<Exchange> exchange(Handle handle, Case about) {
        return handle.createQuery("""
            select account, system, subject, operation, intent, detail, changed_at from effect
            where (subject = :subject or line = :subject) and code = any(cast(:codes as text[])) and system is not null
            order by coalesce(detail = :detail, false) desc, changed_at desc limit 1
            """)
                .bind("subject", about.subject())
                .bindArray("codes", String.class, codes(about.code()))
                .bind("detail", about.detail())
                .map((row, context) -> exchange(handle, about, row))
                .findOne();
    }

    /** Of a return and of a store's day cases call by names of their own what the ERP's refusal is as an effect. */
    private static List<String> codes(FailureCode code) {
        return switch (code) {
            case CREDIT_REJECTED, STORE_DAY_REJECTED -> List.of(code.name(), FailureCode.ERP_REJECTED.name());
            default -> List.of(code.name());
        };
    }

    @Override
    public RefusedDocument document(Case about) {
        return transactions.with(handle -> RefusedDocuments.read(handle, about, () -> exchange(handle, about)));
    }

    @Override
    public RefusedDocument document(Case about, Optional<Exchange> refused) {
        return transactions.with(handle -> RefusedDocuments.read(handle, about, () -> refused));
    }

    private static Exchange exchange(Handle handle, Case about, ResultSet row) throws SQLException {
        EffectKey key = new EffectKey(
                AccountId.of(row.getString("account")),
                row.getString("subject"),
                row.getString("operation"),
                row.getInt("intent"));
        return new Exchange(
                key.account(),
                OutsideSystem.valueOf(row.getString("system")),
                key.operation(),
                request(handle, about, key),
                Columns.optionalText(row, "detail").orElse(""),
                Columns.instant(row, "changed_at"));
    }

    /** As it was last asked for. */
    private static Optional<String> request(Handle handle, Case about, EffectKey key) {
        return TraceRows.telling(handle, about.subject(), 0, "effect", key.toString()).stream()
                .flatMap(entry -> Optional.ofNullable(entry.detail().get("request")).stream())
                .reduce((earlier, later) -> later);
    }
}
