package io.throughline.store.returns;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.ReceivedUnits;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What has come of a return, and what was found of it. */
final class ReturnedGoods {
    private ReturnedGoods() {}

    /** What has come, and what of it nobody expected; gives the receipt's number. */
    static long receive(
            Handle handle, ReturnId id, Person by, Order order, Arrival arrival, Arrival.Sorted sorted, Instant at) {
        long receipt = insertReceipt(handle, id, by, arrival, at);
        arrival.units()
                .forEach(units ->
                        insertReceiptLine(handle, receipt, order.line(units.lineId()), expected(units, sorted), false));
        sorted.unexpected()
                .forEach(units ->
                        insertReceiptLine(handle, receipt, order.line(units.lineId()), units.quantity(), true));
        sorted.received().forEach((line, units) -> addReceived(handle, id, line, units));
        return receipt;
    }

    /** Of what was expected, by the place and the line of the order. */
    static List<ReceivedUnits> received(Handle handle, ReturnId id) {
        return handle.createQuery("""
            select come.facility, come.line_id, come.units, coalesce((
                    select sum(i.quantity) from return_inspection i
                    join return_line l on l.return_id = i.return_id and l.number = i.line
                    where i.return_id = :id and i.facility = come.facility and l.line_id = come.line_id), 0) as inspected
            from (
                select r.facility, l.line_id, sum(l.quantity) as units
                from return_receipt r join return_receipt_line l on l.receipt = r.number
                where r.return_id = :id and not l.unexpected
                group by r.facility, l.line_id) come
            order by come.facility, come.line_id
            """)
                .bind("id", id.value())
                .map((row, context) -> new ReceivedUnits(
                        new FacilityId(row.getString("facility")),
                        row.getString("line_id"),
                        row.getInt("units"),
                        row.getInt("inspected")))
                .list();
    }

    private static int expected(Arrival.Units units, Arrival.Sorted sorted) {
        return units.quantity()
                - sorted.unexpected().stream()
                        .filter(beyond -> beyond.lineId().equals(units.lineId()))
                        .mapToInt(Arrival.Units::quantity)
                        .sum();
    }

    private static long insertReceipt(Handle handle, ReturnId id, Person by, Arrival arrival, Instant at) {
        return handle.createQuery("""
            insert into return_receipt (return_id, facility, received_by, received_at)
            values (:id, :facility, :by, :now) returning number
            """)
                .bind("id", id.value())
                .bind("facility", arrival.facility().value())
                .bind("by", by.owner())
                .bind("now", Columns.at(at))
                .mapTo(Long.class)
                .one();
    }

    private static void insertReceiptLine(
            Handle handle, long receipt, OrderLine line, int quantity, boolean unexpected) {
        if (quantity > 0) {
            handle.createUpdate("""
                insert into return_receipt_line (receipt, line_id, sku, quantity, unexpected)
                values (:receipt, :lineId, :sku, :quantity, :unexpected)
                """)
                    .bind("receipt", receipt)
                    .bind("lineId", line.id())
                    .bind("sku", line.sku().value())
                    .bind("quantity", quantity)
                    .bind("unexpected", unexpected)
                    .execute();
        }
    }

    private static void addReceived(Handle handle, ReturnId id, int line, int units) {
        handle.createUpdate("""
            update return_line set received = received + :units where return_id = :id and number = :line
            """)
                .bind("units", units)
                .bind("id", id.value())
                .bind("line", line)
                .execute();
    }

    /** What was found of units that have come. Those that are not taken go back together, in a parcel that is still to be labelled. */
    static void inspect(
            Handle handle, ReturnId id, Person by, Finding finding, List<Finding.Sorted> sorted, Instant at) {
        Optional<ReturnParcelId> back = finding.sendsBack()
                ? Optional.of(ReturnParcelRows.insertToCustomer(handle, id, finding.facility(), at))
                : Optional.empty();
        sorted.forEach(found -> inspect(handle, id, by, finding, found, back, at));
    }

    private static void inspect(
            Handle handle,
            ReturnId id,
            Person by,
            Finding finding,
            Finding.Sorted found,
            Optional<ReturnParcelId> back,
            Instant at) {
        boolean taken = found.units().disposition().taken();
        handle.createUpdate("""
            with found as (
                insert into return_inspection (return_id, line, facility, quantity, grade, disposition,
                    inspected_by, inspected_at, reason, parcel)
                values (:id, :line, :facility, :quantity, :grade, :disposition, :by, :now, :reason, :parcel))
            update return_line set inspected = inspected + :quantity, sent_back = sent_back + :sentBack
                where return_id = :id and number = :line
            """)
                .bind("reason", found.units().reason().map(Enum::name).orElse(null))
                .bind("parcel", taken ? null : back.orElseThrow().value())
                .bind("sentBack", taken ? 0 : found.units().quantity())
                .bind("id", id.value())
                .bind("line", found.line())
                .bind("facility", finding.facility().value())
                .bind("quantity", found.units().quantity())
                .bind("grade", found.units().grade().name())
                .bind("disposition", found.units().disposition())
                .bind("by", by.owner())
                .bind("now", Columns.at(at))
                .execute();
    }
}
