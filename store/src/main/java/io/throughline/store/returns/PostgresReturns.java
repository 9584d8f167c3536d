package io.throughline.store.returns;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.ReceivedUnits;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnFilter;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.Shelved;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.order.VersionRows;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The returns, in PostgreSQL, whose triggers refuse that more comes back than was handed over, and more is given back than was captured. */
public final class PostgresReturns implements Returns {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresReturns(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Optional<Return> find(ReturnId id) {
        return transactions.with(handle -> ReturnRows.find(handle, id));
    }

    /** As part of another noun's transaction. */
    public static List<Return> ofOrder(Handle handle, OrderId order) {
        return ReturnRows.ofOrder(handle, order);
    }

    @Override
    public List<Return> ofOrder(OrderId order) {
        return transactions.with(handle -> ReturnRows.ofOrder(handle, order));
    }

    @Override
    public List<Return> recent(int limit) {
        if (limit < 1 || limit > 500) {
            throw new IllegalArgumentException("limit must be 1 to 500");
        }
        return transactions.with(handle -> ReturnRows.recent(handle, limit));
    }

    @Override
    public List<Return> list(ReturnFilter filter) {
        return transactions.with(handle -> ReturnRows.list(handle, filter));
    }

    @Override
    public List<ReceivedUnits> received(ReturnId id) {
        return transactions.with(handle -> ReturnedGoods.received(handle, id));
    }

    @Override
    public boolean isMoneyRefused(ReturnId id) {
        return transactions.with(
                handle -> handle.createQuery("select money_refused_at is not null from goods_return where id = :id")
                        .bind("id", id.value())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    @Override
    public boolean asksForShelves(ReturnId id) {
        return transactions.with(
                handle -> handle.createQuery("select shelves_read_at is null from goods_return where id = :id")
                        .bind("id", id.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public void shelved(ReturnId id, List<Shelved> units) {
        transactions.run(handle -> {
            Return returned = locked(handle, id);
            Instant now = clock.instant();
            boolean first = handle.createUpdate(
                                    "update goods_return set shelves_read_at = :now where id = :id and shelves_read_at is null")
                            .bind("now", Columns.at(now))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (first && !returned.ended()) {
                new ShelvedGoods(handle, id, now)
                        .take(returned, units)
                        .forEach(taken -> tellShelved(handle, id, taken));
            }
        });
    }

    private void tellShelved(Handle handle, ReturnId id, Shelved taken) {
        Order order = VersionRows.known(handle, id.order());
        trace.append(
                handle,
                id.value(),
                "return.received",
                taken.units() + " units of " + id + " were put on a shelf at " + taken.facility()
                        + " with the refund at the channel"
                        + (taken.counted() ? ", whose stock is told of there" : ""),
                detail(id, taken, ToldUnits.arrived(order, List.of(new Arrival.Units(taken.lineId(), taken.units())))));
        trace.append(
                handle,
                id.value(),
                "return.inspected",
                "goods of " + id + " count as looked at by who put them on a shelf at " + taken.facility(),
                detail(
                        id,
                        taken,
                        ToldUnits.found(
                                order,
                                List.of(new Finding.Units(
                                        taken.lineId(), taken.units(), taken.grade(), Disposition.RESTOCK)))));
    }

    private static Map<String, String> detail(ReturnId id, Shelved taken, Map<String, String> lines) {
        Map<String, String> detail = new HashMap<>(lines);
        detail.putAll(Map.of(
                "return", id.value(),
                "facility", taken.facility().value(),
                "units", Integer.toString(taken.units())));
        return detail;
    }

    @Override
    public void calculate(ReturnId id, Function<Purchase, Reckoned> reckoning) {
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            Return returned = locked(handle, id);
            if (returned.repayment().isEmpty() && returned.refused().isEmpty()) {
                PurchaseRows.Basis basis = PurchaseRows.forReckoning(handle, returned);
                store(handle, returned, reckoning.apply(basis.purchase()), basis.elsewhere());
            }
        });
    }

    private void store(Handle handle, Return returned, Reckoned reckoned, boolean elsewhere) {
        Refund refund = reckoned.refund();
        handle.createUpdate("""
            insert into return_refund (return_id, body, needs_second_person, calculated_at)
            values (:id, cast(:body as jsonb), :needsSecondPerson, :now)
            """)
                .bind("id", returned.id().value())
                .bind("body", CanonicalJson.write(refund))
                .bind("needsSecondPerson", reckoned.needsSecondPerson())
                .bind("now", Columns.at(clock.instant()))
                .execute();
        insertTenders(handle, returned.id(), refund, elsewhere, Map.of());
        trace.append(
                handle,
                returned.id().value(),
                "return.calculated",
                refund.total().shop() + " are to be given back for " + returned.id(),
                Map.of(
                        "return", returned.id().value(),
                        "amount", refund.total().shop().toString(),
                        "needsSecondPerson", Boolean.toString(reckoned.needsSecondPerson())));
    }

    /** {@code transactions}, by payment, are those that are known already. */
    static void insertTenders(
            Handle handle, ReturnId id, Refund refund, boolean elsewhere, Map<String, String> transactions) {
        PreparedBatch tenders = handle.prepareBatch("""
            insert into return_refund_tender (
                return_id, order_id, payment, amount, presentment_amount, elsewhere, transaction)
            values (:id, :order, :payment, :amount, :presentmentAmount, :elsewhere, :transaction)
            """);
        for (Refund.ToTender to : refund.tenders()) {
            tenders.bind("id", id.value())
                    .bind("order", id.order().value())
                    .bind("payment", to.payment())
                    .bind("amount", to.amount().shop().minor())
                    .bind("presentmentAmount", to.amount().presentment().minor())
                    .bind("elsewhere", elsewhere)
                    .bind("transaction", transactions.get(to.payment()))
                    .add();
        }
        tenders.execute();
    }

    @Override
    public void takenAsGiven(ReturnId id, Refund given, Return.Issued issued) {
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            boolean first = handle.createUpdate("""
                update return_refund set calculated = body, body = cast(:body as jsonb),
                    reference = :reference, ours = false, issued_at = :at
                where return_id = :id and issued_at is null and calculated is null
                """)
                            .bind("body", CanonicalJson.write(given))
                            .bind("reference", issued.reference())
                            .bind("at", Columns.at(issued.at()))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (!first) {
                return;
            }
            handle.createUpdate("delete from return_refund_tender where return_id = :id")
                    .bind("id", id.value())
                    .execute();
            insertTenders(handle, id, given, true, issued.transactions());
            List<String> links = new ArrayList<>(issued.transactions().values());
            links.add(issued.reference());
            trace.append(
                    handle,
                    id.value(),
                    "return.refunded",
                    given.total().shop() + " that somebody has given back at the channel are taken for " + id,
                    Map.of(
                            "return", id.value(),
                            "refund", issued.reference(),
                            "amount", given.total().shop().toString(),
                            "ours", "false"),
                    links);
        });
    }

    @Override
    public void issued(ReturnId id, Return.Issued issued) {
        transactions.run(handle -> {
            boolean first = handle.createUpdate("""
                update return_refund set reference = :reference, ours = :ours, issued_at = :at
                where return_id = :id and issued_at is null
                """)
                            .bind("reference", issued.reference())
                            .bind("ours", issued.ours())
                            .bind("at", Columns.at(issued.at()))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (!first) {
                return;
            }
            issued.transactions()
                    .forEach((payment, transaction) -> handle.createUpdate("""
                        update return_refund_tender set transaction = :transaction
                        where return_id = :id and payment = :payment
                        """)
                            .bind("transaction", transaction)
                            .bind("id", id.value())
                            .bind("payment", payment)
                            .execute());
            List<String> links = new ArrayList<>(issued.transactions().values());
            links.add(issued.reference());
            trace.append(
                    handle,
                    id.value(),
                    "return.refunded",
                    "the channel's refund " + issued.reference() + " pays " + id
                            + (issued.ours() ? "" : ", made there by somebody else"),
                    Map.of(
                            "return", id.value(),
                            "refund", issued.reference(),
                            "ours", Boolean.toString(issued.ours())),
                    links);
        });
    }

    @Override
    public void failed(ReturnId id, Collection<String> failed, boolean again) {
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            int news = handle.createUpdate("""
                insert into return_refund_failure (return_id, transaction, payment, reference, refund, failed_at)
                select t.return_id, t.transaction, t.payment, r.reference, 1 + (
                        select coalesce(max(f.refund), 0) from return_refund_failure f where f.return_id = t.return_id),
                    :now
                from return_refund_tender t join return_refund r on r.return_id = t.return_id
                where t.return_id = :id and r.issued_at is not null and r.confirmed_at is null
                    and t.transaction = any(cast(:failed as text[]))
                """)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("id", id.value())
                    .bindArray("failed", String.class, failed)
                    .execute();
            if (news > 0) {
                handle.createUpdate("""
                    update return_refund_tender set transaction = null
                    where return_id = :id and transaction = any(cast(:failed as text[]))
                    """)
                        .bind("id", id.value())
                        .bindArray("failed", String.class, failed)
                        .execute();
                if (again) {
                    forgetIssue(handle, id);
                } else {
                    leaveToOthers(handle, id);
                }
            }
        });
    }

