package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private static final String ITEM = "gid://shopify/InventoryItem/47100000000001";
    private static final String EAST = Gid.of("Location", TestingShop.EAST);

    private final TestingShop shop = new TestingShop();

    @AfterEach
    void stop() {
        shop.close();
    }

    private static ObjectNode set(int quantity, Integer from, String key) {
        ObjectNode variables = TestingShop.variables("key", key);
        ObjectNode input = variables.putObject("input");
        input.put("name", "available")
                .put("reason", "correction")
                .put("referenceDocumentUri", "gid://throughline/Sync/1");
        ObjectNode row = input.putArray("quantities").addObject();
        row.put("inventoryItemId", ITEM)
                .put("locationId", EAST)
                .put("quantity", quantity)
                .put("changeFromQuantity", from);
        return variables;
    }

    private int available() {
        return shop.quantity(1, TestingShop.EAST, "available");
    }

    @Test
    void aSetQuantityIsKeptOnceForOneKey() {
        JsonNode first = shop.change("SetQuantities", set(40, 50, "k1"));
        JsonNode again = shop.change("SetQuantities", set(40, 50, "k1"));

        assertThat(again).isEqualTo(first);
        assertThat(first.at("/inventoryAdjustmentGroup/changes/0/delta").asInt())
                .isEqualTo(-10);
        assertThat(available()).isEqualTo(40);
        assertThat(shop.effects("inventorySetQuantities")).hasSize(1);
        assertThat(shop.effects("inventorySetQuantities").getFirst().path("key").asText())
                .isEqualTo("k1");
    }

    @Test
    void aKeyWithOtherParametersIsRefused() {
        shop.change("SetQuantities", set(40, 50, "k1"));

        assertThat(shop.refused("SetQuantities", set(39, 40, "k1")).path("code").asText())
                .isEqualTo("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
        assertThat(available()).isEqualTo(40);
    }

    @Test
    void forgottenKeysLetTheEffectHappenAgain() {
        shop.change("SetQuantities", set(40, null, "k1"));
        assertThat(shop.control("POST", "/shopify/idempotency/forget", "").statusCode())
                .isEqualTo(204);

        shop.change("SetQuantities", set(40, null, "k1"));

        assertThat(shop.effects("inventorySetQuantities")).hasSize(2);
    }

    @Test
    void aStaleComparisonChangesNothingAndSpendsTheKey() {
        assertThat(shop.refused("SetQuantities", set(40, 49, "k1")).path("code").asText())
                .isEqualTo("CHANGE_FROM_QUANTITY_STALE");
        assertThat(shop.refused("SetQuantities", set(40, 49, "k1")).path("code").asText())
                .isEqualTo("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
        assertThat(available()).isEqualTo(50);
        assertThat(shop.effects("inventorySetQuantities")).isEmpty();
    }

    @Test
    void theComparisonMustBeThereIfOnlyAsNull() {
        ObjectNode without = set(40, null, "k1");
        ((ObjectNode) without.at("/input/quantities/0")).remove("changeFromQuantity");

        assertThat(shop.answer("SetQuantities", without).at("/errors/0/message").asText())
                .contains("changeFromQuantity");
        shop.change("SetQuantities", set(40, null, "k2"));
        assertThat(available()).isEqualTo(40);
    }

    @Test
    void aMutationThatNeedsAKeyIsRefusedWithoutOne() {
        ObjectNode variables = set(40, 50, "unused");
        variables.remove("key");

        JsonNode answer = shop.answer("SetQuantitiesWithoutKey", variables);

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(answer.at("/errors/0/message").asText()).contains("@idempotent");
        assertThat(shop.answer("SetQuantities", set(40, 50, " "))
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("BAD_REQUEST");
        assertThat(available()).isEqualTo(50);
    }

    @Test
    void unitsMoveBetweenStatesOfOneLocation() {
        ObjectNode variables = TestingShop.variables("key", "m1");
        ObjectNode input = variables.putObject("input");
        input.put("reason", "reservation_created").put("referenceDocumentUri", "gid://throughline/Reservation/1");
        ObjectNode change = input.putArray("changes").addObject();
        change.put("inventoryItemId", ITEM).put("quantity", 5);
        change.putObject("from")
                .put("locationId", EAST)
                .put("name", "available")
                .put("changeFromQuantity", 50);
        ObjectNode to = change.putObject("to");
        to.put("locationId", EAST).put("name", "reserved").putNull("changeFromQuantity");

        assertThat(shop.refused("MoveQuantities", variables).path("code").asText())
                .isEqualTo("INVALID_QUANTITY_DOCUMENT");
        to.put("ledgerDocumentUri", "throughline://reservation/1");
        shop.change("MoveQuantities", variables.put("key", "m2"));

        assertThat(available()).isEqualTo(45);
        assertThat(shop.quantity(1, TestingShop.EAST, "reserved")).isEqualTo(5);
        assertThat(shop.quantity(1, TestingShop.EAST, "on_hand")).isEqualTo(50);
    }

    @Test
    void quantitiesAreAdjustedByDifference() {
        ObjectNode variables = TestingShop.variables("key", "a1");
        ObjectNode input = variables.putObject("input");
        input.put("name", "available").put("reason", "shrinkage");
        input.putArray("changes")
                .addObject()
                .put("inventoryItemId", ITEM)
                .put("locationId", EAST)
                .put("delta", -3)
                .put("changeFromQuantity", 50);

        shop.change("AdjustQuantities", variables);

        assertThat(available()).isEqualTo(47);
        input.put("reason", "because");
        assertThat(shop.refused("AdjustQuantities", variables.put("key", "a2"))
                        .path("code")
                        .asText())
                .isEqualTo("INVALID_REASON");
    }

    @Test
    void activationKeepsWhatIsThere() {
        ObjectNode bagAtEast = TestingShop.variables(
                "itemId", "gid://shopify/InventoryItem/47100000000006", "locationId", EAST, "key", "act1");
        shop.change("Activate", bagAtEast.put("available", 7));
        assertThat(shop.quantity(6, TestingShop.EAST, "available")).isEqualTo(7);

        ObjectNode again = bagAtEast.deepCopy().put("key", "act2");
        again.remove("available");
        shop.change("Activate", again);

        assertThat(shop.quantity(6, TestingShop.EAST, "available")).isEqualTo(7);
        assertThat(shop.effects("inventoryActivate")).hasSize(1);
        assertThat(shop.refused("Activate", bagAtEast.put("key", "act3"))
                        .path("message")
                        .asText())
                .contains("already active");
    }

    @Test
    void aKeyWhoseRequestStillRunsIsRefused() throws Exception {
        try (TestingStore store = new TestingStore()) {
            Idempotency idempotency = new Idempotency(store.store());

            ObjectNode receipt = idempotency.once("k", "print", () -> {
                UserErrors concurrent = Assertions.catchThrowableOfType(
                        UserErrors.class, () -> idempotency.once("k", "print", Json::object));
                assertThat(concurrent.errors().getFirst().code()).contains("IDEMPOTENCY_CONCURRENT_REQUEST");
                return Json.object().put("done", true);
            });

            assertThat(idempotency.once("k", "print", Json::object)).isEqualTo(receipt);
        }
    }
}
