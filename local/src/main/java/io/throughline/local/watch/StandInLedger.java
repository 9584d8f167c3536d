package io.throughline.local.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.List;

/** What the stand-in of a system has written down of what was done to it. */
public final class StandInLedger {
    private StandInLedger() {}

    public static List<JsonNode> of(Stage stage, String system, String about, String operation) {
        return Json.list(stage.sandbox().get("/ledger?system=" + system + "&about=" + about)).stream()
                .filter(row -> row.path("operation").asText().equals(operation))
                .toList();
    }

    /** The number of its last row; 0 while there is none. */
    public static long last(Stage stage, String system) {
        return Json.list(stage.sandbox().get("/ledger?system=" + system)).stream()
                .mapToLong(row -> row.path("seq").asLong())
                .max()
                .orElse(0);
    }

    /** What the shop calls something by its global id, at the end of that. */
    public static String number(JsonNode change, String name) {
        String gid = change.path(name).asText();
        return gid.substring(gid.lastIndexOf('/') + 1);
    }
}