    private void forgetIssue(Handle handle, ReturnId id) {
        handle.createUpdate("""
            update return_refund set reference = null, ours = null, issued_at = null where return_id = :id
            """).bind("id", id.value()).execute();
        append(
                handle,
                id,
                "return.refund-failed",
                "the refund of " + id + " has failed at the channel, and is given again");
    }

    private void leaveToOthers(Handle handle, ReturnId id) {
        handle.createUpdate("update return_refund set confirmed_at = :now where return_id = :id")
                .bind("now", Columns.at(clock.instant()))
                .bind("id", id.value())
                .execute();
        append(
                handle,
                id,
                "return.refund-failed",
                "what has failed at the channel of the refund of " + id + " is given otherwise");
    }

    @Override
    public void confirmed(ReturnId id) {
        once(
                id,
                "update return_refund set confirmed_at = :now where return_id = :id and confirmed_at is null",
                "return.confirmed",
                "the channel has given the money of " + id + " back");
    }

    @Override
    public void endMoney(ReturnId id, String outcome) {
        once(
                id,
                "update goods_return set money_ended_at = :now where id = :id and money_ended_at is null",
                "return.money-ended",
                outcome);
    }

    @Override
    public void giveUp(ReturnId id) {
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            if (giveUpTheRest(handle, id) > 0) {
                append(handle, id, "return.given-up", "what has not come of " + id + " is not waited for any more");
            }
        });
    }

    @Override
    public void booked(ReturnId id, Collection<Return.Inspection> inspections) {
        List<Long> numbers = inspections.stream().map(Return.Inspection::number).toList();
        transactions.run(handle -> {
            int news = handle.createUpdate("""
                update return_inspection set booked_at = :now
                where return_id = :id and booked_at is null and number = any(cast(:numbers as bigint[]))
                """)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("id", id.value())
                    .bindArray("numbers", Long.class, numbers)
                    .execute();
            if (news > 0) {
                append(handle, id, "return.stocked", "the stock has heard of what was found of " + id);
            }
        });
    }

    @Override
    public void close(ReturnId id) {
        once(
                id,
                "update goods_return set closed_at = :now where id = :id and closed_at is null",
                "return.closed",
                id + " is closed");
    }

    private void once(ReturnId id, String update, String kind, String summary) {
        transactions.run(handle -> {
            boolean first = handle.createUpdate(update)
                            .bind("now", Columns.at(clock.instant()))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (first) {
                append(handle, id, kind, summary);
            }
        });
    }

    private void append(Handle handle, ReturnId id, String kind, String summary) {
        trace.append(handle, id.value(), kind, summary, Map.of("return", id.value()));
    }

    /** What has not come is not waited for any more; gives of how many lines that is. What nobody ever waited for is none of it. */
    static int giveUpTheRest(Handle handle, ReturnId id) {
        return handle.createUpdate("""
            update return_line set missing = authorised - received
            where return_id = :id and received + missing < authorised
                and exists (select from goods_return r where r.id = return_line.return_id and r.way <> 'NEVER')
            """).bind("id", id.value()).execute();
    }

    static Return locked(Handle handle, ReturnId id) {
        if (handle.createQuery("select true from goods_return where id = :id for no key update")
                .bind("id", id.value())
                .mapTo(Boolean.class)
                .findOne()
                .isEmpty()) {
            throw new IllegalArgumentException("return " + id + " is not stored");
        }
        return ReturnRows.find(handle, id).orElseThrow();
    }
}
