package io.throughline.store.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.CounterBooking;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.Money;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.TillSale;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.sale.SaleBooking;
import io.throughline.store.sale.TillReturns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Tells what a till has taken back by itself from what lies on a counter already. A till's return of the very units for the very amount is the counter's own, while
 * nothing of that was given and no others like them are still with the customer: its money is not given again, and it is not booked again. Where there are others,
 * it may be theirs, and where ours was given, both happened: then both are booked, and a person must see it.
 */
public final class TillMatches implements TillReturns {
    private static final String BY = "till";

    private final CounterLedger ledger;
    private final CaseWriter cases;

    public TillMatches(SaleBooking booking, Facilities facilities, TraceWriter trace, CaseWriter cases) {
        this.ledger = new CounterLedger(booking, facilities, trace);
        this.cases = cases;
    }

    @Override
    public Optional<StoreSale> bookedFor(Handle handle, TillSale told, Instant now) {
        StoreSale back = told.toStoreSale();
        for (String source : told.returnsOf()) {
            Optional<SaleName> sale = sale(handle, told, source);
            sale.ifPresent(name -> CounterLedger.lock(handle, name));
            Optional<SaleHistory> history = sale.flatMap(name -> CounterLedger.history(handle, name));
            List<CounterRows.Row> returns =
                    sale.map(name -> CounterRows.ofSale(handle, name)).orElseGet(List::of);
            Optional<CounterRows.Row> match = returns.stream()
                    .filter(row -> isNamed(row, told))
                    .findFirst()
                    .or(() -> returns.stream()
                            .filter(row -> isUntouched(row, back, history))
                            .filter(row -> !isForOthers(handle, row.returned(), told))
                            .findFirst());
            if (match.isPresent()) {
                CounterRows.Row row =
                        CounterRows.locked(handle, match.get().returned().id());
                return Optional.of(
                        matched(handle, told, row, new Given(reference(told, row, returns), false, BY, now)));
            }
            returns.stream()
                    .map(CounterRows.Row::returned)
                    .filter(one -> one.approved() && one.refusedAt().isEmpty() && isAlike(one, back))
                    .filter(one -> !isForOthers(handle, one, told))
                    .findFirst()
                    .ifPresent(one -> tellBoth(handle, told, one));
        }
        return Optional.empty();
    }

    private static Optional<SaleName> sale(Handle handle, TillSale told, String source) {
        return handle.createQuery("""
                        select facility from till_sale
                        where account = :account and external_id = :id and facility is not null
                        """)
                .bind("account", told.id().account().value())
                .bind("id", source)
                .map((row, context) -> new SaleName(new FacilityId(row.getString("facility")), source))
                .findOne();
    }

    /** The return has taken a refund of it for its own. Where one has, it is no other's, however alike that is. */
    private static boolean isNamed(CounterRows.Row row, TillSale told) {
        return row.returned().parts().stream()
                .flatMap(part -> part.given().stream())
                .anyMatch(given -> !given.ours() && names(told).contains(given.reference()));
    }

    /** One of which nothing was given yet. */
    private static boolean isUntouched(CounterRows.Row row, StoreSale back, Optional<SaleHistory> history) {
        CounterReturn one = row.returned();
        return row.booked() > 0
                && !one.parts().isEmpty()
                && one.parts().stream().allMatch(part -> part.given().isEmpty())
                && isAlike(one, back)
                && isTheOnly(one, history);
    }

    /** A person has said so of its refund, before the till has told of its goods. */
    private static boolean isForOthers(Handle handle, CounterReturn one, TillSale told) {
        return CounterRows.isForOthers(handle, one.id(), names(told));
    }

    /** What tills have taken back otherwise, and is booked beside it, were others. */
    private static boolean isTheOnly(CounterReturn one, Optional<SaleHistory> history) {
        return history.filter(known -> !known.hasOthersLike(one, back -> true)).isPresent();
    }

    private static List<String> names(TillSale told) {
        return Stream.concat(told.payments().stream(), Stream.of(told.id().key().externalId()))
                .toList();
    }

    private static boolean isAlike(CounterReturn one, StoreSale back) {
        return units(one).equals(units(back)) && amount(one).equals(amount(back));
    }

    private static Map<Sku, Integer> units(CounterReturn one) {
        Map<Sku, Integer> units = new TreeMap<>();
        one.lines().forEach(line -> units.merge(line.sku(), line.quantity(), Integer::sum));
        return units;
    }

    private static Map<Sku, Integer> units(StoreSale back) {
        Map<Sku, Integer> units = new TreeMap<>();
        back.lines().forEach(line -> units.merge(line.sku(), -line.quantity(), Integer::sum));
        return units;
    }

    private static Money amount(CounterReturn one) {
        return one.refund().total().shop();
    }

    private static Money amount(StoreSale back) {
        return back.total().negated();
    }

    private StoreSale matched(Handle handle, TillSale told, CounterRows.Row row, Given given) {
        CounterReturn one = row.returned();
        List<Part> open =
                one.parts().stream().filter(part -> part.given().isEmpty()).toList();
        open.forEach(part -> CounterRows.give(handle, one.id(), part.number(), given, true));
        putGoodsDownToTill(handle, told, row);
        open.forEach(part -> ledger.tellGiven(handle, one, part, given));
        ledger.trace()
                .append(
                        handle,
                        one.id().value(),
                        "counter.matched",
                        "the till has told of " + one.id() + " as "
                                + told.id().key().externalId(),
                        Map.of("till", told.id().value()),
                        names(told));
        ledger.wake(handle, one, "matched/" + told.id().key().externalId());
        return new CounterBooking(one, row.taxesIncluded()).sale(row.booked());
    }

    /** A refund that another return of the sale has is that one's alone. */
    private static String reference(TillSale told, CounterRows.Row row, List<CounterRows.Row> returns) {
        Set<String> others =
                CounterRows.givenToOthers(returns, row.returned().id()).collect(Collectors.toUnmodifiableSet());
        return names(told).stream()
                .filter(name -> !others.contains(name))
                .findFirst()
                .orElseGet(() -> told.id().key().externalId());
    }

    /** The till's system has put the goods back itself, and is not told of them. */
    private static void putGoodsDownToTill(Handle handle, TillSale told, CounterRows.Row row) {
        handle.createUpdate("""
            insert into till_sale (account, external_id, version, read_at, facility)
            select :account, :id, heard_at, heard_at, :store from store_sale_version
            where facility = :store and id = :id and version = :version
            on conflict do nothing
            """)
                .bind("account", told.id().account().value())
                .bind("id", row.returned().id().value())
                .bind("store", row.returned().store().value())
                .bind("version", row.booked())
                .execute();
    }

    /** Its money was given by us, or is about to be. */
    private void tellBoth(Handle handle, TillSale told, CounterReturn one) {
        String till = told.id().key().externalId();
        boolean given = one.parts().stream().anyMatch(part -> part.given().isPresent());
        cases.open(
                handle,
                ledger.account(one),
                one.id().value(),
                "counter.twice " + till,
                FailureCode.REFUNDED_TWICE,
                given
                        ? amount(one) + " went back for the same goods at the till (" + till + ") and by " + one.id()
                        : amount(one) + " went back at the till (" + till + ") for goods like those of " + one.id()
                                + ", whose money is still to be given: others of that sale, or the same ones");
    }
}
