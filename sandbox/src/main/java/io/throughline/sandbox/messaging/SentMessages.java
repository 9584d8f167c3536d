package io.throughline.sandbox.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import java.time.Clock;
import java.util.List;

/** Everything that went out, by mail and by text message. */
final class SentMessages {

    private static final String COLLECTION = "messaging.sent";

    private final Documents documents;
    private final Ledger ledger;
    private final Clock clock;

    SentMessages(Documents documents, Ledger ledger, Clock clock) {
        this.documents = documents;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Keeps a message; the effect's subject is the address, its key our caller's reference where there is one. */
    ObjectNode keep(String operation, ObjectNode message) throws Exception {
        return documents.atomically(() -> {
            message.put("at", clock.instant().toString());
            String id = message.path("id").asText();
            documents.put(COLLECTION, id, message);
            String reference = message.path("reference").asText("");
            ledger.effect(
                    "messaging",
                    operation,
                    message.path("to").asText(),
                    reference.isEmpty() ? id : reference,
                    Json.object()
                            .put("id", id)
                            .put("subject", message.path("subject").asText("")));
            return message;
        });
    }

    List<JsonNode> all() {
        return documents.list(COLLECTION);
    }
}
