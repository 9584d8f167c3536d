package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan.Sending;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.Transfer.Line;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferStatus;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers.Submission;
import io.throughline.domain.transfer.Transfers.Wish;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The rows of {@code stock_transfer} and {@code stock_transfer_line}. */
final class TransferRows {
    /** The client of what is asked for with an order's work. */
    private static final String FOR_ORDERS = "throughline/orders";

    private static final String SELECT = """
            select t.id, t.from_facility, t.to_facility, t.status, t.policy, t.rule, t.within_seconds, t.keep, t.tolerance,
                t.expected_at, t.receipts, t.settled, t.requested_by, t.requested_at, t.changed_at,
                t.for_work, l.skus, l.requested, l.sent, l.received
            from stock_transfer t
            cross join lateral (
                select array_agg(sku order by sku) as skus, array_agg(requested order by sku) as requested,
                    array_agg(sent order by sku) as sent, array_agg(received order by sku) as received
                from stock_transfer_line where transfer = t.id) l
            """;

    private TransferRows() {}

    /** What a transfer is for, and when it should be there. */
    private record Purpose(Optional<FulfillmentOrderId> work, Instant expectedAt) {}

    /** False: somebody has stored it meanwhile. */
    static boolean insert(
            Handle handle, TransferId id, Submission submission, Wish wish, TransferTerms terms, Instant now) {
        Instant expectedAt = wish.expectedAt().orElse(now.plus(terms.within()));
        return insert(handle, id, submission, wish, terms, new Purpose(Optional.empty(), expectedAt), now);
    }

    /** Asks for what a piece of new work is sent, in the transaction that gives the work out. */
    static Transfer request(Handle handle, FulfillmentOrder work, Sending sending, Instant now) {
        Map<Sku, Integer> units = new TreeMap<>();
        sending.lines().forEach(line -> units.merge(line.sku(), line.quantity(), Integer::sum));
        String key = work.id().value();
        TransferId id = TransferId.of(FOR_ORDERS, key);
        Submission submission =
                new Submission(FOR_ORDERS, work.id().order().value(), key, Sha256.hex(sending.from() + " " + units));
        Wish wish = new Wish(sending.from(), work.facility(), units, Optional.empty());
        TransferTerms terms = sending.terms().terms();
        Instant expectedAt = now.plus(sending.terms().sendWithin()).plus(terms.within());
        insert(handle, id, submission, wish, terms, new Purpose(Optional.of(work.id()), expectedAt), now);
        return find(handle, id).orElseThrow();
    }

    private static boolean insert(
            Handle handle,
            TransferId id,
            Submission submission,
            Wish wish,
            TransferTerms terms,
            Purpose purpose,
            Instant now) {
        boolean first = handle.createUpdate("""
                        insert into stock_transfer (id, client, idempotency_key, body_hash, from_facility, to_facility,
                            policy, rule, within_seconds, keep, tolerance, wished_at, expected_at, requested_by,
                            requested_at, changed_at, for_work)
                        values (:id, :client, :key, :bodyHash, :from, :to, :policy, :rule, :within, :keep, :tolerance,
                            cast(:wishedAt as timestamptz), :expectedAt, :actor, :now, :now, :work)
                        on conflict do nothing
                        """)
                        .bind("id", id.value())
                        .bind("client", submission.client())
                        .bind("key", submission.key())
                        .bind("bodyHash", submission.bodyHash())
                        .bind("from", wish.from().value())
                        .bind("to", wish.to().value())
                        .bind("policy", terms.policy())
                        .bind("rule", terms.rule())
                        .bind("within", terms.within().toSeconds())
                        .bind("keep", terms.keep())
                        .bind("tolerance", terms.tolerance())
                        .bind("wishedAt", Columns.at(wish.expectedAt()))
                        .bind("expectedAt", Columns.at(purpose.expectedAt()))
                        .bind(
                                "work",
                                purpose.work().map(FulfillmentOrderId::value).orElse(null))
                        .bind("actor", submission.actor())
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
        if (first) {
            Map<Sku, Integer> units = new TreeMap<>(wish.units());
            handle.createUpdate("""
                    insert into stock_transfer_line (transfer, sku, requested)
                    select :id, sku, units
                    from unnest(cast(:skus as text[]), cast(:units as integer[])) as wished (sku, units)
                    """)
                    .bind("id", id.value())
                    .bindArray(
                            "skus",
                            String.class,
                            units.keySet().stream().map(Sku::value).toList())
                    .bindArray("units", Integer.class, List.copyOf(units.values()))
                    .execute();
        }
        return first;
    }

    /** Locks it until the end of the transaction; it comes before the balances. False: there is no such transfer. */
    static boolean lock(Handle handle, TransferId id) {
        return handle.createQuery("select true from stock_transfer where id = :id for update")
                .bind("id", id.value())
                .mapTo(Boolean.class)
                .findOne()
                .isPresent();
    }

