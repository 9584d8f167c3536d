package io.throughline.sandbox.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.util.Map;

/**
 * Labels as a carrier sells them. It knows no idempotency keys: the same reference twice is two labels. What weighs more than its service takes
 * (the usual one 30 kg, FREIGHT 500), or goes to nowhere, is not taken; what is on its way has no label to give back. The label of a {@code return}
 * names where it is fetched, too, and is not sold for a place that nobody serves.
 */
final class Labels {
    /** By service; the usual one has no name. */
    private static final Map<String, Integer> HEAVIEST_GRAMS = Map.of("", 30_000, "FREIGHT", 500_000);

    /** Nobody lives there. */
    private static final String NOT_SERVED = "00000";

    private final Parcels parcels;
    private final Ledger ledger;
    private final String apiKey;

    Labels(Parcels parcels, Ledger ledger, String apiKey) {
        this.parcels = parcels;
        this.ledger = ledger;
        this.apiKey = apiKey;
    }

    boolean mayCall(Request request) {
        return request.header("authorization")
                .filter(("Bearer " + apiKey)::equals)
                .isPresent();
    }

    Response buy(JsonNode body) {
        String reference = body.path("reference").asText("");
        boolean comesBack = body.path("return").asBoolean(false);
        if (reference.isEmpty()) {
            return refusal(400, "REFERENCE_MISSING");
        }
        if (isIncomplete(body.path("to")) || (comesBack && isIncomplete(body.path("from")))) {
            return refusal(422, "ADDRESS_INCOMPLETE");
        }
        if (isNowhere(body.path("to")) || (comesBack && isNowhere(body.path("from")))) {
            return refusal(422, "ADDRESS_NOT_SERVED");
        }
        Integer heaviest = HEAVIEST_GRAMS.get(body.path("service").asText(""));
        if (heaviest == null) {
            return refusal(422, "SERVICE_UNKNOWN");
        }
        if (body.path("weightGrams").asInt(0) > heaviest) {
            return refusal(422, "TOO_HEAVY");
        }
        String number = parcels.label(reference);
        ledger.effect("carrier", "label", number, reference, Json.object().put("reference", reference));
        return Response.json(201, parcels.find(number).orElseThrow());
    }

    private static boolean isIncomplete(JsonNode address) {
        return address.path("country").asText("").isEmpty()
                || address.path("postalCode").asText("").isEmpty();
    }

    private static boolean isNowhere(JsonNode address) {
        return NOT_SERVED.equals(address.path("postalCode").asText());
    }

    Response find(String reference) {
        ObjectNode answer = Json.object();
        ArrayNode labels = answer.putArray("labels");
        parcels.all().stream()
                .filter(parcel -> parcel.has("labelUrl"))
                .filter(parcel -> reference.equals(parcel.path("reference").asText()))
                .forEach(labels::add);
        return Response.json(200, answer);
    }

    Response giveBack(String number) {
        JsonNode parcel = parcels.find(number).orElse(Json.object());
        return switch (parcel.path("status").asText("")) {
            case "" -> refusal(404, "UNKNOWN_NUMBER");
            case "LABELLED" -> {
                parcels.mark(number, "VOIDED");
                ledger.effect("carrier", "void", number, number + "/void", Json.object());
                yield Response.json(200, parcels.find(number).orElseThrow());
            }
            case "VOIDED" -> refusal(409, "VOIDED_BEFORE");
            default -> refusal(409, "ON_ITS_WAY");
        };
    }

    static Response refusal(int status, String code) {
        return Response.json(status, Json.object().put("status", status).put("code", code));
    }
}
