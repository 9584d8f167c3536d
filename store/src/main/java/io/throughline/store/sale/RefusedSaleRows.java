package io.throughline.store.sale;

import io.throughline.domain.sale.RefusedSale;
import io.throughline.domain.sale.RefusedSaleId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code refused_sale}. */
final class RefusedSaleRows {
    private RefusedSaleRows() {}

    /** Until the transaction ends nobody else refuses or books the sale, of which there need not be any row yet. */
    static void lock(Handle handle, RefusedSaleId id) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended(:id, 0))")
                .bind("id", id.value())
                .mapToMap()
                .list();
    }

    /** False: this content was settled before. */
    static boolean keep(Handle handle, RefusedSale refused, Instant now) {
        return handle.createQuery("""
                        insert into refused_sale (facility, sale_id, digest, version, told, sale, reason, heard_at)
                        values (:facility, :id, :digest, :version, :told, cast(:sale as jsonb), :reason, :now)
                        on conflict (facility, sale_id, digest) do update set sale = excluded.sale, reason = excluded.reason
                        returning settled is null
                        """)
                .bind("facility", refused.id().facility().value())
                .bind("id", refused.id().sale())
                .bind("digest", digest(refused))
                .bind("version", refused.version())
                .bind("told", refused.told())
                .bind("sale", refused.sale().map(CanonicalJson::write).orElse(null))
                .bind("reason", refused.reason())
                .bind("now", Columns.at(now))
                .mapTo(Boolean.class)
                .one();
    }

    static byte[] digest(RefusedSale refused) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(refused.told().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Optional<RefusedSale> open(Handle handle, RefusedSaleId id) {
        return handle.createQuery("""
                        select version, told, sale, reason from refused_sale
                        where facility = :facility and sale_id = :id and settled is null
                        order by version desc, heard_at desc limit 1
                        """)
                .bind("facility", id.facility().value())
                .bind("id", id.sale())
                .map((row, context) -> new RefusedSale(
                        id,
                        row.getLong("version"),
                        row.getString("told"),
                        Optional.ofNullable(row.getString("sale"))
                                .map(body -> CanonicalJson.read(body, StoreSale.class)),
                        row.getString("reason")))
                .findFirst();
    }

    /** A content that was refused, and what has become of it. */
    record Kept(long version, Optional<String> settled) {
        boolean leavesOut(long told) {
            return settled.filter("LEFT_OUT"::equals).isPresent() && version >= told;
        }
    }

    /** None of most sales. */
    static List<Kept> of(Handle handle, RefusedSaleId id) {
        return handle.createQuery(
                        "select version, settled from refused_sale where facility = :facility and sale_id = :id")
                .bind("facility", id.facility().value())
                .bind("id", id.sale())
                .map((row, context) -> new Kept(row.getLong("version"), Columns.optionalText(row, "settled")))
                .list();
    }

    /** Of the versions up to this one. False: none was open. */
    static boolean booked(Handle handle, RefusedSaleId id, long version, Instant now) {
        return settle(handle, id, version, "BOOKED", now);
    }

    /** What was told after somebody has decided is not what they have seen. */
    static void leaveOut(Handle handle, RefusedSaleId id, Instant decidedAt, Instant now) {
        handle.createUpdate("""
                        update refused_sale set settled = 'LEFT_OUT', settled_at = :now
                        where facility = :facility and sale_id = :id and heard_at <= :decided and settled is null
                        """)
                .bind("now", Columns.at(now))
                .bind("facility", id.facility().value())
                .bind("id", id.sale())
                .bind("decided", Columns.at(decidedAt))
                .execute();
    }

    private static boolean settle(Handle handle, RefusedSaleId id, long version, String how, Instant now) {
        return handle.createUpdate("""
                        update refused_sale set settled = :how, settled_at = :now
                        where facility = :facility and sale_id = :id and version <= :version and settled is null
                        """)
                        .bind("how", how)
                        .bind("now", Columns.at(now))
                        .bind("facility", id.facility().value())
                        .bind("id", id.sale())
                        .bind("version", version)
                        .execute()
                > 0;
    }
}
