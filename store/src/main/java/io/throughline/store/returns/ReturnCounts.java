package io.throughline.store.returns;

import io.throughline.store.rebuild.Derivation;
import io.throughline.store.rebuild.LockedRows;

/**
 * How many units of a line were looked at and were sent back is told by the inspections, how many have come by the receipts. These name the line of
 * the order: where several lines of a return are of one line of the order, that one which of them it was for is kept with them alone.
 */
public final class ReturnCounts {
    private static final String OTHERWISE = """
            from return_line l
            cross join lateral (
                select coalesce(sum(i.quantity), 0) as inspected,
                    coalesce(sum(i.quantity) filter (where i.disposition = 'SEND_BACK'), 0) as sent_back
                from return_inspection i where i.return_id = l.return_id and i.line = l.number) found
            cross join lateral (
                select case when exists (select from return_line other
                        where other.return_id = l.return_id and other.line_id = l.line_id and other.number <> l.number)
                    then l.received
                    else (select coalesce(sum(came.quantity), 0)
                        from return_receipt r join return_receipt_line came on came.receipt = r.number
                        where r.return_id = l.return_id and came.line_id = l.line_id and not came.unexpected) end
                    as received) arrived
            where l.return_id = any(cast(:ids as text[]))
                and (l.received, l.inspected, l.sent_back)
                    is distinct from (arrived.received, found.inspected, found.sent_back)
            """;

    private ReturnCounts() {}

    public static Derivation derivation() {
        return new LockedRows(
                "goods_return",
                200,
                "select distinct l.return_id " + OTHERWISE + " order by l.return_id",
                """
                update return_line set received = counted.received, inspected = counted.inspected,
                    sent_back = counted.sent_back
                from (select l.return_id, l.number, arrived.received, found.inspected, found.sent_back\s""" + OTHERWISE + """
                ) counted where return_line.return_id = counted.return_id and return_line.number = counted.number
                """);
    }
}
