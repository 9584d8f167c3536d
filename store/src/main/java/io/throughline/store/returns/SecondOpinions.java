package io.throughline.store.returns;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Regraded;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.domain.returns.SendBackReason;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What a second person makes of a refund that waits for them. Whoever calls this holds the order and the return. */
final class SecondOpinions {
    private SecondOpinions() {}

    /** Whether somebody has said in what condition goods of it are, be it the first time or again. */
    static boolean hasLooked(Handle handle, ReturnId id, Person who) {
        return handle.createQuery("""
            select exists (select from return_inspection where return_id = :id and inspected_by = :who)
                or exists (select from return_regrading g join return_inspection i on i.number = g.inspection
                    where i.return_id = :id and g.regraded_by = :who)
            """)
                .bind("id", id.value())
                .bind("who", who.owner())
                .mapTo(Boolean.class)
                .one();
    }

    /** It counts for nothing any more, and is kept as it was. */
    static void putAside(Handle handle, ReturnId id, Person by, Instant at) {
        handle.createUpdate("""
            insert into return_refund_put_aside (return_id, body, calculated_at, put_aside_by, put_aside_at)
            select return_id, body, calculated_at, :by, :now from return_refund where return_id = :id
            """)
                .bind("by", by.owner())
                .bind("now", Columns.at(at))
                .bind("id", id.value())
                .execute();
        handle.createUpdate("delete from return_refund_tender where return_id = :id")
                .bind("id", id.value())
                .execute();
        handle.createUpdate("delete from return_refund where return_id = :id")
                .bind("id", id.value())
                .execute();
    }

    /** Gives why the units can't be of these grades. */
    static Optional<String> regrade(Handle handle, Return returned, Person by, List<Regraded> found, Instant at) {
        Map<Long, Return.Inspection> known = new HashMap<>();
        inspections(returned).forEach(one -> known.put(one.number(), one));
        for (Regraded one : found) {
            Return.Inspection before = known.get(one.inspection());
            if (before == null || !before.disposition().taken()) {
                return Optional.of("No inspection " + one.inspection() + " of " + returned.id() + " is paid for.");
            }
            regrade(handle, one, before, by, at);
        }
        return Optional.empty();
    }

    private static void regrade(Handle handle, Regraded one, Return.Inspection before, Person by, Instant at) {
        handle.createUpdate("""
            with again as (
                insert into return_regrading (inspection, was, grade, regraded_by, regraded_at)
                values (:inspection, :was, :grade, :by, :now))
            update return_inspection set grade = :grade where number = :inspection
            """)
                .bind("inspection", one.inspection())
                .bind("was", before.grade().name())
                .bind("grade", one.grade().name())
                .bind("by", by.owner())
                .bind("now", Columns.at(at))
                .execute();
    }

    private static Stream<Return.Inspection> inspections(Return returned) {
        return returned.lines().stream().flatMap(line -> line.inspections().stream());
    }

    /** Why what was taken can't go back any more; empty: it can. */
    static Optional<String> objectionToSendingBack(Handle handle, Return returned) {
        if (!returned.toBook().isEmpty()) {
            return Optional.of("The stock has not heard of all of " + returned.id() + " yet: try again in a moment.");
        }
        if (inspections(returned).anyMatch(found -> found.disposition() == Disposition.SCRAP)) {
            return Optional.of("Units of " + returned.id() + " were scrapped and can't go back: keep the goods.");
        }
        inspections(returned)
                .map(Return.Inspection::facility)
                .distinct()
                .sorted(Comparator.comparing(FacilityId::value))
                .forEach(place -> HeldRows.lock(handle, place));
        return handle.createQuery("""
            select string_agg(distinct sku, ', ') from (
                select l.sku from return_inspection i
                join return_line l on l.return_id = i.return_id and l.number = i.line
                join stock_balance b on b.sku = l.sku and b.facility = i.facility
                where i.return_id = :id and i.disposition = 'RESTOCK'
                group by l.sku, i.facility, b.on_hand, b.held, b.reserved
                having b.on_hand - b.held - b.reserved < sum(i.quantity)
                union
                select l.sku from return_inspection i
                join return_line l on l.return_id = i.return_id and l.number = i.line
                where i.return_id = :id
                    and exists (select from held_release_part p where p.source = 'return/' || i.return_id || '/' || i.number)
            ) as gone
            """)
                .bind("id", returned.id().value())
                .mapTo(String.class)
                .findOne()
                .map(skus -> skus + " is sold, promised or gone meanwhile and can't go back: keep the goods.");
    }

    /** What was taken goes back, from each place in a parcel of its own; what is in stock there is still to be taken out. */
    static void sendBack(Handle handle, Return returned, Instant at) {
        Map<FacilityId, ReturnParcelId> parcels = new HashMap<>();
        for (Return.Line line : returned.lines()) {
            for (Return.Inspection found : line.inspections()) {
                if (found.disposition().taken()) {
                    sendBack(
                            handle,
                            line,
                            found,
                            parcels.computeIfAbsent(
                                    found.facility(),
                                    from -> ReturnParcelRows.insertToCustomer(handle, returned.id(), from, at)));
                }
            }
        }
        // What is still to come is paid by what it is, and not before.
        handle.createUpdate("update goods_return set refund_first = false where id = :id")
                .bind("id", returned.id().value())
                .execute();
    }

    private static void sendBack(Handle handle, Return.Line line, Return.Inspection found, ReturnParcelId parcel) {
        handle.createUpdate("""
            with back as (
                update return_inspection set stocked_as = disposition, disposition = 'SEND_BACK', reason = :reason,
                    parcel = :parcel, booked_at = null
                where number = :number)
            update return_line set sent_back = sent_back + :quantity where return_id = :id and number = :line
            """)
                .bind("reason", SendBackReason.NOT_PAID_FOR.name())
                .bind("parcel", parcel.value())
                .bind("number", found.number())
                .bind("quantity", found.quantity())
                .bind("id", parcel.returned().value())
                .bind("line", line.number())
                .execute();
    }

    /** The goods stay where they are, and nothing is paid for them. */
    static void keep(Handle handle, ReturnId id, Person by, Instant at) {
        handle.createUpdate("""
            update goods_return set money_ended_at = :now, money_refused_at = :now, money_refused_by = :by where id = :id
            """)
                .bind("now", Columns.at(at))
                .bind("by", by.owner())
                .bind("id", id.value())
                .execute();
    }
}
