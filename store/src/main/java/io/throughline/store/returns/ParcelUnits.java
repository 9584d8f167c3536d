package io.throughline.store.returns;

import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * No more is a return of what a carrier says of a parcel than lay in it, however many tell it: the carrier itself, and people. Of a parcel of
 * which nobody has said what lies in it nothing is counted. The order's row is locked.
 */
final class ParcelUnits {
    private ParcelUnits() {}

    /** Why so much can't be of the parcel that the request is about; empty: it can, or it is about none. */
    static Optional<String> objection(Handle handle, ReturnRequest request) {
        return request.cause().carriersNumber().flatMap(number -> objection(handle, request, number));
    }

    private static Optional<String> objection(Handle handle, ReturnRequest request, String number) {
        Map<String, Integer> contents = contents(handle, request.order(), number);
        if (contents.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Integer> told = told(handle, request.order(), number);
        request.lines().forEach(line -> told.merge(line.lineId(), line.quantity(), Integer::sum));
        return request.lines().stream()
                .map(ReturnRequest.Line::lineId)
                .filter(line -> told.getOrDefault(line, 0) > contents.getOrDefault(line, 0))
                .findFirst()
                .map(line -> "Of line " + line + " " + contents.getOrDefault(line, 0) + " units lay in parcel " + number
                        + ", and " + told.getOrDefault(line, 0) + " would be returned of it.");
    }

    private static Map<String, Integer> contents(Handle handle, OrderId order, String number) {
        return units(handle, order, number, """
                select part ->> 'lineId' as line, sum((part ->> 'quantity')::integer) as units
                from fulfillment_order f join parcel p on p.work_id = f.id, jsonb_array_elements(p.lines) part
                where f.order_id = :order and p.tracking_number = :number and p.status not in ('VOIDED', 'UNLABELLED')
                group by 1
                """);
    }

    private static Map<String, Integer> told(Handle handle, OrderId order, String number) {
        return units(handle, order, number, """
                select l.line_id as line,
                    sum(case when r.refund_first then l.authorised else l.authorised - l.missing - l.sent_back end) as units
                from goods_return r join return_line l on l.return_id = r.id
                where r.order_id = :order and r.kind in ('PARCEL_REFUSED', 'PARCEL_LOST')
                    and r.cause ->> 'parcel' = :number and r.refused_at is null
                group by 1
                """);
    }

    private static Map<String, Integer> units(Handle handle, OrderId order, String number, String statement) {
        return handle.createQuery(statement)
                .bind("order", order.value())
                .bind("number", number)
                .reduceRows(new HashMap<String, Integer>(), (found, row) -> {
                    found.put(row.getColumn("line", String.class), row.getColumn("units", Integer.class));
                    return found;
                });
    }
}
