package io.throughline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Tries a routing policy on recorded orders by the API, and shows it beside the active one. */
final class PolicyTry {
    static final String USAGE = """
        policy try <file.yml> --orders <window> [--promise <duration>] [--most <n>] [--plot <file.svg>]
            window: a duration until now such as P7D, or two instants with a / between them\
        """;

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int MOST_MOVES = 20;
    private static final int MOST_LOADS = 15;
    private static final List<String> OPTIONS = List.of("orders", "promise", "most", "plot");

    private final ApiClient api;
    private final PrintStream out;

    PolicyTry(ApiClient api, PrintStream out) {
        this.api = api;
        this.out = out;
    }

    /** What is tried on which orders. Throws IllegalArgumentException for words that say nothing. */
    record Order(Path file, Instant from, Instant until, Map<String, String> options) {
        static Order of(List<String> words, Instant now) {
            Map<String, String> options = new LinkedHashMap<>();
            Path file = Path.of(words.isEmpty() ? "" : words.getFirst());
            for (int at = 1; at < words.size(); at += 2) {
                String name = words.get(at).startsWith("--") ? words.get(at).substring(2) : "";
                if (!OPTIONS.contains(name) || at + 1 == words.size()) {
                    throw new IllegalArgumentException(words.get(at));
                }
                options.put(name, words.get(at + 1));
            }
            String window = options.getOrDefault("orders", "");
            try {
                int slash = window.indexOf('/');
                return slash < 0
                        ? new Order(file, now.minus(Duration.parse(window)), now, options)
                        : new Order(
                                file,
                                Instant.parse(window.substring(0, slash)),
                                Instant.parse(window.substring(slash + 1)),
                                options);
            } catch (DateTimeException noWindow) {
                throw new IllegalArgumentException(window, noWindow);
            }
        }

        private String target() {
            return "/v1/policies/routing/trials?from=" + from + "&until=" + until
                    + parameter("promise", "promise")
                    + parameter("most", "orders");
        }

        private String parameter(String option, String name) {
            return options.containsKey(option)
                    ? "&" + name + "=" + ApiClient.escaped(options.getOrDefault(option, ""))
                    : "";
        }
    }

    void run(Order order) throws IOException, InterruptedException {
        JsonNode trial;
        try (ScheduledExecutorService watch =
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
            ScheduledFuture<?> _ = watch.scheduleAtFixedRate(
                    this::tellProgress, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
            try {
                trial = api.hand(order.target(), "application/yaml", order.file());
            } finally {
                watch.shutdownNow();
            }
        }
        show(trial);
        if (order.options().containsKey("plot")) {
            Path plot = Path.of(order.options().getOrDefault("plot", ""));
            Files.writeString(plot, TrialPlot.of(trial, facilities(trial)));
            out.printf("%n  The work of the facilities, drawn: %s%n", plot);
        }
    }

    /** What can't be told is no reason to stop a trial. */
    private void tellProgress() {
        try {
            JsonNode progress = api.send(api.request("/v1/policies/routing/trials/progress"));
            if (progress.path("underWay").asBoolean()) {
                out.printf(
                        "  %,d orders tried, of %,d at most%n",
                        progress.path("orders").asInt(), progress.path("most").asInt());
            }
        } catch (IOException | StackException unheard) {
            out.println("  (how far it has come is not to be heard: " + unheard.getMessage() + ")");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(JsonNode trial) {
        JsonNode before = trial.path("active");
        JsonNode after = trial.path("candidate");
        out.printf(
                "  Orders from %s until %s%s%n%n",
                trial.path("from").asText(),
                trial.path("until").asText(),
                trial.path("whole").asBoolean() ? "" : ", the first of more");
        line("", before.path("policy").asText(), after.path("policy").asText());
        figure("orders", before, after, figures -> figures.path("orders").asText());
        figure("given out", before, after, figures -> figures.path("placed").asText());
        figure("fill rate", before, after, figures -> percent(figures.path("fillRate")));
        figure("parcels", before, after, figures -> figures.path("parcels").asText());
        figure(
                "split orders",
                before,
                after,
                figures -> figures.path("splitOrders").asText());
        figure(
                "km a parcel",
                before,
                after,
                figures -> figures.path("kilometresPerParcel").asText("?"));
        figure(
                "cost",
                before,
                after,
                figures -> (figures.path("cost").asText("?") + " "
                                + figures.path("currency").asText(""))
                        .strip());
        figure("leave in time", before, after, figures -> percent(figures.path("promiseKept")));
        for (String kind : names(before, after, "left", "otherwise")) {
            figure("nobody: " + kind, before, after, figures -> of(figures, "left", "otherwise", kind, "orders"));
        }
        out.println();
        facilities(trial).stream()
                .limit(MOST_LOADS)
                .forEach(facility -> figure(
                        "work of " + facility,
                        before,
                        after,
                        figures -> of(figures, "loads", "facility", facility, "pieces")));
        out.printf("%n  %d orders move%n", trial.path("moved").asInt());
        int shown = Math.min(MOST_MOVES, trial.path("moves").size());
        for (int at = 0; at < shown; at++) {
            JsonNode move = trial.path("moves").path(at);
            out.printf(
                    "  %s: %s → %s (%s)%n",
                    move.path("order").asText(),
                    move.path("from").asText(),
                    move.path("to").asText(),
                    move.path("why").asText());
        }
    }

    private static List<String> facilities(JsonNode trial) {
        return List.copyOf(names(trial.path("active"), trial.path("candidate"), "loads", "facility"));
    }

    private void figure(String name, JsonNode before, JsonNode after, Function<JsonNode, String> figure) {
        line(name, figure.apply(before), figure.apply(after));
    }

    private void line(String name, String before, String after) {
        out.printf("  %-28s %16s %16s%n", name, before, after);
    }

    /** Of both, those of the first in its order first. */
    private static Set<String> names(JsonNode before, JsonNode after, String list, String key) {
        Set<String> names = new LinkedHashSet<>();
        before.path(list).forEach(entry -> names.add(entry.path(key).asText()));
        after.path(list).forEach(entry -> names.add(entry.path(key).asText()));
        return names;
    }

    private static String of(JsonNode figures, String list, String key, String name, String figure) {
        JsonNode entry = entry(figures, list, key, name);
        return entry.isMissingNode() ? "0" : entry.path(figure).asText();
    }

    /** A missing node where nothing in the list has this name. */
    static JsonNode entry(JsonNode figures, String list, String key, String name) {
        for (JsonNode entry : figures.path(list)) {
            if (entry.path(key).asText().equals(name)) {
                return entry;
            }
        }
        return MissingNode.getInstance();
    }

    private static String percent(JsonNode figure) {
        return String.format(Locale.ROOT, "%.1f %%", figure.asDouble());
    }
}
