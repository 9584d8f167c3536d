package io.throughline.store.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Price;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code price}. */
final class PriceRows {
    private static final String COLUMNS = "sku, channel, currency, minor, source, version, valid_from";

    private PriceRows() {}

    /** Where a product has a price. */
    record Tag(Sku sku, AccountId channel, CurrencyCode currency) {}

    /** The last price of each tag, also one that is valid only later. */
    static Map<Tag, Price> latest(Handle handle, Collection<Sku> skus) {
        Map<Tag, Price> found = new HashMap<>();
        handle.createQuery("select distinct on (sku, channel, currency) " + COLUMNS + """
             from price where sku = any(cast(:skus as text[]))
            order by sku, channel, currency, valid_from desc
            """)
                .bindArray("skus", String.class, Skus.texts(skus))
                .map((row, context) -> map(row))
                .forEach(price -> found.put(tag(price), price));
        return found;
    }

    static List<Price> valid(
            Handle handle, Sku sku, Optional<AccountId> channel, Optional<CurrencyCode> currency, Instant now) {
        return handle.createQuery("select distinct on (channel, currency) " + COLUMNS + """
             from price
            where sku = :sku and valid_from <= :now
                and (cast(:channel as text) is null or channel = :channel)
                and (cast(:currency as text) is null or currency = :currency)
            order by channel, currency, valid_from desc
            """)
                .bind("sku", sku.value())
                .bind("now", Columns.at(now))
                .bind("channel", channel.map(AccountId::value).orElse(null))
                .bind("currency", currency.map(CurrencyCode::code).orElse(null))
                .map((row, context) -> map(row))
                .list();
    }

    static void put(Handle handle, List<Price> prices, Instant now) {
        if (prices.isEmpty()) {
            return;
        }
        handle.createUpdate("""
            insert into price (sku, channel, currency, minor, source, version, valid_from, at)
            select sku, channel, currency, minor, source, version, valid_from, :now
            from unnest(cast(:skus as text[]), cast(:channels as text[]), cast(:currencies as text[]),
                cast(:minors as bigint[]), cast(:sources as text[]), cast(:versions as timestamptz[]),
                cast(:validFrom as timestamptz[]))
                as told (sku, channel, currency, minor, source, version, valid_from)
            on conflict (sku, channel, currency, valid_from) do update set minor = excluded.minor,
                source = excluded.source, version = excluded.version, at = excluded.at
            """)
                .bind("now", Columns.at(now))
                .bindArray(
                        "skus",
                        String.class,
                        Skus.column(prices, price -> price.sku().value()))
                .bindArray(
                        "channels",
                        String.class,
                        Skus.column(prices, price -> price.channel().value()))
                .bindArray(
                        "currencies",
                        String.class,
                        Skus.column(prices, price -> price.amount().currency().code()))
                .bindArray(
                        "minors",
                        String.class,
                        Skus.column(
                                prices, price -> Long.toString(price.amount().minor())))
                .bindArray(
                        "sources",
                        String.class,
                        Skus.column(prices, price -> price.source().value()))
                .bindArray(
                        "versions",
                        String.class,
                        Skus.column(prices, price -> price.version().toString()))
                .bindArray(
                        "validFrom",
                        String.class,
                        Skus.column(prices, price -> price.validFrom().toString()))
                .execute();
    }

    static Tag tag(Price price) {
        return new Tag(price.sku(), price.channel(), price.amount().currency());
    }

    private static Price map(ResultSet row) throws SQLException {
        return new Price(
                Sku.of(row.getString("sku")),
                AccountId.of(row.getString("channel")),
                Money.ofMinor(row.getLong("minor"), CurrencyCode.of(row.getString("currency"))),
                AccountId.of(row.getString("source")),
                Columns.instant(row, "version"),
                Columns.instant(row, "valid_from"));
    }
}
