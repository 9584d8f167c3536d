package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.demo.Json;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a store's staff tell by a device beside the till; {@code api} has the key of one that may. Work is named by its id. */
record StoreDevice(Json api) {
    /** What the device of each store may ask, by the store; their tills do nothing by themselves. */
    static Map<String, Json> ofStores(House house) {
        ShopOrders.STORES.forEach(till -> house.stage()
                .sandbox()
                .put("/square/locations/" + till + "/script", Json.object().put("behaviour", "manual")));
        return Stream.of("ST-DOWNTOWN", "ST-HARBOR", "ST-DUBLIN")
                .collect(Collectors.toMap(Function.identity(), store -> ofStore(house, store)));
    }

    private static Json ofStore(House house, String store) {
        ObjectNode wish = Json.object().put("owner", "device of " + store);
        wish.putArray("roles").add("STORE");
        wish.putArray("facilities").add(store);
        String key = house.stage().api().post("/v1/keys", wish).path("key").asText();
        return new Json(house.stack().api(), Map.of("Authorization", "Bearer " + key));
    }

    JsonNode reports(String work, String report, JsonNode body) {
        return api.post(of(work) + "/" + report, body);
    }

    /** Into one parcel without a number: that comes with the label. */
    void packs(String work) {
        ObjectNode packing = Json.object();
        packing.putArray("parcels").addObject();
        reports(work, "packing", packing);
    }

    boolean hasLabel(String work) {
        return Json.list(api.get(of(work) + "/parcels").path("parcels")).stream()
                .anyMatch(parcel -> parcel.path("status").asText().equals("LABELLED"));
    }

    private static String of(String work) {
        return "/v1/fulfillment-orders/" + work;
    }
}
