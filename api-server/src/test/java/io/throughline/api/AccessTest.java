package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.api.access.AccessRules;
import io.throughline.api.access.ApiKeyToken;
import io.throughline.api.access.KeyRing;
import io.throughline.domain.access.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the OpenAPI document against every wrong key: what is added later is tested from its first day. */
final class AccessTest {
    private final TestingApi api = TestingApi.get();

    /** One operation; {@code roles} is empty when it is public. */
    record Operation(String method, String path, Set<Role> roles) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> protectedOperations() {
        return operations().stream()
                .filter(operation -> !operation.roles().isEmpty())
                .toList();
    }

    private static List<Operation> operations() {
        JsonNode document = TestingApi.get()
                .send(TestingApi.get().to("/openapi.json").GET())
                .json();
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<Role> roles = EnumSet.noneOf(Role.class);
                    operation.getValue().path("x-roles").forEach(role -> roles.add(Role.valueOf(role.asText())));
                    operations.add(new Operation(
                            operation.getKey().toUpperCase(Locale.ROOT),
                            path.getKey().replaceAll("\\{[a-z]+}", "O-0000000000"),
                            roles));
                }));
        return operations;
    }

    @Test
    void onlyHealthAndSignedWebhooksArePublic() {
        assertThat(operations().stream()
                        .filter(operation -> operation.roles().isEmpty())
                        .map(Operation::path))
                .containsExactlyInAnyOrder(
                        "/health/live",
                        "/health/ready",
                        "/webhooks/shopify",
                        "/webhooks/square",
                        "/webhooks/carrier",
                        "/webhooks/marketplace");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("protectedOperations")
    void refusesWhoeverHasNoValidKey(Operation operation) {
        for (Map.Entry<String, String> header : invalidCredentials().entrySet()) {
            Answer answer = api.send(request(operation).header("Authorization", header.getValue()));

            assertThat(answer.status()).as(header.getKey()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.text("/type")).isEqualTo("urn:throughline:problem:unauthenticated");
        }
        assertThat(api.send(request(operation)).status()).isEqualTo(401);
        assertThat(api.send(request(operation)
                                .header("Authorization", "Bearer " + api.key(Role.ADMIN))
                                .header("Authorization", "Bearer " + api.key(Role.ADMIN)))
                        .status())
                .as("two headers")
                .isEqualTo(401);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("protectedOperations")
    void refusesEveryOtherRole(Operation operation) {
        for (Role role : EnumSet.complementOf(EnumSet.copyOf(operation.roles()))) {
            Answer answer = api.send(request(operation).header("Authorization", "Bearer " + api.key(role)));

            assertThat(answer.status()).as(role.name()).isEqualTo(403);
            assertThat(answer.text("/type")).isEqualTo("urn:throughline:problem:forbidden");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("protectedOperations")
    void letsItsRolesThrough(Operation operation) {
        for (Role role : operation.roles()) {
            Answer answer = api.send(request(operation).header("Authorization", "Bearer " + api.key(role)));

            assertThat(answer.status()).as(role + ": " + answer.body()).isNotIn(401, 403, 405, 500, 503);
        }
    }

    private HttpRequest.Builder request(Operation operation) {
        return api.to(operation.path())
                .header("Content-Type", takesPolicy(operation.path()) ? "application/yaml" : "application/json")
                .method(operation.method(), HttpRequest.BodyPublishers.ofString("{}"));
    }

    private static boolean takesPolicy(String path) {
        return path.matches("/v1/policies/routing/[^/]+") && !path.endsWith("/rollbacks");
    }

    /** On one connection: a server that remembers headers regardless of case would take the second key for the first. */
    @Test
    void aSecretInAnotherCaseIsRefusedRightAfterTheRightOne() throws IOException {
        ApiKeyToken admin = ApiKeyToken.parse(api.key(Role.ADMIN)).orElseThrow();
        String wrong = "tl_local_" + admin.id() + "_" + otherCase(admin.secret());

        List<Integer> statuses = new RawHttp(api.port())
                .statuses(List.of(ordersWith(admin.reveal(), ""), ordersWith(wrong, "Connection: close\r\n")));

        assertThat(statuses).containsExactly(200, 401);
    }

    private static String ordersWith(String key, String more) {
        return "GET /v1/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key + "\r\n" + more + "\r\n";
    }

    private static String otherCase(String secret) {
        String other = secret.chars()
                .map(digit ->
                        Character.isUpperCase(digit) ? Character.toLowerCase(digit) : Character.toUpperCase(digit))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(other).isNotEqualTo(secret);
        return other;
    }

    private Map<String, String> invalidCredentials() {
        KeyRing ring = api.keyRing();
        ApiKeyToken revoked = ring.make("revoked", EnumSet.allOf(Role.class), Optional.empty());
        api.database().apiKeys().revoke(revoked.id());
        ApiKeyToken expired = ring.make(
                "expired", EnumSet.allOf(Role.class), Optional.of(Instant.now().minus(Duration.ofSeconds(1))));
        ApiKeyToken foreign = new KeyRing(api.database().apiKeys(), "staging", Clock.systemUTC())
                .make("foreign", EnumSet.allOf(Role.class), Optional.empty());
        ApiKeyToken unknown = ApiKeyToken.random("local", new SecureRandom());
        ApiKeyToken admin = ApiKeyToken.parse(api.key(Role.ADMIN)).orElseThrow();
        ApiKeyToken viewer = ApiKeyToken.parse(api.key(Role.VIEWER)).orElseThrow();
        String unsigned = "eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJBRE1JTiJdfQ.";
        return Map.ofEntries(
                Map.entry("revoked", "Bearer " + revoked.reveal()),
                Map.entry("expired", "Bearer " + expired.reveal()),
                Map.entry("of another deployment", "Bearer " + foreign.reveal()),
                Map.entry(
                        "renamed from another deployment",
                        "Bearer " + foreign.reveal().replace("staging", "prod")),
                Map.entry("unknown", "Bearer " + unknown.reveal()),
                Map.entry(
                        "another key's secret",
                        "Bearer " + new ApiKeyToken("local", admin.id(), viewer.secret()).reveal()),
                Map.entry("secret in another case", "Bearer tl_local_" + admin.id() + "_" + otherCase(admin.secret())),
                Map.entry("cut short", "Bearer " + admin.reveal().substring(0, 40)),
                Map.entry("with something behind", "Bearer " + admin.reveal() + "x"),
                Map.entry(
                        "the hash itself",
                        "Bearer tl_local_" + admin.id() + "_"
                                + admin.secretSha256().substring(0, 43)),
                Map.entry("nothing", "Bearer "),
                Map.entry("no scheme", admin.reveal()),
                Map.entry("Basic", "Basic " + admin.reveal()),
                Map.entry("an unsigned token", "Bearer " + unsigned),
                Map.entry("an injection", "Bearer tl_local_' or 1=1--_x"));
    }

    @Test
    void aResourceMethodThatNamesNobodyStopsTheStart() {
        assertThatThrownBy(() -> AccessRules.check(List.of(Forgotten.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Forgotten.read");
    }

    @Test
    void aKeyIsShownOnceAndEndsWhenRevoked() {
        Answer made = api.post("/v1/keys", Role.ADMIN, """
            {"owner":"Ada's till","roles":["VIEWER"]}
            """.replace("'", ""));
        assertThat(made.status()).isEqualTo(201);
        String key = made.text("/key");
        assertThat(key).startsWith("tl_local_" + made.text("/id") + "_").hasSize(61);
        assertThat(with(key)).isEqualTo(200);
        assertThat(api.get("/v1/keys", Role.ADMIN).body())
                .contains(made.text("/id"))
                .doesNotContain(key.substring(18));

        Answer revoked =
                api.send(api.to("/v1/keys/" + made.text("/id"), Role.ADMIN).DELETE());

        assertThat(revoked.status()).isEqualTo(204);
        assertThat(with(key)).isEqualTo(401);
    }

    private int with(String key) {
        return api.send(api.to("/v1/orders")
                        .header("Authorization", "Bearer " + key)
                        .GET())
                .status();
    }

    @Path("/forgotten")
    public static final class Forgotten {
        @GET
        public String read() {
            return "";
        }
    }
}
