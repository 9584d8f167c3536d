package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.demo.Json;

/** What a store's staff tell by a device beside the till; {@code api} has the key of one that may. Work is named by its id. */
record StoreDevice(Json api) {
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
