package io.throughline.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.trace.StepAttempt;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order that was handed over and read by its process, as the API shows it. */
final class OrderReadingTest {
    private final TestingApi api = TestingApi.get();
    private final OrderKey key = new OrderKey(AccountId.of("rest"), "READ-" + UUID.randomUUID());
    private final OrderId id = OrderId.of(key);

    @BeforeEach
    void handOver() {
        api.postOnce("/v1/orders", Role.INTEGRATION, key.externalId(), SampleSubmissions.shipped(key.externalId()));
        api.database().orders().hint(key, Channel.API, new OrderRules("standard-1", Set.of()));
        ChannelOrder told = api.database().submittedOrders().read(key).orElseThrow();
        api.database().orders().accept(told.order(), told.person(), Instant.now());
    }

    @Test
    void showsEachAxisAndWhereToLook() {
        JsonNode order = read(Role.VIEWER);

        assertThat(order.at("/order/orderId").asText()).isEqualTo(id.value());
        assertThat(order.at("/order/status/lifecycle").asText()).isEqualTo("RECEIVED");
        assertThat(order.at("/order/status/payment").asText()).isNotEmpty();
        assertThat(order.at("/order/status/posting").asText()).isEqualTo("PENDING");
        assertThat(order.at("/order/links/process").asText()).contains(key.externalId());
        assertThat(order.at("/content/total").asText()).isEqualTo("101.50");
        assertThat(order.at("/content/lines/0/sku").asText()).isEqualTo("NW-TEE-BLK-M");
        assertThat(order.at("/content/lines/0/total").asText()).isEqualTo("45.00");
        assertThat(order.toString()).doesNotContain("\"zero\"").doesNotContain("\"empty\"");
    }

