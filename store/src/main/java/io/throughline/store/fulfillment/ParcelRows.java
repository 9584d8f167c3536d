package io.throughline.store.fulfillment;

import com.fasterxml.jackson.core.type.TypeReference;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.StoreReport.PackedParcel;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.order.LineQuantity;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/** The rows of {@code parcel}. */
final class ParcelRows {
    static final String COLUMNS = """
            p.id as parcel_id, p.lines as parcel_lines, p.weight_grams, p.status as parcel_status, p.carrier as parcel_carrier,
            p.tracking_number as parcel_number, p.label, p.bought_from, p.at as parcel_at
            """;

    private static final TypeReference<List<LineQuantity>> LINES = new TypeReference<>() {};

    private ParcelRows() {}

    static Parcel map(ResultSet row) throws SQLException {
        int weight = row.getInt("weight_grams");
        Optional<String> carrier = Columns.optionalText(row, "parcel_carrier");
        String number = row.getString("parcel_number");
        return new Parcel(
                new ParcelId(row.getString("parcel_id")),
                CanonicalJson.read(row.getString("parcel_lines"), LINES),
                weight == 0 ? OptionalInt.empty() : OptionalInt.of(weight),
                ParcelStatus.valueOf(row.getString("parcel_status")),
                carrier.map(name -> new Tracking(name, number)),
                Columns.optionalText(row, "label"),
                Columns.optionalText(row, "bought_from").map(AccountId::of),
                Columns.optionalInstant(row, "parcel_at"));
    }

    static List<Parcel> ofWork(Handle handle, FulfillmentOrderId work) {
        return handle.createQuery("select " + COLUMNS + " from parcel p where p.work_id = :work order by p.ordinal")
                .bind("work", work.value())
                .map((row, context) -> map(row))
                .list();
    }

    static boolean toBeLabelled(Handle handle, FulfillmentOrderId work) {
        return handle.createQuery(
                        "select exists (select from parcel where work_id = :work and status = 'TO_BE_LABELLED')")
                .bind("work", work.value())
                .mapTo(Boolean.class)
                .one();
    }

    /** What was to be labelled until now is what these parcels are instead. */
    static void pack(Handle handle, FulfillmentOrder work, List<PackedParcel> packed, Instant at) {
        setAside(handle, work.id(), ParcelStatus.UNLABELLED, at);
        int before = ofWork(handle, work.id()).size();
        for (int i = 0; i < packed.size(); i++) {
            PackedParcel parcel = packed.get(i);
            insert(
                    handle,
                    ParcelId.of(work.id(), before + i + 1),
                    contents(work, parcel, packed.size() == 1),
                    parcel.weightGrams(),
                    parcel.tracking(),
                    parcel.tracking().isPresent() ? ParcelStatus.LABELLED : ParcelStatus.TO_BE_LABELLED,
                    at);
        }
    }

    /** In the only parcel lies everything, whether somebody says so or not. */
    private static List<LineQuantity> contents(FulfillmentOrder work, PackedParcel parcel, boolean only) {
        if (only) {
            return work.lines();
        }
        return work.lines().stream()
                .filter(line -> parcel.units().getOrDefault(line.lineId(), 0) > 0)
                .map(line -> new LineQuantity(
                        line.lineId(), line.sku(), parcel.units().getOrDefault(line.lineId(), 0)))
                .toList();
    }

    /** Parcels without a label get none of ours; how many. */
    static int setAside(Handle handle, FulfillmentOrderId work, ParcelStatus status, Instant at) {
        return handle.createUpdate("""
                        update parcel set status = :status, at = :at where work_id = :work and status = 'TO_BE_LABELLED'
                        """)
                .bind("status", status)
                .bind("at", Columns.at(at))
                .bind("work", work.value())
                .execute();
    }

    /** The parcels of a work have left; of a facility that tells of one number only, there is one. */
    static void leave(Handle handle, FulfillmentOrder work, Optional<Tracking> told, Instant at) {
        int known = handle.createUpdate("""
                        update parcel set status = case when status = 'LABELLED' then 'IN_TRANSIT' else status end,
                            at = case when status = 'LABELLED' then cast(:at as timestamptz) else at end
                        where work_id = :work
                        """)
                .bind("at", Columns.at(at))
                .bind("work", work.id().value())
                .execute();
        if (known == 0) {
            told.or(work::tracking)
                    .ifPresent(tracking -> insert(
                            handle,
                            ParcelId.of(work.id(), 1),
                            work.lines(),
                            OptionalInt.empty(),
                            Optional.of(tracking),
                            ParcelStatus.IN_TRANSIT,
                            at));
        }
    }

    /** What its facility labels by itself does not leave; who has bought a label from us gives that back. */
    static void stay(Handle handle, FulfillmentOrderId work, Instant at) {
        handle.createUpdate("""
                        update parcel set status = 'VOIDED', at = :at
                        where work_id = :work and status in ('LABELLED', 'UNLABELLED') and bought_from is null
                        """)
                .bind("at", Columns.at(at))
                .bind("work", work.value())
                .execute();
    }

    private static void insert(
            Handle handle,
            ParcelId id,
            List<LineQuantity> lines,
            OptionalInt weightGrams,
            Optional<Tracking> tracking,
            ParcelStatus status,
            Instant at) {
        handle.createUpdate("""
                        insert into parcel (id, work_id, ordinal, lines, weight_grams, status, carrier, tracking_number, at,
                            packed_at, asked_at)
                        values (:id, :work, :ordinal, cast(:lines as jsonb), cast(:weight as integer), :status, :carrier,
                            :number, :at, :at, :at)
                        """)
                .bind("id", id.value())
                .bind("work", id.work().value())
                .bind("ordinal", id.ordinal())
                .bind("lines", CanonicalJson.write(lines))
                .bind("weight", weightGrams.isPresent() ? Integer.valueOf(weightGrams.getAsInt()) : null)
                .bind("status", status)
                .bind("carrier", tracking.map(Tracking::carrier).orElse(null))
                .bind("number", tracking.map(Tracking::number).orElse(null))
                .bind("at", Columns.at(at))
                .execute();
    }
}
