package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Publications.Again;
import io.throughline.domain.inventory.StockSubject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code stock_offer}. What is offered of a facility is one row, however many SKUs lie there; these are told of page by page, so that
 * hundreds of facilities that fall silent at once change hundreds of rows.
 */
final class OfferRows {
    /** Of the account of {@code s}: places wait to be told of. */
    static final String WAIT = """
            exists (select 1 from stock_offer o where o.account = s.account and o.told_after is not null
                and o.facility = any(cast(:facilities as text[])))
            """;

    private OfferRows() {}

    static Map<FacilityId, Integer> percents(Handle handle, AccountId account) {
        Map<FacilityId, Integer> percents = new HashMap<>();
        handle.createQuery("select facility, percent from stock_offer where account = :account")
                .bind("account", account.value())
                .map((row, context) -> percents.put(new FacilityId(row.getString("facility")), row.getInt("percent")))
                .list();
        return percents;
    }

    /** In the order of their names, as every writer does. All of a facility was offered before it was named. */
    static void offer(Handle handle, AccountId account, Map<FacilityId, Integer> percents) {
        TreeMap<FacilityId, Integer> ordered = new TreeMap<>(percents);
        handle.createUpdate("""
                        insert into stock_offer (account, facility, percent, told_after)
                        select :account, facility, percent, case when percent = 100 then null else '' end
                        from unnest(cast(:facilities as text[]), cast(:percents as integer[])) as offered (facility, percent)
                        order by facility
                        on conflict (account, facility) do update set percent = excluded.percent, told_after = '',
                            round = stock_offer.round + 1
                        where stock_offer.percent <> excluded.percent
                        """)
                .bind("account", account.value())
                .bindArray(
                        "facilities",
                        String.class,
                        ordered.keySet().stream().map(FacilityId::value).toList())
                .bindArray("percents", Integer.class, List.copyOf(ordered.values()))
                .execute();
    }

    /** The places that come next, at most so many, of the facility of which the least is offered: what withholds stock comes first. */
    record Next(Again again, List<StockSubject> places) {}

    private record Waiting(FacilityId facility, long round, String after) {}

    static Optional<Next> next(Handle handle, AccountId account, Collection<FacilityId> facilities, int most) {
        Optional<Waiting> first = handle.createQuery("""
                        select facility, round, told_after from stock_offer where account = :account and told_after is not null
                            and facility = any(cast(:facilities as text[]))
                        order by percent, facility limit 1
                        """)
                .bind("account", account.value())
                .bindArray(
                        "facilities",
                        String.class,
                        facilities.stream().map(FacilityId::value).toList())
                .map((row, context) -> new Waiting(
                        new FacilityId(row.getString("facility")), row.getLong("round"), row.getString("told_after")))
                .findOne();
        return first.map(waiting -> next(handle, waiting, most));
    }

    private static Next next(Handle handle, Waiting waiting, int most) {
        List<StockSubject> places = handle.createQuery("""
                        select sku from stock_balance where facility = :facility and sku > :after order by sku limit :most
                        """)
                .bind("facility", waiting.facility().value())
                .bind("after", waiting.after())
                .bind("most", most)
                .map((row, context) -> new StockSubject(waiting.facility(), Sku.of(row.getString("sku"))))
                .list();
        Optional<Sku> upTo = places.size() < most
                ? Optional.empty()
                : Optional.of(places.getLast().sku());
        return new Next(new Again(waiting.facility(), waiting.round(), upTo), places);
    }

    /** Not when what is offered there has changed since the page was read: then it begins anew. */
    static void done(Handle handle, AccountId account, Again again) {
        handle.createUpdate("""
                        update stock_offer set told_after = :upTo
                        where account = :account and facility = :facility and round = :round
                        """)
                .bind("upTo", again.upTo().map(Sku::value).orElse(null))
                .bind("account", account.value())
                .bind("facility", again.facility().value())
                .bind("round", again.round())
                .execute();
    }
}
