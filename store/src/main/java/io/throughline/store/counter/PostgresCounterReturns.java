package io.throughline.store.counter;

import io.throughline.domain.counter.BlindHistory;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.sale.SaleBooking;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Returns over counters, in PostgreSQL, whose triggers refuse that more comes back than was sold, and more is given back than was paid. */
public final class PostgresCounterReturns implements CounterReturns {
    private final Transactions transactions;
    private final CounterLedger ledger;
    private final Clock clock;

    public PostgresCounterReturns(
            Transactions transactions, SaleBooking booking, Facilities facilities, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.ledger = new CounterLedger(booking, facilities, trace);
        this.clock = clock;
    }

    @Override
    public Optional<CounterReturn> find(CounterReturnId id) {
        return transactions.with(handle -> CounterRows.find(handle, id).map(CounterRows.Row::returned));
    }

    @Override
    public List<CounterReturn> ofSale(SaleName sale) {
        return transactions.with(handle -> CounterRows.ofSale(handle, sale).stream()
                .map(CounterRows.Row::returned)
                .toList());
    }

    @Override
    public List<CounterReturn> recent(int limit) {
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit must be 1 to 500");
        }
        return transactions.with(handle -> CounterRows.recent(handle, limit).stream()
                .map(CounterRows.Row::returned)
                .toList());
    }

    @Override
    public List<CounterReturn> onTheirWay() {
        return transactions.with(handle -> CounterRows.onTheirWay(handle).stream()
                .map(CounterRows.Row::returned)
                .toList());
    }

    @Override
    public Optional<SaleHistory> history(SaleName sale) {
        return transactions.with(handle -> CounterLedger.history(handle, sale));
    }

    @Override
    public BlindHistory blindHistory(BlindHistory.Question question) {
        return transactions.with(handle -> BlindRows.history(handle, question, clock.instant()));
    }

    @Override
    public Optional<SaleName> saleOf(OrderKey till) {
        return transactions.with(handle -> handle.createQuery("""
                        select facility from till_sale
                        where account = :account and external_id = :id and facility is not null
                        """)
                .bind("account", till.account().value())
                .bind("id", till.externalId())
                .map((row, context) -> new SaleName(new FacilityId(row.getString("facility")), till.externalId()))
                .findOne());
    }

    @Override
    public boolean given(CounterReturnId id, int part, CounterReturn.Given given) {
        return transactions.in(handle -> {
            if (!given.ours() && isOfAnother(handle, id, given)) {
                return false;
            }
            CounterReturn returned = CounterRows.locked(handle, id).returned();
            if (CounterRows.give(handle, id, part, given, false)) {
                ledger.tellGiven(handle, returned, part(returned, part), given);
                return true;
            }
            return part(returned, part)
                    .given()
                    .filter(before -> before.reference().equals(given.reference()))
                    .isPresent();
        });
    }

    /** Whoever takes a refund of a till for its own waits for whoever does so with the same sale, which is locked before its returns are. */
    private static boolean isOfAnother(Handle handle, CounterReturnId id, CounterReturn.Given given) {
        Optional<SaleName> sale =
                CounterRows.find(handle, id).flatMap(row -> row.returned().sale());
        sale.ifPresent(name -> CounterLedger.lock(handle, name));
        return sale.stream()
                .flatMap(name -> CounterRows.givenToOthers(CounterRows.ofSale(handle, name), id))
                .anyMatch(given.reference()::equals);
    }

    @Override
    public void forOthers(CounterReturnId id, String refund) {
        transactions.run(handle -> {
            CounterRows.locked(handle, id);
            boolean news = handle.createUpdate("""
                insert into counter_refund_for_others (return_id, reference, told_at) values (:id, :refund, :now)
                on conflict (return_id, reference) do nothing
                """)
                            .bind("id", id.value())
                            .bind("refund", refund)
                            .bind("now", Columns.at(clock.instant()))
                            .execute()
                    == 1;
            if (news) {
                ledger.append(
                        handle,
                        id,
                        "counter.for-others",
                        "the refund " + refund + " at a till is for other goods than those of " + id,
                        Map.of("refund", refund));
            }
        });
    }

    @Override
    public void confirmed(CounterReturnId id, int part) {
        transactions.run(handle -> {
            CounterRows.locked(handle, id);
            handle.createUpdate("""
                update counter_return_part set confirmed_at = :now
                where return_id = :id and number = :part and given_at is not null and confirmed_at is null
                """)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("id", id.value())
                    .bind("part", part)
                    .execute();
        });
    }

    @Override
    public void payOutInstead(CounterReturnId id, int part, String gateway) {
        transactions.run(handle -> {
            CounterReturn returned = CounterRows.locked(handle, id).returned();
            Part before = part(returned, part);
            if (before.way() == CounterReturn.Way.COUNTER || before.confirmed()) {
                return;
            }
            payOut(handle, id, part, gateway);
            ledger.book(handle, id);
            ledger.append(
                    handle,
                    id,
                    "counter.paid-otherwise",
                    before.amount() + " of " + id + " is paid out at the counter in place of " + before.gateway(),
                    Map.of("part", Integer.toString(part), "tender", gateway));
        });
    }

    private static void payOut(Handle handle, CounterReturnId id, int part, String gateway) {
        handle.createUpdate("""
            update counter_return_part set way = 'COUNTER', gateway = :gateway, reference = null, ours = null,
                given_by = null, given_at = null
            where return_id = :id and number = :part
            """)
                .bind("gateway", gateway)
                .bind("id", id.value())
                .bind("part", part)
                .execute();
    }

    @Override
    public void close(CounterReturnId id) {
        transactions.run(handle -> {
            CounterReturn returned = CounterRows.locked(handle, id).returned();
            if (returned.closedAt().isEmpty()) {
                handle.createUpdate("update counter_return set closed_at = :now where id = :id")
                        .bind("now", Columns.at(clock.instant()))
                        .bind("id", id.value())
                        .execute();
                ledger.append(handle, id, "counter.closed", id + " is " + returned.stage(), Map.of());
            }
        });
    }

    private static Part part(CounterReturn returned, int number) {
        return returned.parts().stream()
                .filter(part -> part.number() == number)
                .findFirst()
                .orElseThrow();
    }
}
