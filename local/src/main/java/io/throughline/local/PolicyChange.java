package io.throughline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a routing policy in force, rolls the last one back, or shows what was in force when, by the API. */
final class PolicyChange {
    static final String USAGE = """
        policy activate <file.yml> --author <name> --comment <why>
               policy rollback --author <name> --comment <why>
               policy history\
        """;

    private static final String ROUTING = "/v1/policies/routing";
    private static final Pattern VERSION = Pattern.compile("(?m)^version:\\s*[\"']?([^\"'#\\s]+)");
    private static final List<String> OPTIONS = List.of("author", "comment");

    private final ObjectMapper json = new ObjectMapper();
    private final ApiClient api;
    private final PrintStream out;

    PolicyChange(ApiClient api, PrintStream out) {
        this.api = api;
        this.out = out;
    }

    /** Throws IllegalArgumentException for words that say nothing. */
    record Order(String verb, Path file, Map<String, String> reason) {
        static Order of(List<String> words) {
            String verb = words.isEmpty() ? "" : words.getFirst();
            return switch (verb) {
                case "activate" -> {
                    require(words.size() > 1, verb);
                    yield new Order(verb, Path.of(words.get(1)), reason(words.subList(2, words.size())));
                }
                case "rollback" -> new Order(verb, Path.of(""), reason(words.subList(1, words.size())));
                case "history" -> {
                    require(words.size() == 1, verb);
                    yield new Order(verb, Path.of(""), Map.of());
                }
                default -> throw new IllegalArgumentException(verb);
            };
        }

        private static Map<String, String> reason(List<String> words) {
            Map<String, String> reason = new LinkedHashMap<>();
            for (int at = 0; at + 1 < words.size(); at += 2) {
                reason.put(words.get(at).replaceFirst("^--", ""), words.get(at + 1));
            }
            require(words.size() == 4 && reason.keySet().containsAll(OPTIONS), String.join(" ", words));
            return reason;
        }

        private static void require(boolean holds, String words) {
            if (!holds) {
                throw new IllegalArgumentException(words);
            }
        }
    }

    void run(Order order) throws IOException, InterruptedException {
        switch (order.verb()) {
            case "activate" -> tell(put(handIn(order.file()) + "/activations", order));
            case "rollback" -> tell(put(ROUTING + "/rollbacks", order));
            default -> history();
        }
    }

    /** Where the version is, once the API has its text. */
    private String handIn(Path file) throws IOException, InterruptedException {
        Matcher version = VERSION.matcher(Files.readString(ApiClient.readable(file)));
        if (!version.find()) {
            throw new StackException(file + " does not say which version it is ('version: routing-2')");
        }
        String target = ROUTING + "/" + ApiClient.escaped(version.group(1));
        api.hand(target, "application/yaml", file);
        return target;
    }

    private JsonNode put(String target, Order order) throws IOException, InterruptedException {
        return api.send(api.request(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(order.reason()))));
    }

    private void tell(JsonNode put) {
        out.printf(
                "  %s is in force since %s%n",
                put.path("version").asText(), put.path("at").asText());
    }

    private void history() throws IOException, InterruptedException {
        JsonNode policies = api.send(api.request(ROUTING).GET());
        out.printf("  in force: %s%n", policies.path("active").asText());
        for (JsonNode put : policies.path("activations")) {
            out.printf(
                    "  %s  %-10s  %s  by %s: %s%n",
                    put.path("at").asText(),
                    put.path("kind").asText(),
                    put.path("version").asText(),
                    put.path("author").asText(),
                    put.path("comment").asText());
        }
        for (JsonNode version : policies.path("versions")) {
            out.printf(
                    "  %s (%s, %s)%n",
                    version.path("version").asText(),
                    version.path("source").asText(),
                    version.path("effectiveFrom")
                            .asText(version.path("handedInAt").asText()));
        }
    }
}
