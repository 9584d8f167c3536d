package io.throughline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Recovery by hand, by the API. What changes much is only shown, until it is asked for with {@code --yes}. */
final class Admin {
    static final String USAGE = """
        admin systems
               admin pause|resume <account> --reason <why>
               admin rate <account> <operations a second>|none --reason <why>
               admin replay dead-letters|inbox [--account a] [--topic t] [--subject s] [--from instant] [--until instant] [--yes]
               admin redrive [--account a] [--operation o] [--yes]
               admin settle <account> <subject> <operation> <intent> happened --reference <its number there>
               admin settle <account> <subject> <operation> <intent> not-there
               admin reconcile <account>
               admin rebuild                                     what can be made anew from the facts
               admin rebuild names|inbox|causes|orders|store-days|returns|turnover|balances
               admin rebuild catalogue <account>\
        """;

    private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final ObjectMapper json = new ObjectMapper();
    private final ApiClient api;
    private final PrintStream out;
    private final Duration patience;

    Admin(ApiClient api, PrintStream out) {
        this(api, out, Duration.ofMinutes(10));
    }

    /** {@code patience} is how long is waited for what another process does. */
    Admin(ApiClient api, PrintStream out, Duration patience) {
        this.api = api;
        this.out = out;
        this.patience = patience;
    }

    /** Throws IllegalArgumentException for words that say nothing. */
    record Order(String verb, List<String> about, Map<String, String> options, boolean inEarnest) {
        Order {
            about = List.copyOf(about);
            options = Map.copyOf(options);
        }

        static Order of(List<String> words) {
            Deque<String> left = new ArrayDeque<>(words);
            require(!left.isEmpty(), "");
            String verb = left.removeFirst();
            List<String> about =
                    left.stream().takeWhile(word -> !word.startsWith("--")).toList();
            about.forEach(word -> left.removeFirst());
            Map<String, String> options = new LinkedHashMap<>();
            boolean inEarnest = false;
            while (!left.isEmpty()) {
                String name = left.removeFirst();
                if (name.equals("--yes")) {
                    inEarnest = true;
                } else {
                    require(name.startsWith("--") && !left.isEmpty(), name);
                    require(options.put(name.substring(2), left.removeFirst()) == null, name);
                }
            }
            Order order = new Order(verb, about, options, inEarnest);
            order.check();
            return order;
        }

        private void check() {
            switch (verb) {
                case "systems" -> takes(0, Set.of());
                case "pause", "resume" -> {
                    takes(1, Set.of("reason"));
                    require(options.containsKey("reason"), "--reason");
                }
                case "rate" -> {
                    takes(2, Set.of("reason"));
                    require(options.containsKey("reason"), "--reason");
                    require(
                            about.getLast().equals("none")
                                    || NUMBER.matcher(about.getLast()).matches(),
                            "rate");
                }
                case "replay" -> {
                    takes(1, Set.of("account", "topic", "subject", "from", "until"));
                    require(Set.of("dead-letters", "inbox").contains(about.getFirst()), about.getFirst());
                }
                case "redrive" -> takes(0, Set.of("account", "operation"));
                case "settle" -> {
                    takes(5, Set.of("reference"));
                    require(WHOLE.matcher(about.get(3)).matches(), about.get(3));
                    require(Set.of("happened", "not-there").contains(about.getLast()), about.getLast());
                    require(about.getLast().equals("happened") == options.containsKey("reference"), "--reference");
                }
                case "reconcile" -> takes(1, Set.of());
                case "rebuild" -> {
                    boolean catalogue = !about.isEmpty() && about.getFirst().equals("catalogue");
                    takes(catalogue ? 2 : Math.min(about.size(), 1), Set.of());
                }
                default -> throw new IllegalArgumentException(verb);
            }
            require(!inEarnest || verb.equals("replay") || verb.equals("redrive"), "--yes");
        }

        private void takes(int words, Set<String> known) {
            require(about.size() == words && known.containsAll(options.keySet()), verb);
        }

        private static void require(boolean holds, String words) {
            if (!holds) {
                throw new IllegalArgumentException(words);
            }
        }
    }

    /** False: it was not through in time. */
    boolean run(Order order) throws IOException, InterruptedException {
        return switch (order.verb()) {
            case "systems" -> systems();
            case "pause", "resume", "rate" -> say(order);
            case "replay" -> replay(order);
            case "redrive" -> redrive(order);
            case "settle" -> settle(order);
            case "reconcile" -> reconcile(order.about().getFirst());
            default -> rebuild(order.about());
        };
    }

    private boolean systems() throws IOException, InterruptedException {
        for (JsonNode system : api.send(api.request("/v1/systems").GET()).path("systems")) {
            tell(system);
        }
        return true;
    }

