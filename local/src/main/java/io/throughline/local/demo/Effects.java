package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was really done outside for one order or sale: the rows of the sandbox's ledger that name it. */
record Effects(List<JsonNode> rows) {
    private static final String BY_THE_SHOP = "control:";

    Effects {
        rows = List.copyOf(rows);
    }

    static Effects of(Stage stage, Ending ending) {
        return new Effects(ending.names().stream()
                .flatMap(name -> Json.list(stage.sandbox().get("/ledger?about=" + name)).stream())
                .distinct()
                .sorted(Comparator.comparingLong(row -> row.path("seq").asLong()))
                .toList());
    }

    /** What holds for every order, whatever happened to it. */
    void checkAsShown(Ending ending, boolean erpIsSandbox) {
        checkNoneTwice();
        if (erpIsSandbox) {
            long booked = count("account.invoice.post") + count("account.payment.succeed");
            Stage.check(
                    booked == ending.documents().size(),
                    "the ERP booked " + booked + " documents, but " + ending.documents() + " are known");
        }
    }

    private void checkNoneTwice() {
        Set<String> seen = new HashSet<>();
        for (JsonNode row : LastingEffects.of(rows)) {
            String effect = row.path("system").asText() + " " + operation(row) + " "
                    + row.path("subject").asText() + " " + row.path("key").asText();
            Stage.check(seen.add(effect), "it was done twice: " + effect);
        }
    }

    void checkOnce(String... operations) {
        for (String operation : operations) {
            Stage.check(count(operation) == 1, operation + " was done " + count(operation) + " times");
        }
    }

    private long count(String operation) {
        return rows.stream().filter(row -> operation(row).equals(operation)).count();
    }

    /** When the first thing was done that was not the shop's own doing. */
    Instant began() {
        return rows.stream()
                .filter(row -> !operation(row).startsWith(BY_THE_SHOP))
                .map(row -> Instant.parse(row.path("at").asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing was done for it"));
    }

    private static String operation(JsonNode row) {
        return row.path("operation").asText();
    }
}
