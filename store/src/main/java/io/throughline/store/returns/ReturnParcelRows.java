package io.throughline.store.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The rows of {@code return_parcel}. */
final class ReturnParcelRows {
    private ReturnParcelRows() {}

    /** By the return. */
    static Map<String, List<ReturnParcel>> ofReturns(Handle handle, List<String> ids) {
        return handle
                .createQuery("""
                        select id, direction, facility, under_way_seconds, received_within_seconds, status, carrier, tracking_number,
                            label, bought_from, at, kept_at, told_at
                        from return_parcel where return_id = any(cast(:ids as text[])) order by return_id, ordinal
                        """)
                .bindArray("ids", String.class, ids)
                .map((row, context) -> map(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(parcel -> parcel.id().returned().value()));
    }

    private static ReturnParcel map(ResultSet row) throws SQLException {
        String number = row.getString("tracking_number");
        return new ReturnParcel(
                new ReturnParcelId(row.getString("id")),
                ReturnParcel.Direction.valueOf(row.getString("direction")),
                new FacilityId(row.getString("facility")),
                new ReturnParcel.Terms(
                        Duration.ofSeconds(row.getLong("under_way_seconds")),
                        Duration.ofSeconds(row.getLong("received_within_seconds"))),
                ParcelStatus.valueOf(row.getString("status")),
                Columns.optionalText(row, "carrier").map(carrier -> new Tracking(carrier, number)),
                Columns.optionalText(row, "label"),
                Columns.optionalText(row, "bought_from").map(AccountId::of),
                Columns.instant(row, "at"),
                Columns.optionalInstant(row, "kept_at").isPresent(),
                Columns.optionalInstant(row, "told_at").isPresent());
    }

    /** A label is to be bought with which the customer sends the goods. */
    static void insertFromCustomer(Handle handle, ReturnId id, ReturnParcel.Wanted wanted, Instant at) {
        insert(
                handle,
                ReturnParcel.toBeLabelled(
                        ReturnParcelId.of(id, 1),
                        ReturnParcel.Direction.FROM_CUSTOMER,
                        wanted.to(),
                        wanted.terms(),
                        at));
    }

    /** What was not taken at a place is to go back from there. Whoever calls this holds the return's row. */
    static ReturnParcelId insertToCustomer(Handle handle, ReturnId id, FacilityId from, Instant at) {
        int ordinal = handle.createQuery(
                        "select coalesce(max(ordinal), 0) + 1 from return_parcel where return_id = :return")
                .bind("return", id.value())
                .mapTo(Integer.class)
                .one();
        ReturnParcelId parcel = ReturnParcelId.of(id, ordinal);
        insert(
                handle,
                ReturnParcel.toBeLabelled(
                        parcel, ReturnParcel.Direction.TO_CUSTOMER, from, ReturnParcel.Terms.none(), at));
        return parcel;
    }

    private static void insert(Handle handle, ReturnParcel parcel) {
        handle.createUpdate("""
                        insert into return_parcel (id, return_id, ordinal, direction, facility, under_way_seconds,
                            received_within_seconds, status, at, asked_at)
                        values (:id, :return, :ordinal, :direction, :facility, :underWay, :receivedWithin, :status, :at, :at)
                        """)
                .bind("id", parcel.id().value())
                .bind("return", parcel.id().returned().value())
                .bind("ordinal", parcel.id().ordinal())
                .bind("direction", parcel.direction())
                .bind("facility", parcel.facility().value())
                .bind("underWay", parcel.terms().underWay().toSeconds())
                .bind("receivedWithin", parcel.terms().receivedWithin().toSeconds())
                .bind("status", parcel.status())
                .bind("at", Columns.at(parcel.at()))
                .execute();
    }

    /** False: it is not in the state from which it would be moved. */
    static boolean move(Handle handle, ReturnParcelId id, ParcelStatus from, ParcelStatus to, Instant at) {
        return handle.createUpdate("""
                        update return_parcel set status = :to, at = greatest(at, :at) where id = :id and status = :from
                        """)
                        .bind("to", to)
                        .bind("at", Columns.at(at))
                        .bind("id", id.value())
                        .bind("from", from)
                        .execute()
                == 1;
    }

    /** Who bears this number at this carrier. */
    static List<ReturnParcelId> numbered(Handle handle, String carrierName, String number) {
        return handle.createQuery("""
                        select id from return_parcel where tracking_number = :number and carrier = :carrier order by id
                        """)
                .bind("number", number)
                .bind("carrier", carrierName)
                .mapTo(String.class)
                .map(ReturnParcelId::new)
                .list();
    }

    static Optional<ReturnParcel> find(Handle handle, ReturnParcelId id) {
        String of = id.returned().value();
        return ofReturns(handle, List.of(of)).getOrDefault(of, List.of()).stream()
                .filter(parcel -> parcel.id().equals(id))
                .findFirst();
    }
}
