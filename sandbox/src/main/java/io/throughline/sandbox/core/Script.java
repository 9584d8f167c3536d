package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Control calls played one after another in the background; {@code afterMillis} counts from the step before. */
final class Script {

    /** Plays one control call. */
    @FunctionalInterface
    interface Player {
        Response play(Request request) throws InterruptedException;
    }

    private record Step(long afterMillis, Request request) {}

    private final Player player;
    private final List<JsonNode> played = new ArrayList<>();
    private final List<Thread> running = new ArrayList<>();

    Script(Player player) {
        this.player = player;
    }

    synchronized int start(JsonNode script) {
        if (!script.isArray()) {
            throw new MalformedBody("A script is a list of {\"afterMillis\":..,\"do\":{method,path,body}}");
        }
        List<Step> steps = new ArrayList<>();
        for (JsonNode node : script) {
            steps.add(new Step(node.path("afterMillis").asLong(0), request(node.path("do"))));
        }
        running.removeIf(thread -> !thread.isAlive());
        running.add(Thread.ofVirtual().name("script").start(() -> play(steps)));
        return steps.size();
    }

    synchronized JsonNode report() {
        ArrayNode array = Json.array();
        played.forEach(array::add);
        return array;
    }

    synchronized void stop() {
        running.forEach(Thread::interrupt);
        running.clear();
        played.clear();
    }

    private void play(List<Step> steps) {
        try {
            for (Step step : steps) {
                Thread.sleep(step.afterMillis());
                Response response = player.play(step.request());
                note(step.request(), response);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(Request request, Response response) {
        played.add(Json.object()
                .put("method", request.method())
                .put("path", request.path())
                .put("status", response.status())
                .put("answer", response.text()));
    }

    private static Request request(JsonNode node) {
        if (!node.path("path").isTextual()) {
            throw new MalformedBody("Each step needs do.path, and may have do.method and do.body");
        }
        String full = node.path("path").textValue();
        int question = full.indexOf('?');
        Map<String, String> query = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : full.substring(question + 1).split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], parts.length > 1 ? parts[1] : "");
            }
        }
        @Nullable JsonNode body = node.get("body");
        return new Request(
                node.path("method").asText(body == null ? "GET" : "POST"),
                question < 0 ? full : full.substring(0, question),
                query,
                Map.of("content-type", "application/json"),
                Optional.ofNullable(body)
                        .map(content -> content.isTextual()
                                ? content.textValue().getBytes(StandardCharsets.UTF_8)
                                : Json.bytes(content))
                        .orElse(new byte[0]));
    }
}
