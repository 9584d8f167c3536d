package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The webhooks that tell of one order, in the order in which they were due, with what became of them. */
record SentWebhooks(List<JsonNode> rows) {
    SentWebhooks {
        rows = List.copyOf(rows);
    }

    /** {@code number} is the order's number in the system that sends. */
    static SentWebhooks of(Stage stage, String system, String number) {
        return new SentWebhooks(Json.list(sent(stage, system, number)));
    }

    /** Waits until these topics are among them and none is held back any more. */
    static SentWebhooks delivered(Stage stage, String system, String number, List<String> topics)
            throws InterruptedException {
        JsonNode delivered = stage.await(
                "the webhooks of " + number + " to be delivered",
                () -> Optional.of(sent(stage, system, number)),
                sent -> new SentWebhooks(Json.list(sent)).haveCome(topics));
        return new SentWebhooks(Json.list(delivered));
    }

    private static JsonNode sent(Stage stage, String system, String number) {
        return stage.sandbox().get("/webhooks?system=" + system + "&about=" + number);
    }

    private boolean haveCome(List<String> topics) {
        return topics.stream().noneMatch(topic -> about(topic).isEmpty())
                && rows.stream().allMatch(row -> row.path("outcome").asText().equals("delivered"));
    }

    void checkNoneBefore(Instant moment) {
        Stage.check(
                rows.stream().allMatch(row -> !due(row).isBefore(moment)),
                "a webhook told of it before anything was done: " + summary());
    }

    void checkNone() {
        Stage.check(rows.isEmpty(), "webhooks told of it: " + summary());
    }

    /** One message that comes twice bears one id. */
    void checkTwice(String topic) {
        List<JsonNode> ids = about(topic).stream()
                .map(row -> row.at("/headers/X-Shopify-Webhook-Id"))
                .toList();
        Stage.check(
                ids.size() == 2 && ids.getFirst().equals(ids.getLast()),
                topic + " was to come twice, but these came: " + summary());
    }

    void checkOvertaken(String topic, String by) {
        List<JsonNode> slow = about(topic);
        List<JsonNode> fast = about(by);
        Stage.check(
                slow.size() == 1
                        && !fast.isEmpty()
                        && fast.stream().allMatch(row -> came(row).isBefore(came(slow.getFirst()))),
                by + " was to overtake " + topic + ", but these came: " + summary());
    }

    private List<JsonNode> about(String topic) {
        return rows.stream()
                .filter(row -> row.path("topic").asText().equals(topic))
                .toList();
    }

    private List<String> summary() {
        return rows.stream()
                .map(row -> row.path("topic").asText() + " " + row.path("fault").asText() + " at " + came(row))
                .toList();
    }

    private static Instant due(JsonNode row) {
        return Instant.parse(row.path("at").asText());
    }

    private static Instant came(JsonNode row) {
        return Instant.parse(row.path("updatedAt").asText());
    }
}