    @Test
    void personalDataIsSupportsAlone() {
        assertThat(read(Role.SUPPORT).at("/customer/email").asText()).isEqualTo("ada@canary.example");
        assertThat(read(Role.SUPPORT).at("/customer/masked").asBoolean()).isFalse();
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.SUPPORT, Role.STORE))) {
            JsonNode order = read(role);
            assertThat(order.toString())
                    .as(role.name())
                    .doesNotContain("anary")
                    .doesNotContain("02110")
                    .doesNotContain("Boston")
                    .doesNotContain("6175550100");
            assertThat(order.at("/customer/name").asText()).isEqualTo("A*** C***");
            assertThat(order.at("/customer/email").asText()).isEqualTo("a***@***");
            assertThat(order.at("/customer/shipTo/country").asText()).isEqualTo("US");
        }
    }

    @Test
    void theTraceTellsWhatHappenedAndHoldsTogether() {
        Answer trace = api.get("/v1/orders/" + id + "/trace", Role.VIEWER);

        assertThat(trace.json().at("/intact").asBoolean()).isTrue();
        assertThat(trace.text("/entries/0/seq")).isEqualTo("1");
        assertThat(trace.text("/entries/0/at")).contains("T");
        assertThat(trace.text("/entries/0/process/workflowId")).isEqualTo(key.workflowId());
        assertThat(trace.text("/entries/0/process/link"))
                .endsWith("/workflows/" + URLEncoder.encode(key.workflowId(), UTF_8));
        assertThat(trace.body()).doesNotContain("anary");
    }

    @Test
    void anEntryLeadsToTheEventOfItsStepOnceThatIsKnown() {
        UUID run = UUID.randomUUID();
        new StepAttempt(key.workflowId(), run, "a-7").call(() -> {
            api.database().trace().append(id.value(), "told", "test.told", "told by a step", Map.of());
            return true;
        });
        JsonNode before = toldByAStep();
        assertThat(before.path("runId").asText()).isEqualTo(run.toString());
        assertThat(before.path("link").asText()).endsWith("/" + run + "/history");
        assertThat(before.has("event")).isFalse();
        assertThat(before.has("eventLink")).isFalse();

        api.execute("insert into trace_step values ('" + run + "', 'a-7', 17)");

        JsonNode after = toldByAStep();
        assertThat(after.path("event").asLong()).isEqualTo(17);
        assertThat(after.path("eventLink").asText()).endsWith("/" + run + "/history/events/17");
    }

    private JsonNode toldByAStep() {
        for (JsonNode entry :
                api.get("/v1/orders/" + id + "/trace", Role.VIEWER).json().path("entries")) {
            if (entry.path("kind").asText().equals("test.told")) {
                return entry.path("process");
            }
        }
        throw new AssertionError("no such entry");
    }

    @Test
    void journalsAreListed() {
        Answer journals = api.get("/v1/orders/" + id + "/journals", Role.FINANCE);

        assertThat(journals.status()).isEqualTo(200);
        assertThat(journals.json().at("/journals").isArray()).isTrue();
    }

    @Test
    void isAmongTheNewest() {
        JsonNode list = api.get("/v1/orders?limit=1", Role.VIEWER).json();

        assertThat(list.at("/orders")).hasSize(1);
        assertThat(list.at("/orders/0/orderId").asText()).isEqualTo(id.value());
    }

    @Test
    void itsLineIsVerified() {
        Answer whole = api.get("/v1/orders/" + id + "/trace/verification", Role.VIEWER);

        assertThat(whole.status()).as(whole.body()).isEqualTo(200);
        assertThat(whole.json().path("intact").asBoolean()).isTrue();
        assertThat(whole.json().path("entries").asInt()).isPositive();
        assertThat(whole.text("/lastHash")).matches("[0-9a-f]{64}");
        assertThat(whole.json().at("/allLines/broken").isNumber()).isTrue();

        api.execute("set session_replication_role = replica;"
                + " update trace_entry set body = 'no JSON' where subject = '" + id + "' and seq = 1");

        Answer broken = api.get("/v1/orders/" + id + "/trace/verification", Role.VIEWER);
        assertThat(broken.status()).as(broken.body()).isEqualTo(200);
        assertThat(broken.json().path("intact").asBoolean(true)).isFalse();
        assertThat(broken.json().path("firstBroken").asInt()).isEqualTo(1);
        Answer trace = api.get("/v1/orders/" + id + "/trace", Role.VIEWER);
        assertThat(trace.text("/entries/0/kind")).as(trace.body()).isEqualTo("trace.unreadable");
        assertThat(api.get("/v1/orders/O-0000000000/trace/verification", Role.VIEWER)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void isFoundByTheClientsOwnId() {
        Answer found = api.get("/v1/lookup?id=" + key.externalId(), Role.VIEWER);

        assertThat(found.text("/subject")).isEqualTo(id.value());
        assertThat(found.text("/order")).endsWith("/v1/orders/" + id);
    }

    @Test
    void isFoundByShopifysIdsHoweverTheyAreWritten() {
        api.database().trace().link("7100000000777", id.value());
        api.database().trace().link("gid://shopify/FulfillmentOrder/6100000000777", id.value());

        assertThat(List.of(
                        "7100000000777",
                        "gid://shopify/Order/7100000000777",
                        "gid://shopify/FulfillmentOrder/6100000000777",
                        "6100000000777"))
                .allSatisfy(written -> assertThat(
                                api.get("/v1/lookup?id=" + URLEncoder.encode(written, UTF_8), Role.VIEWER)
                                        .text("/subject"))
                        .isEqualTo(id.value()));
        assertThat(api.get("/v1/lookup?id=gid://shopify/Order/1", Role.VIEWER).status())
                .isEqualTo(404);
    }

    @Test
    void aCancellationIsAFactThatWakesTheProcess() {
        Answer answer = cancel("{\"reason\":\"ordered twice\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().at("/cancellationRequested").asBoolean()).isTrue();
        assertThat(api.database().orders().view(id).orElseThrow().cancelRequestedAt())
                .isPresent();
        assertThat(api.query("select count(*) from inbox_message where topic = 'throughline/cancel' and subject = '"
                        + key.workflowId() + "'"))
                .contains("1");
    }

    @Test
    void whyItShallEndIsSupportsAloneAndNotInTheTrace() {
        cancel("{\"reason\":\"Mrs Canary rang\"}");

        assertThat(read(Role.SUPPORT).at("/cancelReason").asText()).isEqualTo("Mrs Canary rang");
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.SUPPORT, Role.STORE))) {
            assertThat(read(role).toString()).as(role.name()).doesNotContain("anary");
        }
        assertThat(api.get("/v1/orders/" + id + "/trace", Role.SUPPORT).body())
                .contains("order.cancel-requested")
                .doesNotContain("anary");
    }

    @Test
    void anEndedOrderIsNotCancelled() {
        api.database().orders().advance(id, OrderStatus.REJECTED, "for the test");
        Map<String, String> before = api.rows();

        assertThat(cancel("{\"reason\":\"ordered twice\"}").status()).isEqualTo(409);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void aCancellationNeedsAReason() {
        assertThat(cancel("{\"reason\":\" \"}").status()).isEqualTo(422);
        assertThat(cancel("{\"reason\":\"" + "x".repeat(501) + "\"}").status()).isEqualTo(422);
        assertThat(cancel("{}").status()).isEqualTo(400);
    }

    private Answer cancel(String body) {
        return api.post("/v1/orders/" + id + "/cancellation", Role.SUPPORT, body);
    }

    private JsonNode read(Role role) {
        Answer answer = api.get("/v1/orders/" + id, role);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
