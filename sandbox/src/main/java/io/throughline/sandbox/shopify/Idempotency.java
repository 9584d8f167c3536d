package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what each idempotency key did. The same key with the same parameters gives the same receipt without a second effect;
 * with other parameters, while the first is still running, or after it failed, it is refused by the code Shopify has for it.
 */
final class Idempotency {

    /** The mutations that must carry the directive since 2026-04, although the schema does not show it. */
    static final Set<String> MANDATORY = Set.of(
            "refundCreate",
            "inventoryActivate",
            "inventoryAdjustQuantities",
            "inventorySetQuantities",
            "inventorySetOnHandQuantities",
            "inventoryMoveQuantities",
            "inventoryTransferCreate",
            "inventoryTransferCreateAsReadyToShip",
            "inventoryTransferDuplicate",
            "inventoryTransferSetItems",
            "inventoryShipmentCreate",
            "inventoryShipmentCreateInTransit",
            "inventoryShipmentAddItems",
            "inventoryShipmentReceive",
            "locationActivate",
            "locationDeactivate");

    private static final String KIND = "IdempotencyKey";

    private final ShopStore store;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    Idempotency(ShopStore store) {
        this.store = store;
    }

    /** Must not be called inside a transaction: the work runs in its own. */
    ObjectNode once(String key, String fingerprint, Callable<ObjectNode> work) throws Exception {
        if (!running.add(key)) {
            throw UserErrors.coded(
                    "IDEMPOTENCY_CONCURRENT_REQUEST",
                    "Another request with this idempotency key is currently being processed.");
        }
        try {
            Optional<ObjectNode> earlier = store.find(KIND, key);
            return earlier.isPresent() ? replay(earlier.get(), fingerprint) : first(key, fingerprint, work);
        } finally {
            running.remove(key);
        }
    }

    private static ObjectNode replay(ObjectNode earlier, String fingerprint) {
        if (!earlier.path("fingerprint").asText().equals(fingerprint)) {
            throw UserErrors.coded(
                    "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
                    "The idempotency key was used before with different parameters.");
        }
        if (!earlier.has("receipt")) {
            throw UserErrors.coded(
                    "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED",
                    "A previous request with this idempotency key failed. Retry with a new idempotency key.");
        }
        return (ObjectNode) earlier.get("receipt");
    }

    private ObjectNode first(String key, String fingerprint, Callable<ObjectNode> work) throws Exception {
        try {
            return store.documents().atomically(() -> {
                ObjectNode receipt = work.call();
                ObjectNode kept = Json.object().put("fingerprint", fingerprint);
                kept.set("receipt", receipt);
                store.save(KIND, key, kept);
                return receipt;
            });
        } catch (UserErrors refused) {
            store.save(KIND, key, Json.object().put("fingerprint", fingerprint));
            throw refused;
        }
    }

    void forgetAll() {
        store.removeAll(KIND);
    }
}
