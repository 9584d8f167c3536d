package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.Optional;

/** That an account's catalogue has been taken in once. A system that has just started may not have begun with it, and then knows of no sync. */
final class FirstSync {
    private FirstSync() {}

    static void await(Stage stage, String account) throws InterruptedException {
        stage.await(
                "the first sync of " + account, () -> latest(stage, account), sync -> sync.hasNonNull("finishedAt"));
    }

    private static Optional<JsonNode> latest(Stage stage, String account) {
        try {
            return Optional.of(stage.api().get("/v1/catalog/syncs/" + account));
        } catch (Json.UnexpectedAnswer noneYet) {
            return Optional.empty();
        }
    }
}
