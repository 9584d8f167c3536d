package io.throughline.store.intervention;

import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code support_case} with what people do about them. */
final class CaseFileRows {
    static final String SELECT = "select " + CaseRows.COLUMNS + """
            , fingerprint, at_risk_at, stake, stake_currency, assignee, snoozed_until, proposal, proposal_was,
                escalations
            from support_case
            """;

    private CaseFileRows() {}

    static Optional<CaseFile> find(Handle handle, CaseId id) {
        return find(handle, id, "");
    }

    /** Nobody else changes it until the transaction ends. */
    static Optional<CaseFile> locked(Handle handle, CaseId id) {
        return find(handle, id, "for no key update");
    }

    private static Optional<CaseFile> find(Handle handle, CaseId id, String lock) {
        return handle.createQuery(SELECT + "where number = :number " + lock)
                .bind("number", CaseRows.number(id))
                .map(CaseFileRows::map)
                .findOne();
    }

    static CaseFile map(ResultSet row, StatementContext context) throws SQLException {
        return new CaseFile(
                CaseRows.map(row, context),
                new Fingerprint(row.getString("fingerprint")),
                Columns.instant(row, "at_risk_at"),
                stake(row),
                Columns.optionalText(row, "assignee"),
                Columns.optionalInstant(row, "snoozed_until"),
                CaseRows.decision(row, "proposal", "proposal_was"),
                row.getInt("escalations"));
    }

    static Optional<Money> stake(ResultSet row) throws SQLException {
        long minor = row.getLong("stake");
        return Columns.optionalText(row, "stake_currency")
                .map(CurrencyCode::of)
                .map(currency -> Money.ofMinor(minor, currency));
    }
}
