package io.throughline.e2e;

import io.throughline.domain.account.OutsideSystem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A vendor's bad hour: an outside system is away for all orders. It begins before the process fault of that number, and lasts {@code away} from
 * the first effect that fails by it, so that what it does to an order does not hang on how fast orders come.
 */
record Outage(OutsideSystem system, Manner manner, int before, Duration away) {
    /** What its callers get, each by the sandbox's kind of fault. */
    enum Manner {
        REFUSED("refuse", 0),
        UNAVAILABLE("status", 503),
        THROTTLED("status", 429),
        PROXY_PAGE("html", 502),
        /** It does what it is asked, and half of its answer comes. */
        CUT_SHORT("truncate", 0),
        /** It does what it is asked, and nobody hears of it. */
        REPLY_LOST("lose_reply", 0);

        private final String kind;
        private final int status;

        Manner(String kind, int status) {
            this.kind = kind;
            this.status = status;
        }

        String kind() {
            return kind;
        }

        int status() {
            return status;
        }
    }

    /**
     * What of it is away: everything; but a shop is read and takes no changes, for an order that can't be read has no effects yet that could stall.
     */
    List<String> operations() {
        return system == OutsideSystem.SHOPIFY
                ? List.of("fulfillment*", "inventory*", "orderC*", "refund*")
                : List.of("*");
    }

    /** As the sandbox calls it. */
    String label() {
        return system.name().toLowerCase(Locale.ROOT);
    }
}
