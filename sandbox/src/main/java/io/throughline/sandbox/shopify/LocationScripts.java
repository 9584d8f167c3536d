package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.MalformedBody;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How each third-party location behaves, in all shops; kept with the sandbox's data. */
final class LocationScripts {

    private static final String COLLECTION = "shopify/LocationScript";

    /** What a location does with a request for fulfillment. */
    enum Behaviour {
        /** Accepts it, then ships everything with a tracking number. */
        SHIP,
        /** Accepts it, and leaves it lying. */
        ACCEPT,
        /** Rejects it with the reason. */
        REJECT,
        /** Does nothing at all. */
        SILENT,
        /** Does what it is told by control calls. */
        MANUAL
    }

    /** What a location does with a request to give work back that it has accepted. */
    enum OnCancellation {
        /** Gives it back. */
        ACCEPT,
        /** Goes on with it. */
        REJECT,
        /** Does not answer. */
        SILENT
    }

    /** One location's script; the waits are counted from the step before. */
    record Script(Behaviour behaviour, long acceptMillis, long shipMillis, String reason, OnCancellation cancellation) {

        @JsonCreator
        static Script of(
                @JsonProperty("behaviour") @Nullable String behaviour,
                @JsonProperty("acceptMillis") @Nullable Long acceptMillis,
                @JsonProperty("shipMillis") @Nullable Long shipMillis,
                @JsonProperty("reason") @Nullable String reason,
                @JsonProperty("cancellation") @Nullable String cancellation) {
            Behaviour behaves =
                    named(Behaviour.values(), behaviour, "behaviour must be ship, accept, reject, silent or manual");
            return new Script(
                    behaves,
                    Optional.ofNullable(acceptMillis).orElse(200L),
                    Optional.ofNullable(shipMillis).orElse(400L),
                    Optional.ofNullable(reason).orElse("INVENTORY_OUT_OF_STOCK"),
                    onCancellation(behaves, cancellation));
        }

        /** Who answers nothing by himself doesn't answer that either, unless it is said. */
        private static OnCancellation onCancellation(Behaviour behaviour, @Nullable String name) {
            if (name == null) {
                return behaviour == Behaviour.SILENT || behaviour == Behaviour.MANUAL
                        ? OnCancellation.SILENT
                        : OnCancellation.ACCEPT;
            }
            return named(OnCancellation.values(), name, "cancellation must be accept, reject or silent");
        }

        private static <E extends Enum<E>> E named(E[] constants, @Nullable String name, String rule) {
            for (E constant : constants) {
                if (name != null && constant.name().equals(name.toUpperCase(Locale.ROOT))) {
                    return constant;
                }
            }
            throw new MalformedBody(rule + ", not " + name);
        }
    }

    private final Documents documents;

    LocationScripts(Documents documents) {
        this.documents = documents;
    }

    Script of(String facilityId) {
        return documents
                .get(COLLECTION, facilityId)
                .map(node -> Json.mapper().convertValue(node, Script.class))
                .orElseGet(() -> Script.of("ship", null, null, null, null));
    }

    void put(String facilityId, Script script) {
        documents.put(COLLECTION, facilityId, Json.tree(script));
    }
}
