package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.order.OrderId;
import io.throughline.e2e.PromQl.Selector;
import io.throughline.local.Ports.Use;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.watch.StandInLedger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** That whatever an alert or a panel asks for is shown by the real processes, of what has happened there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class MetricsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Shown once it has happened, as {@link WorkflowTaskMetricsTest} sees. */
    private static final Set<String> OF_FAULTS_ONLY = Set.of("temporal_workflow_task_execution_failed_total");

    private static final Pattern NAMES_SOMEBODY = Pattern.compile("O-[0-9A-Z]{10}.*|C-[0-9]+|.*[0-9]{6,}.*|.*@.*");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final long NUMBER = 7_600_000_000_001L;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Subscriber subscriber = new Subscriber();
    private House house;
    private OrderId order;

    @BeforeAll
    void anOrderEndsAndASubscriberIsTold() throws InterruptedException {
        house = House.open("metrics");
        JsonNode made = house.stage()
                .api()
                .post(
                        "/v1/subscriptions",
                        Json.object()
                                .put("url", subscriber.url())
                                .set("types", Json.object().putArray("types").add("order.completed.v1")));
        subscriber.knows(made.path("secret").asText());
        house.stage().awaitSubscribed(SHOP);
        meddle("orders/create", "forged");
        meddle("fulfillments/create", "reorder");
        order = house.stage()
                .place(
                        SHOP,
                        OrderBody.usd(NUMBER)
                                .line(4, "NW-SOCK-2PK", 1, "33.00")
                                .shipping("4.90")
                                .toJson());
        house.stage().end(order);
    }

    @AfterAll
    void close() {
        house.close();
        subscriber.close();
    }

    @Test
    void whatAlertsAndPanelsAskForIsShown() {
        List<Selector> asked = Stream.concat(
                        Alerts.all().stream().map(Alerts.Alert::expression), Alerts.panels().stream())
                .flatMap(expression -> PromQl.selectors(expression).stream())
                .filter(selector -> !OF_FAULTS_ONLY.contains(selector.metric()))
                .distinct()
                .toList();
        assertThat(asked).hasSizeGreaterThan(30);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Scrape scrape = scrape();
            assertThat(asked).allSatisfy(selector -> {
                assertThat(scrape.has(selector.metric())).as(selector.metric()).isTrue();
                assertThat(scrape.labelsOf(selector.metric()))
                        .as(selector.metric())
                        .containsAll(selector.labels());
            });
        });
    }

    /** The order of which a forged message came, and of whose shipment the shop told out of turn, has ended like any. */
    @Test
    void aForgedWebhookIsRefusedAndCountedAndOneOutOfTurnChangesNothing() throws IOException, InterruptedException {
        assertThat(meddledWith("forged"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("outcome").asText()).isEqualTo("refused"));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(meddledWith("reorder"))
                        .singleElement()
                        .satisfies(
                                row -> assertThat(row.path("outcome").asText()).isEqualTo("delivered")));
        assertThat(metrics(Use.API_ADMIN))
                .containsPattern("throughline_http_requests_seconds_count\\{[^}]*"
                        + "route=\"/webhooks/shopify\",status=\"401\"[^}]*} 1(\\.0)?\\s");
        assertThat(Facts.number(
                        house.stack(),
                        "select count(*) from inbox_message where account = 'northwind' and topic = 'orders/create'"))
                .as("the genuine one")
                .isEqualTo(1);
        assertThat(StandInLedger.of(house.stage(), "shopify", Long.toString(NUMBER), "fulfillmentCreate"))
                .hasSize(1);
        assertThat(house.stage().cases(order.value())).isEmpty();
    }

    /** The next message of this topic that tells of the order. */
    private void meddle(String topic, String kind) {
        house.stage()
                .sandbox()
                .post(
                        "/webhook-faults",
                        Json.object()
                                .put("system", "shopify")
                                .put("topic", topic)
                                .put("bodyContains", Long.toString(NUMBER))
                                .put("kind", kind)
                                .put("delayMillis", 2000));
    }

    private List<JsonNode> meddledWith(String kind) {
        return Json.list(house.stage().sandbox().get("/webhooks?system=shopify&about=" + NUMBER)).stream()
                .filter(row -> row.path("fault").asText().equals(kind))
                .toList();
    }

    @Test
    void noLabelNamesAnOrderOrAPerson() throws IOException, InterruptedException {
        assertThat(scrape().values("throughline_"))
                .hasSizeGreaterThan(100)
                .noneMatch(value -> NAMES_SOMEBODY.matcher(value).matches());
    }

    @Test
    void eachLineOfTheLogIsAnObject() throws IOException {
        for (StackPart part : List.of(StackPart.WORKER, StackPart.API_SERVER)) {
            assertThat(Files.readAllLines(house.stack().log(part)))
                    .filteredOn(line -> line.contains("io.throughline"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(
                                    JSON.readTree(line).path("message").asText())
                            .isNotEmpty());
        }
    }

    @Test
    void theFiguresOfTheDayTellOfTheOrder() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode answer = house.stage().api().get("/v1/kpis?account=northwind");
            assertThat(kpi(answer, "order_sync_latency").path("measured").asInt())
                    .isEqualTo(1);
            assertThat(kpi(answer, "business_transaction_completion")
                            .path("figure")
                            .asDouble())
                    .isEqualTo(1);
            assertThat(kpi(answer, "fulfillment_exception_rate").path("figure").asDouble())
                    .isZero();
            assertThat(kpi(house.stage().api().get("/v1/kpis"), "api_performance")
                            .path("measured")
                            .asInt())
                    .isPositive();
        });
    }

    private static JsonNode kpi(JsonNode answer, String name) {
        return answer.path("kpis")
                .valueStream()
                .filter(kpi -> kpi.path("kpi").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Scrape scrape() throws IOException, InterruptedException {
        return new Scrape(metrics(Use.WORKER_ADMIN), metrics(Use.API_ADMIN));
    }

    private String metrics(Use admin) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + house.stack().port(admin) + "/metrics");
        return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
