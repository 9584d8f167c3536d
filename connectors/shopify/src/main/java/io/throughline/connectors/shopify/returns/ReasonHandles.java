package io.throughline.connectors.shopify.returns;

import io.throughline.domain.returns.ReturnReason;
import java.util.Locale;

/**
 * What the reasons of Shopify's library mean to us, by their handles ({@code too-tight}, {@code arrived-late}). The library grows, so what is not understood is
 * OTHER: no policy takes that for a fault of ours.
 */
final class ReasonHandles {
    private ReasonHandles() {}

    static ReturnReason reason(String handle) {
        String words = handle.toLowerCase(Locale.ROOT);
        if (words.startsWith("wrong-")) {
            return ReturnReason.WRONG_ITEM;
        }
        if (words.startsWith("too-") || words.startsWith("size-")) {
            return ReturnReason.DOES_NOT_FIT;
        }
        return switch (words) {
            case "arrived-late" -> ReturnReason.ARRIVED_LATE;
            case "not-as-described" -> ReturnReason.NOT_AS_DESCRIBED;
            case "defective", "damaged-or-defective" -> ReturnReason.DEFECTIVE;
            case "damaged", "arrived-damaged" -> ReturnReason.DAMAGED_ON_ARRIVAL;
            case "unwanted", "changed-mind" -> ReturnReason.UNWANTED;
            default -> ReturnReason.OTHER;
        };
    }
}
