package io.throughline.store.finance;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.catalog.UnitCost;
import io.throughline.domain.finance.GoodsCosts;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What goods have cost, as {@link CostLedger} keeps it. */
public final class PostgresGoodsCosts implements GoodsCosts {
    private final Transactions transactions;

    public PostgresGoodsCosts(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Sum> sums(FacilityId facility, Instant from, Instant until) {
        return transactions.with(handle -> handle.createQuery("""
                        select currency, sum(taken) as units_taken, sum(reversed) as units_reversed,
                            sum(taken * unit_cost) as taken, sum(reversed * unit_cost) as reversed
                        from (
                            select currency, unit_cost, units as taken, 0 as reversed from cost_taken
                            where facility = :facility and taken_at >= :from and taken_at < :until
                            union all
                            select t.currency, t.unit_cost, 0, c.units
                            from cost_reversed c join cost_taken t on t.number = c.taken
                            where c.facility = :facility and c.reversed_at >= :from and c.reversed_at < :until) moved
                        group by currency order by currency
                        """)
                .bind("facility", facility.value())
                .bind("from", Columns.at(from))
                .bind("until", Columns.at(until))
                .map((row, context) -> sum(row))
                .list());
    }

    private static Sum sum(ResultSet row) throws SQLException {
        Optional<CurrencyCode> currency = Columns.optionalText(row, "currency").map(CurrencyCode::of);
        Optional<Value> value = currency.isEmpty()
                ? Optional.empty()
                : Optional.of(new Value(
                        Money.rounded(row.getBigDecimal("taken"), currency.get()),
                        Money.rounded(row.getBigDecimal("reversed"), currency.get())));
        return new Sum(currency, row.getInt("units_taken"), row.getInt("units_reversed"), value);
    }

    @Override
    public List<Reversal> ofReturn(ReturnId id) {
        return transactions.with(handle -> handle.createQuery("""
                        select t.line_id, t.sku, c.units, t.unit_cost, t.currency, t.facility as left_from, c.facility, c.reversed_at
                        from cost_reversed c join cost_taken t on t.number = c.taken
                        where c.return_id = :id order by c.number
                        """)
                .bind("id", id.value())
                .map((row, context) -> new Reversal(
                        row.getString("line_id"),
                        Sku.of(row.getString("sku")),
                        row.getInt("units"),
                        cost(row),
                        new FacilityId(row.getString("left_from")),
                        new FacilityId(row.getString("facility")),
                        Columns.instant(row, "reversed_at")))
                .list());
    }

    private static Optional<UnitCost> cost(ResultSet row) throws SQLException {
        Optional<String> currency = Columns.optionalText(row, "currency");
        return currency.isEmpty()
                ? Optional.empty()
                : Optional.of(new UnitCost(row.getBigDecimal("unit_cost"), CurrencyCode.of(currency.get())));
    }
}
