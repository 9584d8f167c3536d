package io.throughline.sandbox.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parcels that the carrier knows. Other stand-ins post them here. */
public final class Parcels {

    /** The carrier's name as the systems that hand parcels over to it write it. */
    public static final String CARRIER = "Sandbox Parcel";

    private static final String COLLECTION = "carrier.parcel";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Documents documents;

    public Parcels(Documents documents) {
        this.documents = documents;
    }

    /** Takes a parcel in and gives its tracking number. */
    public String post(String reference) {
        String number = newNumber();
        documents.put(COLLECTION, number, parcel(number, reference, "IN_TRANSIT"));
        return number;
    }

    /** Sells a label, and gives the number on it. */
    String label(String reference) {
        String number = newNumber();
        documents.put(
                COLLECTION,
                number,
                parcel(number, reference, "LABELLED")
                        .put("labelUrl", "https://labels.sandbox-parcel.example/" + number));
        return number;
    }

    private static ObjectNode parcel(String number, String reference, String status) {
        return Json.object()
                .put("number", number)
                .put("carrier", CARRIER)
                .put("reference", reference)
                .put("status", status);
    }

    private static String newNumber() {
        return String.format(Locale.ROOT, "SP%012d", Math.floorMod(RANDOM.nextLong(), 1_000_000_000_000L));
    }

    Optional<JsonNode> find(String number) {
        return documents.get(COLLECTION, number);
    }

    List<JsonNode> all() {
        return documents.list(COLLECTION);
    }

    boolean mark(String number, String status) {
        Optional<JsonNode> parcel = find(number);
        parcel.ifPresent(found -> documents.put(COLLECTION, number, ((ObjectNode) found).put("status", status)));
        return parcel.isPresent();
    }
}
