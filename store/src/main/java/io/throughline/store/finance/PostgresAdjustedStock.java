package io.throughline.store.finance;

import io.throughline.domain.finance.AdjustedStock;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What was adjusted, as {@link AdjustmentLedger} keeps it. */
public final class PostgresAdjustedStock implements AdjustedStock {
    private final Transactions transactions;

    public PostgresAdjustedStock(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Sum> sums(FacilityId facility, LocalDate date) {
        return transactions.with(handle -> handle.createQuery("""
                        select a.currency, coalesce(sum(- a.units) filter (where a.units < 0), 0) as units_lost,
                            coalesce(sum(a.units) filter (where a.units > 0), 0) as units_found,
                            coalesce(sum(abs(a.units)) filter (where t.adjustment is null or d.state in ('OPEN', 'NOT_SENT')), 0)
                                as units_untold,
                            coalesce(sum(a.worth) filter (where a.units < 0 and not a.cost_taken), 0) as lost,
                            coalesce(sum(a.worth) filter (where a.units > 0 and not a.cost_taken), 0) as found
                        from stock_adjustment a
                        left join stock_adjustment_told t on t.adjustment = a.number
                        left join stock_adjustment_document d on d.reference = t.document
                        where a.facility = :facility and a.business_date = :date
                        group by a.currency order by a.currency
                        """)
                .bind("facility", facility.value())
                .bind("date", date)
                .map((row, context) -> sum(row))
                .list());
    }

    private static Sum sum(ResultSet row) throws SQLException {
        Optional<CurrencyCode> currency = Columns.optionalText(row, "currency").map(CurrencyCode::of);
        Optional<Value> value = currency.isEmpty()
                ? Optional.empty()
                : Optional.of(new Value(
                        Money.ofMinor(row.getLong("lost"), currency.get()),
                        Money.ofMinor(row.getLong("found"), currency.get())));
        return new Sum(
                currency, row.getInt("units_lost"), row.getInt("units_found"), row.getInt("units_untold"), value);
    }
}
