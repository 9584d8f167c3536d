package io.throughline.store.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.CaseTerms;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code support_case}. */
public final class CaseRows {
    /** The note on the decision is a row of words beside the personal data. */
    public static final String COLUMNS = """
            number, account, subject, step, code, detail, status, opened_at, due_at, decision, decision_was, closed_at,
                told_at,
                (select content #>> '{}' from person where ref = 'N-C-' || number) as note
            """;

    public static final String SELECT = "select " + COLUMNS + " from support_case ";

    private static final TypeReference<Map<String, String>> WAS = new TypeReference<>() {};

    private CaseRows() {}

    /** Empty when somebody else has just opened it. What is at stake is what the order comes to, as far as that is known. */
    static Optional<Case> insert(
            Handle handle,
            AccountId account,
            String subject,
            String step,
            FailureCode code,
            String detail,
            Instant now,
            CaseTerms terms) {
        return handle.createQuery("""
                        insert into support_case (account, subject, step, code, detail, fingerprint,
                            opened_at, due_at, at_risk_at, escalate_at, stake, stake_currency)
                        select :account, :subject, :step, :code, :detail, :fingerprint,
                            :now, :due, :atRisk, cast(:escalate as timestamptz),
                            cast(version.total ->> 'minor' as bigint), version.total ->> 'currency'
                        from (values (true)) as one left join lateral (
                            select body -> 'total' -> 'shop' as total from order_version
                            where order_id = :line order by number desc limit 1) version on true
                        on conflict (subject, step) where status <> 'CLOSED' do nothing
                        returning\s""" + COLUMNS)
                .bind("account", account.value())
                .bind("subject", subject)
                .bind("line", TraceLine.of(subject))
                .bind("step", step)
                .bind("code", code)
                .bind("detail", detail)
                .bind("fingerprint", Fingerprint.of(code, step, detail).value())
                .bind("now", Columns.at(now))
                .bind("due", Columns.at(terms.dueAt()))
                .bind("atRisk", Columns.at(terms.atRiskAt()))
                .bind("escalate", Columns.at(terms.escalateAt()))
                .map(CaseRows::map)
                .findOne();
    }

    /** The most that the order ever came to that a subject is about: what was taken off it was decided about, too. */
    public static Optional<Money> stake(Handle handle, String subject) {
        return handle.createQuery("""
                        select cast(body -> 'total' -> 'shop' ->> 'minor' as bigint) as minor,
                            body -> 'total' -> 'shop' ->> 'currency' as currency
                        from order_version where order_id = :line order by minor desc limit 1
                        """)
                .bind("line", TraceLine.of(subject))
                .map((row, context) -> Money.ofMinor(row.getLong("minor"), CurrencyCode.of(row.getString("currency"))))
                .findOne();
    }

    /** The same of many orders at once; one of which nothing is known is left out. */
    public static Map<String, Money> stakes(Handle handle, Collection<String> lines) {
        return handle.createQuery("""
                        select distinct on (order_id) order_id,
                            cast(body -> 'total' -> 'shop' ->> 'minor' as bigint) as minor,
                            body -> 'total' -> 'shop' ->> 'currency' as currency
                        from order_version where order_id = any(cast(:lines as text[])) order by order_id, minor desc
                        """)
                .bindArray("lines", String.class, Set.copyOf(lines))
                .map((row, context) -> Map.entry(
                        row.getString("order_id"),
                        Money.ofMinor(row.getLong("minor"), CurrencyCode.of(row.getString("currency")))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The one that is not closed. */
    public static Optional<Case> current(Handle handle, String subject, String step) {
        return handle.createQuery(SELECT + "where subject = :subject and step = :step and status <> 'CLOSED'")
                .bind("subject", subject)
                .bind("step", step)
                .map(CaseRows::map)
                .findOne();
    }

    /** All of them, whatever has become of them, in order. */
    public static List<Case> ofSubject(Handle handle, String subject) {
        return handle.createQuery(SELECT + "where subject = :subject order by number")
                .bind("subject", subject)
                .map(CaseRows::map)
                .list();
    }

    public static Optional<Case> find(Handle handle, CaseId id) {
        return find(handle, id, "");
    }

    /** Nobody else changes it until the transaction ends. */
    public static Optional<Case> locked(Handle handle, CaseId id) {
        return find(handle, id, "for no key update");
    }

    private static Optional<Case> find(Handle handle, CaseId id, String lock) {
        return handle.createQuery(SELECT + "where number = :number " + lock)
                .bind("number", number(id))
                .map(CaseRows::map)
                .findOne();
    }

    public static long number(CaseId id) {
        return Long.parseLong(id.value().substring("C-".length()));
    }

    public static CaseId id(long number) {
        return new CaseId("C-" + number);
    }

    public static Case map(ResultSet row, StatementContext context) throws SQLException {
        return new Case(
                id(row.getLong("number")),
                AccountId.of(row.getString("account")),
                row.getString("subject"),
                row.getString("step"),
                FailureCode.valueOf(row.getString("code")),
                row.getString("detail"),
                CaseStatus.valueOf(row.getString("status")),
                Columns.instant(row, "opened_at"),
                Columns.instant(row, "due_at"),
                decision(row),
                Columns.optionalInstant(row, "closed_at"),
                Columns.optionalInstant(row, "told_at"));
    }

    private static Optional<Decision> decision(ResultSet row) throws SQLException {
        return decision(row, "decision", "decision_was");
    }

    /** Of a case: what was decided, or proposed, with the column of what its document says by itself. */
    public static Optional<Decision> decision(ResultSet row, String column, String said) throws SQLException {
        Map<String, String> was = Columns.optionalText(row, said)
                .map(kept -> CanonicalJson.read(kept, WAS))
                .orElse(Map.of());
        return decision(row, column).map(decision -> decision.was().isEmpty() ? saying(decision, was) : decision);
    }

    /** Of what it says by itself only that which is amended: the rest is of an earlier decision about the same document. */
    private static Decision saying(Decision decision, Map<String, String> was) {
        Map<String, String> amended = new HashMap<>(was);
        amended.keySet().retainAll(decision.amendment().keySet());
        return new Decision(
                decision.action(),
                decision.actor(),
                decision.actorVerified(),
                decision.note(),
                decision.amendment(),
                decision.at(),
                amended);
    }

    /** What was decided about many. There is one note, that of whoever spoke last. */
    public static Optional<Decision> decision(ResultSet row, String column) throws SQLException {
        Optional<String> note = Columns.optionalText(row, "note");
        return Columns.optionalText(row, column)
                .map(decision -> CanonicalJson.read(decision, Decision.class))
                .map(kept -> new Decision(
                        kept.action(),
                        kept.actor(),
                        kept.actorVerified(),
                        note,
                        kept.amendment(),
                        kept.at(),
                        kept.was()));
    }

    /**
     * As it is kept: without the note, which is a row of its own with the personal data, and without what its document says, which older
     * versions do not know ({@link #keptWas}).
     */
    public static String kept(Decision decision) {
        return CanonicalJson.write(new Decision(
                decision.action(),
                decision.actor(),
                decision.actorVerified(),
                Optional.empty(),
                decision.amendment(),
                Columns.at(decision.at()).toInstant()));
    }

    /** What its document says by itself, in a column of its own. */
    public static String keptWas(Decision decision) {
        return CanonicalJson.write(decision.was());
    }
}