    private void tell(JsonNode system) {
        String asked = system.path("paused").asBoolean()
                ? "PAUSED by " + system.path("pause").path("actor").asText() + ": "
                        + system.path("pause").path("reason").asText()
                : system.has("perSecond")
                        ? "at most " + system.path("perSecond").asText() + " a second"
                        : "asked freely";
        out.printf(
                "  %-20s %-10s %s; queue %d, failing %d, unknown %d, refused %d, dead letters %d; complete up to %s%n",
                system.path("account").asText(),
                system.path("system").asText(),
                asked,
                system.path("queued").asInt(),
                system.path("failing").asInt(),
                system.path("unknown").asInt(),
                system.path("refused").asInt(),
                system.path("deadLetters").asInt(),
                system.path("completeUpTo").asText("–"));
    }

    private boolean say(Order order) throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode();
        if (order.verb().equals("rate") && !order.about().getLast().equals("none")) {
            body.put("perSecond", Double.parseDouble(order.about().getLast()));
        }
        body.put("reason", order.options().getOrDefault("reason", ""));
        tell(post("/v1/systems/" + ApiClient.escaped(order.about().getFirst()) + "/" + order.verb(), body));
        return true;
    }

    private boolean replay(Order order) throws IOException, InterruptedException {
        ObjectNode filter = filter(order);
        filter.put("kind", order.about().getFirst().equals("inbox") ? "HANDLED" : "DEAD_LETTERS");
        JsonNode preview = post("/v1/inbox/replays?preview=true", filter);
        long matching = preview.path("matching").asLong();
        out.printf("  %d messages%n", matching);
        preview.path("sample")
                .forEach(message -> out.printf(
                        "  %d  %s  %s about %s, received %s%n",
                        message.path("id").asLong(),
                        message.path("account").asText(),
                        message.path("topic").asText(),
                        message.path("subject").asText(),
                        message.path("receivedAt").asText()));
        if (!order.inEarnest()) {
            return seen(matching);
        }
        int replayed = 0;
        JsonNode put;
        do {
            put = post("/v1/inbox/replays", filter);
            replayed += put.path("replayed").asInt();
            filter.put("after", put.path("last").asLong());
            out.printf("\r  %d of %d put back  ", replayed, matching);
        } while (put.path("more").asBoolean());
        out.printf("%n");
        return true;
    }

    private boolean redrive(Order order) throws IOException, InterruptedException {
        ObjectNode filter = filter(order);
        JsonNode preview = post("/v1/effects/redrives?preview=true", filter);
        long matching = preview.path("matching").asLong();
        out.printf("  %d effects that nobody knows the outcome of%n", matching);
        preview.path("sample")
                .forEach(effect -> out.printf(
                        "  %s  %s of %s, %d attempts, %s%n",
                        effect.path("account").asText(),
                        effect.path("operation").asText(),
                        effect.path("subject").asText(),
                        effect.path("attempts").asInt(),
                        effect.path("code").asText("–")));
        if (!order.inEarnest()) {
            return seen(matching);
        }
        int woken = 0;
        JsonNode driven;
        do {
            driven = post("/v1/effects/redrives", filter);
            woken += driven.path("woken").asInt();
            driven.path("unattended").forEach(this::tellUnattended);
            filter.put("after", driven.path("next").asText());
        } while (driven.has("next"));
        out.printf("  %d processes look for theirs now; ask again in a minute for what is left%n", woken);
        return true;
    }

    private void tellUnattended(JsonNode effect) {
        out.printf(
                "  ! no process stands for %s: look at its trace and in the system, then say"
                        + " admin settle %s %s %s %d happened --reference <its number there>, or not-there%n",
                effect.path("subject").asText(),
                effect.path("account").asText(),
                effect.path("subject").asText(),
                effect.path("operation").asText(),
                effect.path("intent").asInt());
    }

    private boolean settle(Order order) throws IOException, InterruptedException {
        List<String> about = order.about();
        ObjectNode body = json.createObjectNode();
        body.put("account", about.get(0));
        body.put("subject", about.get(1));
        body.put("operation", about.get(2));
        body.put("intent", Integer.parseInt(about.get(3)));
        body.put("found", about.getLast().equals("happened") ? "HAPPENED" : "NOT_THERE");
        order.options().forEach(body::put);
        JsonNode settled = post("/v1/effects/settlements", body);
        out.printf(
                "  %s of %s is %s%n",
                settled.path("operation").asText(),
                settled.path("subject").asText(),
                settled.path("state").asText());
        return true;
    }

    private boolean seen(long matching) {
        if (matching > 0) {
            out.println("  Nothing is done yet: say the same with --yes.");
        }
        return true;
    }

    private boolean reconcile(String account) throws IOException, InterruptedException {
        String target = "/v1/systems/" + ApiClient.escaped(account) + "/reconciliations";
        Instant asked = ask(target);
        Optional<JsonNode> found = awaitOver(
                target + "?since=" + asked,
                all -> through(all, asked),
                all -> out.print("\r  comparing " + account + " …  "));
        found.ifPresentOrElse(
                this::tellRepairs,
                () -> out.printf(
                        "%n  ! It is not through yet. Is the system paused, or a case of it open? (./throughline admin systems)%n"));
        return found.isPresent();
    }

    /** Gives the instant from which on what comes of it counts. */
    private Instant ask(String target) throws IOException, InterruptedException {
        return Instant.parse(
                post(target, json.createObjectNode()).path("askedAt").asText());
    }

    /** What another process has come to, as is shown at each look; empty if it was not over in time. */
    private Optional<JsonNode> awaitOver(String target, Predicate<JsonNode> over, Consumer<JsonNode> show)
            throws IOException, InterruptedException {
        Instant end = Instant.now().plus(patience);
        do {
            JsonNode seen = api.send(api.request(target).GET());
            show.accept(seen);
            if (over.test(seen)) {
                return Optional.of(seen);
            }
            Thread.sleep(GLANCE);
        } while (Instant.now().isBefore(end));
        return Optional.empty();
    }

    private static boolean through(JsonNode found, Instant asked) {
        for (JsonNode feed : found.path("feeds")) {
            if (feed.path("feed").asText().equals("orders")) {
                return !Instant.parse(feed.path("completeUpTo").asText()).isBefore(asked);
            }
        }
        return false;
    }

    /** Counts all that was found, and says what of that is not listed. */
    private void tellRepairs(JsonNode found) {
        out.printf("%n");
        found.path("feeds")
                .forEach(feed -> out.printf(
                        "  %s: complete up to %s%n",
                        feed.path("feed").asText(), feed.path("completeUpTo").asText()));
        found.path("repairs")
                .forEach(repair -> out.printf(
                        "  %s (%s): %s%n",
                        repair.path("subject").asText(),
                        repair.path("topic").asText(),
                        repair.path("handled").asBoolean() ? "taken in" : "handed over"));
        int all = found.path("found").asInt();
        int handled = found.path("handled").asInt();
        int unlisted = all - found.path("repairs").size();
        if (unlisted > 0) {
            out.printf("  … and %d more%n", unlisted);
        }
        out.printf("  %d repaired, %d handed over and not taken in yet%n", handled, all - handled);
    }

    private boolean rebuild(List<String> about) throws IOException, InterruptedException {
        return switch (about.size()) {
            case 0 -> readModels();
            case 1 -> rebuildModel(about.getFirst());
            default -> rebuildCatalogue(about.getLast());
        };
    }

    private boolean readModels() throws IOException, InterruptedException {
        for (JsonNode model : api.send(api.request("/v1/rebuilds").GET()).path("models")) {
            out.printf(
                    "  %-12s %s%s%n",
                    model.path("model").asText(),
                    model.path("tells").asText(),
                    model.path("mended").asBoolean() ? "" : " (compared only)");
        }
        return true;
    }

    private boolean rebuildModel(String model) throws IOException, InterruptedException {
        String target = "/v1/rebuilds/" + ApiClient.escaped(model);
        Instant asked = ask(target);
        Optional<JsonNode> rebuilt = awaitOver(
                target,
                rebuild -> rebuild.has("endedAt")
                        || !Instant.parse(rebuild.path("askedAt").asText()).equals(asked),
                rebuild -> out.printf(
                        "\r  %d%%, %d looked at  ",
                        rebuild.path("percent").asInt(), rebuild.path("checked").asLong()));
        rebuilt.ifPresentOrElse(
                this::tellRebuilt,
                () -> out.printf(
                        "%n  ! It is not through yet, and goes on. Does a worker run? GET %s tells how far it is.%n",
                        target));
        return rebuilt.isPresent();
    }

    private void tellRebuilt(JsonNode rebuild) {
        out.println();
        rebuild.path("apart").forEach(words -> out.printf("  %s%n", words.asText()));
        long differed = rebuild.path("differed").asLong();
        long mended = rebuild.path("mended").asLong();
        out.printf("  %d differed, %d were mended%n", differed, mended);
        if (differed > mended) {
            out.println("  ! What was not mended is only compared, or somebody was just changing it.");
        }
    }

    private boolean rebuildCatalogue(String account) throws IOException, InterruptedException {
        String target = "/v1/catalog/syncs/" + ApiClient.escaped(account);
        Instant earliest = Instant.now().minusSeconds(5);
        post(target, json.createObjectNode());
        Predicate<JsonNode> ours =
                sync -> !Instant.parse(sync.path("startedAt").asText()).isBefore(earliest);
        Optional<JsonNode> taken = awaitOver(
                target,
                ours.and(sync -> sync.has("finishedAt")),
                sync -> out.printf(
                        "\r  %d%%, %d products  ",
                        ours.test(sync) ? sync.path("percent").asInt() : 0,
                        ours.test(sync) ? sync.path("products").asInt() : 0));
        taken.ifPresentOrElse(
                sync -> out.printf(
                        "%n  %d statements were new, %d refused%n",
                        sync.path("changed").asInt(), sync.path("refused").asInt()),
                () -> out.printf("%n  ! It is not through yet; GET %s tells how far it is.%n", target));
        return taken.isPresent();
    }

    private ObjectNode filter(Order order) {
        ObjectNode filter = json.createObjectNode();
        order.options().forEach(filter::put);
        return filter;
    }

    private JsonNode post(String target, ObjectNode body) throws IOException, InterruptedException {
        return api.send(api.request(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
    }
}
