package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowNotFoundException;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that takes one order an hour: the next one waits for it, says so, and is taken as soon as there is room. */
@Timeout(300)
final class RoutingByPolicyTest {
    private static final String POLICY = """
            version: routing-2
            effectiveFrom: 2026-01-02T00:00:00Z
            groups: {}
            postalAreas: true
            capacity:
              one-an-hour: { facilities: [ST-HARBOR], perHour: 1 }
            hours: {}
            rules:
              harbor-first:
                for: { channels: [rest] }
                candidates: { facilities: [ST-HARBOR], withinKilometres: 50 }
                objective: [SPLITS, DISTANCE]
                otherwise: { do: WAIT, lookAgainAfter: PT3S }
              whoever-is-near:
                objective: [SPLITS, ABROAD, DISTANCE, STORES]
                otherwise: { do: CASE }
            """;

    @Test
    void anOrderWaitsForTheStoreThatItsRuleWantsUntilItHasRoom() throws Exception {
        Path directory = House.newDirectory("routing");
        Map<String, String> variables = PlentifulStock.below(directory);
        writePolicy(directory);
        try (House house = House.open(directory, variables);
                Histories histories = new Histories(house.stack().temporal())) {
            OrderId first = submit(house, "ROUTED-1");
            awaitWork(house, first);
            shown(
                    house,
                    histories,
                    "ROUTED-1",
                    text -> text.contains("ST-HARBOR (2) by harbor-first of routing-2")
                            && text.contains("harbor-first, ST-HARBOR CHOSEN: 2 units, 5."));

            OrderId second = submit(house, "ROUTED-2");
            String waiting = shown(house, histories, "ROUTED-2", text -> text.contains("**Waits for a facility:**"));
            assertThat(waiting)
                    .contains("no facility can do this delivery by harbor-first of routing-2", "tried again at");
            assertThat(house.stage().order(second).orElseThrow().path("fulfillmentOrders"))
                    .isEmpty();

            anHourPasses(house);
            JsonNode given = awaitWork(house, second);

            assertThat(given.at("/fulfillmentOrders/0/facility").asText()).isEqualTo("ST-HARBOR");
            assertThat(house.stage()
                            .api()
                            .get("/v1/orders/" + second + "/trace")
                            .toString())
                    .contains("order.unplaced", "ST-HARBOR FULL: 1 of 1 within the hour", "work.allocated");
        }
    }

    private static void writePolicy(Path directory) throws IOException {
        Path config = directory.resolve("config");
        Files.writeString(config.resolve("policies/routing/routing-2.yml"), POLICY);
        Files.copy(House.project().resolve("config/postal-areas.yml"), config.resolve("postal-areas.yml"));
    }

    /** To Boston, of which the order tells no more than the postal code. */
    private static OrderId submit(House house, String externalId) {
        house.stage().api().post("/v1/orders", OrderRequest.twoMugs(externalId), Map.of("Idempotency-Key", externalId));
        return house.stage().orderId("rest", externalId);
    }

    private static JsonNode awaitWork(House house, OrderId order) throws InterruptedException {
        return house.stage()
                .await(
                        "the work of " + order,
                        () -> house.stage().order(order),
                        found -> !found.path("fulfillmentOrders").isEmpty());
    }

    private static String shown(House house, Histories histories, String externalId, Predicate<String> right)
            throws InterruptedException {
        return house.stage()
                .await(
                        "the details of " + externalId,
                        () -> details(histories, externalId)
                                .map(text -> Json.object().put("waitingFor", text)),
                        found -> right.test(found.path("waitingFor").asText()))
                .path("waitingFor")
                .asText();
    }

    /** Empty until its process has begun. */
    private static Optional<String> details(Histories histories, String externalId) {
        try {
            return Optional.of(histories.waitingFor("order/rest/" + externalId));
        } catch (WorkflowNotFoundException notYet) {
            return Optional.empty();
        }
    }

    private static void anHourPasses(House house) {
        Facts.change(house.stack(), "update fulfillment_order set allocated_at = allocated_at - interval '1 hour'");
    }
}