    /** What its request said; empty: there is none. */
    static Optional<String> bodyHash(Handle handle, TransferId id) {
        return handle.createQuery("select body_hash from stock_transfer where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne();
    }

    /** When whoever asked wants it to be there, if they said so. */
    static Optional<Instant> wishedAt(Handle handle, TransferId id) {
        return handle.createQuery("select wished_at from stock_transfer where id = :id and wished_at is not null")
                .bind("id", id.value())
                .map((row, context) -> Columns.instant(row, "wished_at"))
                .findOne();
    }

    static Optional<Transfer> find(Handle handle, TransferId id) {
        return handle.createQuery(SELECT + "where t.id = :id")
                .bind("id", id.value())
                .map((row, context) -> map(row))
                .findOne();
    }

    static Optional<Transfer> ofWork(Handle handle, FulfillmentOrderId work) {
        return handle.createQuery(SELECT + "where t.for_work = :work")
                .bind("work", work.value())
                .map((row, context) -> map(row))
                .findOne();
    }

    /** The work that a transfer is for. */
    static Optional<FulfillmentOrderId> workOf(Handle handle, TransferId id) {
        return handle.createQuery("select for_work from stock_transfer where id = :id and for_work is not null")
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne()
                .map(FulfillmentOrderId::new);
    }

    /** What has not been sent for an order, or for one piece of its work, is not wanted any more; gives that as it stands now. */
    static List<Transfer> callOff(Handle handle, OrderId order, Optional<FulfillmentOrderId> work, Instant now) {
        List<TransferId> calledOff = handle.createQuery("""
                update stock_transfer t set status = 'CANCELLED', settled = true, changed_at = :now
                from fulfillment_order f
                where f.order_id = :order and t.for_work = f.id and t.status = 'REQUESTED'
                    and f.id = coalesce(:work, f.id)
                returning t.id
                """)
                .bind("now", Columns.at(now))
                .bind("order", order.value())
                .bind("work", work.map(FulfillmentOrderId::value).orElse(null))
                .mapTo(String.class)
                .map(TransferId::new)
                .list();
        return calledOff.stream().map(id -> find(handle, id).orElseThrow()).toList();
    }

    static List<Transfer> recent(Handle handle, Optional<FacilityId> facility, int limit) {
        String where = facility.isPresent() ? "where t.from_facility = :facility or t.to_facility = :facility\n" : "";
        return handle.createQuery(SELECT + where + "order by t.requested_at desc, t.id desc limit :limit")
                .bindMap(facility.map(one -> Map.of("facility", one.value())).orElse(Map.of()))
                .bind("limit", limit)
                .map((row, context) -> map(row))
                .list();
    }

    static List<Transfer> open(Handle handle, Sku sku, int limit) {
        return handle.createQuery(SELECT + """
                where t.id in (select transfer from stock_transfer_line where sku = :sku)
                    and (t.status in ('REQUESTED', 'SENT') or (t.status = 'RECEIVED' and not t.settled))
                order by t.requested_at, t.id limit :limit
                """)
                .bind("sku", sku.value())
                .bind("limit", limit)
                .map((row, context) -> map(row))
                .list();
    }

    /** Writes how far it has come. */
    static void update(Handle handle, Transfer transfer) {
        handle.createUpdate("""
                with line as (
                    update stock_transfer_line l set sent = told.sent, received = told.received
                    from unnest(cast(:skus as text[]), cast(:sent as integer[]), cast(:received as integer[]))
                        as told (sku, sent, received)
                    where l.transfer = :id and l.sku = told.sku)
                update stock_transfer set status = :status, expected_at = :expectedAt, receipts = :receipts,
                    settled = :settled, changed_at = :now
                where id = :id
                """)
                .bind("id", transfer.id().value())
                .bindArray(
                        "skus",
                        String.class,
                        transfer.lines().stream()
                                .map(line -> line.sku().value())
                                .toList())
                .bindArray(
                        "sent",
                        Integer.class,
                        transfer.lines().stream().map(Line::sent).toList())
                .bindArray(
                        "received",
                        Integer.class,
                        transfer.lines().stream().map(Line::received).toList())
                .bind("status", transfer.status())
                .bind("expectedAt", Columns.at(transfer.expectedAt()))
                .bind("receipts", transfer.receipts())
                .bind("settled", transfer.settled())
                .bind("now", Columns.at(transfer.changedAt()))
                .execute();
    }

    private static Transfer map(ResultSet row) throws SQLException {
        return new Transfer(
                new TransferId(row.getString("id")),
                new FacilityId(row.getString("from_facility")),
                new FacilityId(row.getString("to_facility")),
                TransferStatus.valueOf(row.getString("status")),
                lines(row),
                new TransferTerms(
                        row.getString("policy"),
                        row.getString("rule"),
                        Duration.ofSeconds(row.getLong("within_seconds")),
                        row.getInt("keep"),
                        row.getInt("tolerance")),
                Columns.instant(row, "expected_at"),
                row.getInt("receipts"),
                row.getBoolean("settled"),
                row.getString("requested_by"),
                Columns.instant(row, "requested_at"),
                Columns.instant(row, "changed_at"),
                Columns.optionalText(row, "for_work").map(FulfillmentOrderId::new));
    }

    private static List<Line> lines(ResultSet row) throws SQLException {
        List<String> skus = Arrays.asList((String[]) row.getArray("skus").getArray());
        Integer[] requested = (Integer[]) row.getArray("requested").getArray();
        Integer[] sent = (Integer[]) row.getArray("sent").getArray();
        Integer[] received = (Integer[]) row.getArray("received").getArray();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < skus.size(); i++) {
            lines.add(new Line(Sku.of(skus.get(i)), requested[i], sent[i], received[i]));
        }
        return lines;
    }
}
