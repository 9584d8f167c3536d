package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file in which a warehouse states its stock: FULL says how much there was at {@code asOf}, DELTA what has moved. {@code account} is
 * the system that speaks; {@code name} and {@code sequence} are its own and tell this file from all others of the facility.
 */
public record WarehouseFeed(
        AccountId account,
        FacilityId facility,
        String name,
        long sequence,
        Mode mode,
        Optional<Instant> asOf,
        Unnamed unnamed) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    public WarehouseFeed {
        if (!NAME.matcher(name).matches() || sequence < 1) {
            throw new IllegalArgumentException(
                    "a feed is named by 1 to 100 of letters, digits and . _ : - and numbered from 1");
        }
        if ((mode == Mode.FULL) != asOf.isPresent()) {
            throw new IllegalArgumentException("a full feed, and no other, holds as of an instant");
        }
        if (mode == Mode.DELTA && unnamed == Unnamed.ZERO) {
            throw new IllegalArgumentException("a delta says nothing of what it doesn't name");
        }
    }

    public enum Mode {
        FULL,
        DELTA
    }

    /** What a full feed says of the SKUs that it doesn't name. */
    public enum Unnamed {
        UNTOUCHED,
        /** There were none. */
        ZERO
    }

    /** That so many were there at {@code asOf}. A later sequence corrects what an earlier one of this name said of the same instant. */
    StockSource level(String sku, Measure measure) {
        String part = measure == Measure.ON_HAND ? sku : sku + "/" + measure;
        return new StockSource(
                account.value(),
                String.join(
                        "/", "level", facility.value(), name, asOf.orElseThrow().toString(), part),
                sequence);
    }

    /** A movement by the warehouse's own id of it. */
    StockSource movement(String id, long version) {
        return new StockSource(account.value(), "movement/" + id, version);
    }
}
