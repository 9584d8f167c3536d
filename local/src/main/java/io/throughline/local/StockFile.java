package io.throughline.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Hands a warehouse's file over to the API, and shows how far its import has come. */
final class StockFile {
    static final String USAGE = """
        import stock <file.csv|.json|.ndjson> --facility <id> [--mode FULL|DELTA] [--unnamed UNTOUCHED|ZERO]
            [--as-of <instant>] [--feed <name>] [--sequence <n>] [--account <id>]\
        """;

    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final List<String> OPTIONS =
            List.of("facility", "mode", "unnamed", "as-of", "feed", "sequence", "account");

    private final ApiClient api;
    private final PrintStream out;

    StockFile(ApiClient api, PrintStream out) {
        this.api = api;
        this.out = out;
    }

    /** A file and what is said of it; what is left out is the usual. Throws IllegalArgumentException for words that say nothing. */
    record Order(Path file, Map<String, String> options) {
        static Order of(List<String> words) {
            Map<String, String> options = new LinkedHashMap<>();
            List<String> files = new ArrayList<>();
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (!word.startsWith("--")) {
                    files.add(word);
                } else if (OPTIONS.contains(word.substring(2)) && i + 1 < words.size()) {
                    i++;
                    options.put(word.substring(2), words.get(i));
                } else {
                    throw new IllegalArgumentException(word);
                }
            }
            if (files.size() != 1 || !options.containsKey("facility")) {
                throw new IllegalArgumentException("a file and a facility");
            }
            Path file = Path.of(files.getFirst());
            options.putIfAbsent("mode", "FULL");
            options.putIfAbsent("feed", String.valueOf(file.getFileName()));
            if (options.get("mode").equals("FULL")) {
                options.putIfAbsent("unnamed", "UNTOUCHED");
                options.putIfAbsent("as-of", Instant.now().toString());
            }
            return new Order(file, options);
        }

        private String target() {
            return "/v1/facilities/" + ApiClient.escaped(options.getOrDefault("facility", "")) + "/stock-feed?"
                    + options.entrySet().stream()
                            .filter(option -> !option.getKey().equals("facility"))
                            .map(option ->
                                    option.getKey().replace('-', '_') + "=" + ApiClient.escaped(option.getValue()))
                            .collect(Collectors.joining("&"));
        }

        private String type() {
            String name = file.toString().toLowerCase(Locale.ROOT);
            return name.endsWith(".json")
                    ? "application/json"
                    : name.endsWith(".ndjson") ? "application/x-ndjson" : "text/csv";
        }
    }

    /** False: it was refused, or not all of its rows were taken. */
    boolean hand(Order order) throws IOException, InterruptedException {
        JsonNode accepted = api.hand(order.target(), order.type(), order.file());
        String id = accepted.path("importId").asText();
        while (true) {
            JsonNode found = api.send(api.request("/v1/imports/" + id).GET());
            JsonNode rows = found.path("rows");
            out.printf(
                    "\r  %s: %d%%, %d of %d rows, %.0f a second  ",
                    id,
                    rows.path("percent").asInt(),
                    rows.path("taken").asInt(),
                    rows.path("all").asInt(),
                    found.path("rate").asDouble());
            if (found.path("status").asText().equals("DONE")) {
                return ended(found);
            }
            Thread.sleep(GLANCE);
        }
    }

    private boolean ended(JsonNode found) {
        JsonNode rows = found.path("rows");
        out.printf(
                "%n  %d booked, %d covered by a later count, %d only compared, %d known before, %d refused%n",
                rows.path("booked").asInt(),
                rows.path("covered").asInt(),
                rows.path("observed").asInt(),
                rows.path("known").asInt(),
                rows.path("refused").asInt());
        found.path("refused")
                .forEach(row -> out.printf(
                        "  ! line %d: %s%n",
                        row.path("line").asInt(), row.path("reason").asText()));
        return rows.path("refused").asInt() == 0;
    }
}
