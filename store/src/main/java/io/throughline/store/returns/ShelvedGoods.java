package io.throughline.store.returns;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.Shelved;
import io.throughline.store.internal.Columns;
import io.throughline.store.order.VersionRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What somebody at the channel has put on a shelf comes to its return as what people receive and look at does. The caller holds the return's row. */
final class ShelvedGoods {
    private static final Person CHANNEL = new Person("channel", "channel");

    private final Handle handle;
    private final ReturnId id;
    private final Instant now;

    ShelvedGoods(Handle handle, ReturnId id, Instant now) {
        this.handle = handle;
        this.id = id;
        this.now = now;
    }

    /** Gives what of it was waited for: the rest belongs to no unit of the return. */
    List<Shelved> take(Return returned, List<Shelved> shelved) {
        Order order = VersionRows.known(handle, id.order());
        Map<String, Integer> room = new HashMap<>();
        returned.lines().stream()
                .filter(line ->
                        order.lines().stream().anyMatch(known -> known.id().equals(line.lineId())))
                .forEach(line ->
                        room.merge(line.lineId(), line.authorised() - line.received() - line.missing(), Integer::sum));
        List<Shelved> taken = new ArrayList<>();
        for (Shelved units : shelved) {
            int some = Math.min(units.units(), room.getOrDefault(units.lineId(), 0));
            if (some > 0) {
                room.merge(units.lineId(), -some, Integer::sum);
                Shelved part = new Shelved(units.lineId(), some, units.facility(), units.grade(), units.counted());
                take(order, part);
                taken.add(part);
            }
        }
        return taken;
    }

    private void take(Order order, Shelved units) {
        FacilityId place = units.facility();
        Arrival arrival = new Arrival(place, List.of(new Arrival.Units(units.lineId(), units.units())), false);
        ReturnedGoods.receive(handle, id, CHANNEL, order, arrival, arrival.sortedFor(asItStands()), now);
        Finding finding = new Finding(
                place, List.of(new Finding.Units(units.lineId(), units.units(), units.grade(), Disposition.RESTOCK)));
        long before = InspectionPhotos.last(handle, id);
        ReturnedGoods.inspect(
                handle, id, CHANNEL, finding, finding.sortedFor(asItStands()).orElseThrow(), now);
        if (units.counted()) {
            handle.createUpdate(
                            "update return_inspection set booked_at = :now where return_id = :id and number > :before")
                    .bind("now", Columns.at(now))
                    .bind("id", id.value())
                    .bind("before", before)
                    .execute();
        }
    }

    private Return asItStands() {
        return ReturnRows.find(handle, id).orElseThrow();
    }
}
