package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.access.AccessRules;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in at the console, and what nobody can do in another's name. Every page that is added is tested from its first day. */
final class ConsoleAccessTest {
    private final TestingApi api = TestingApi.get();

    /** One method of a page. */
    record Operation(String method, String path, Set<Role> roles) {
        static Operation of(Class<?> page, Method method) {
            String below = Optional.ofNullable(method.getAnnotation(Path.class))
                    .map(Path::value)
                    .orElse("");
            String path = page.getAnnotation(Path.class).value() + below;
            return new Operation(
                    method.isAnnotationPresent(GET.class) ? "GET" : "POST",
                    path.replaceAll("\\{[a-z]+}", "C-999999999"),
                    EnumSet.copyOf(
                            Arrays.asList(method.getAnnotation(Allow.class).value())));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static List<Operation> operations() {
        return TestingApi.get().resources().stream()
                .filter(type -> type.isAnnotationPresent(ForPeople.class))
                .flatMap(type -> AccessRules.methods(type)
                        .filter(method -> method.isAnnotationPresent(Allow.class))
                        .map(method -> Operation.of(type, method)))
                .toList();
    }

    static Stream<Operation> reading() {
        return operations().stream().filter(operation -> operation.method().equals("GET"));
    }

    static Stream<Operation> changing() {
        return operations().stream().filter(operation -> operation.method().equals("POST"));
    }

    @Test
    void allPagesAreForPeople() {
        assertThat(api.resources().stream()
                        .filter(type -> type.getAnnotation(Path.class).value().startsWith("/console"))
                        .filter(type -> !type.isAnnotationPresent(ForPeople.class))
                        .map(Class::getSimpleName))
                .containsExactly("AssetsResource");
        assertThat(operations()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reading")
    void whoeverIsNotSignedInIsShownWhereTo(Operation operation) {
        for (HttpResponse<String> answer : List.of(
                Visitor.stranger(api).get(operation.path()),
                // A key is for programs: with it in a header, another site's page could not be told from ours.
                Visitor.stranger(api)
                        .send(Visitor.stranger(api)
                                .to(operation.path())
                                .header("Authorization", "Bearer " + api.key(Role.ADMIN))),
                Visitor.stranger(api)
                        .send(Visitor.stranger(api)
                                .to(operation.path())
                                .header("Cookie", "throughline-session=' or 1=1--")))) {
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location").orElseThrow())
                    .contains("/console/sign-in?next=" + Visitor.encoded(operation.path()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void otherRolesAreRefused(Operation operation) {
        for (Role role : EnumSet.complementOf(EnumSet.copyOf(operation.roles()))) {
            if (role != Role.INTEGRATION && role != Role.STORE) {
                Visitor visitor = Visitor.signedIn(api, role);

                HttpResponse<String> answer = operation.method().equals("GET")
                        ? visitor.get(operation.path())
                        : visitor.post(operation.path(), Map.of());

                assertThat(answer.statusCode()).as(role.name()).isEqualTo(403);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/html");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changing")
    void aFormThatIsNotOfThePresentSessionChangesNothing(Operation operation) {
        for (Role role : operation.roles()) {
            if (role == Role.INTEGRATION) {
                continue;
            }
            Visitor visitor = Visitor.signedIn(api, role);
            String another = Visitor.signedIn(api, role).token();
            String own = visitor.token();
            Map<String, String> before = api.rows();

            assertThat(status(visitor, operation, Map.of(), visitor.server().toString()))
                    .isEqualTo(403);
            assertThat(status(
                            visitor,
                            operation,
                            Map.of("token", another),
                            visitor.server().toString()))
                    .isEqualTo(403);
            assertThat(status(visitor, operation, Map.of("token", own), "https://evil.example"))
                    .isEqualTo(403);
            assertThat(status(visitor, operation, Map.of("token", own), "null")).isEqualTo(403);
            assertThat(visitor.send(visitor.form(operation.path(), Map.of("token", own)))
                            .statusCode())
                    .as("no origin")
                    .isEqualTo(403);
            assertThat(visitor.send(visitor.to(operation.path())
                                    .header("Origin", visitor.server().toString())
                                    .header("Content-Type", "text/plain")
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("token=" + own)))
                            .statusCode())
                    .as("no form")
                    .isEqualTo(415);
            assertThat(api.rows()).isEqualTo(before);
        }
    }

    private static int status(Visitor visitor, Operation operation, Map<String, String> fields, String origin) {
        return visitor.send(visitor.form(operation.path(), fields).header("Origin", origin))
                .statusCode();
    }

    @Test
    void theCookieIsKeptFromScriptsAndFromOtherSites() {
        HttpResponse<String> answer = Visitor.stranger(api).signIn(api.key(Role.VIEWER), "/console/cases?status=OPEN");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/console/cases?status=OPEN");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("throughline-session=")
                .contains("HttpOnly", "Path=/console", "Max-Age=43200")
                .containsIgnoringCase("SameSite=Strict")
                .as("the public address is https")
                .contains("Secure");
        assertThat(api.query("select count(*) from console_session where secret_sha256 like '%"
                        + answer.headers()
                                .firstValue("Set-Cookie")
                                .orElseThrow()
                                .substring(20, 40) + "%'"))
                .as("the secret itself is kept nowhere")
                .contains("0");
    }

    @Test
    void theCookieOpensNothingOfTheApi() {
        Visitor visitor = Visitor.signedIn(api, Role.ADMIN);

        assertThat(visitor.get("/v1/orders").statusCode()).isEqualTo(401);
        assertThat(visitor.get("/v1/keys").statusCode()).isEqualTo(401);
    }

    @Test
    void wrongKeysAndProgramsGetNoSession() {
        String sessions = sessions();

        assertThat(Visitor.stranger(api)
                        .signIn("tl_local_aaaaaaaa_" + "a".repeat(43), "/console")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Visitor.stranger(api).signIn("' or 1=1--", "/console").statusCode())
                .isEqualTo(401);
        HttpResponse<String> program = Visitor.stranger(api).signIn(api.key(Role.INTEGRATION), "/console");
        assertThat(program.statusCode()).isEqualTo(403);
        assertThat(program.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(sessions()).isEqualTo(sessions);
    }

    @Test
    void anotherSitesPageSignsNobodyIn() {
        Visitor visitor = Visitor.stranger(api);

        HttpResponse<String> answer = visitor.send(visitor.form("/console/sign-in", Map.of("key", api.key(Role.VIEWER)))
                .header("Origin", "https://evil.example"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private String sessions() {
        return api.query("select count(*) from console_session").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/console@evil.example",
                "/console\\evil",
                "/v1/orders",
                "/console.evil.example",
                "javascript:alert(1)",
                "/console/x?y=\"><script>"
            })
    void nobodyIsLedAway(String next) {
        HttpResponse<String> answer = Visitor.stranger(api).signIn(api.key(Role.VIEWER), next);

        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .isEqualTo(Visitor.stranger(api).server() + "/console");
    }

    @Test
    void whoSignsOutIsOut() {
        Visitor visitor = Visitor.signedIn(api, Role.SUPPORT);
        String secret = visitor.cookie();

        HttpResponse<String> answer = visitor.post("/console/sign-out", Map.of());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("throughline-session=", "Max-Age=0")
                .doesNotContain(secret);
        assertThat(visitor.send(Visitor.stranger(api).to("/console").header("Cookie", "throughline-session=" + secret))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aSessionEndsWithItsKey() {
        String key = api.keyRing()
                .make("Leaver", Set.of(Role.VIEWER), Optional.empty())
                .reveal();
        Visitor visitor = Visitor.signedIn(api, key);
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);

        api.send(api.to("/v1/keys/" + key.split("_", -1)[2], Role.ADMIN).DELETE());

        assertThat(visitor.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void aSessionEndsWithItsTime() {
        Visitor visitor = Visitor.signedIn(api, Role.VIEWER);
        api.query("update console_session set expires_at = now() - interval '1 second' where secret_sha256 = '"
                + io.throughline.domain.hash.Sha256.hex(visitor.cookie()) + "' returning key_id");

        assertThat(visitor.get("/console").statusCode()).isEqualTo(303);
    }

    @Test
    void rolesHideWhatTheyRefuse() {
        Case open = api.database()
                .cases()
                .open(
                        AccountId.of("northwind"),
                        "S-" + UUID.randomUUID(),
                        "erp.invoice",
                        FailureCode.ERP_PERIOD_CLOSED,
                        "closed");
        String page = "/console/cases/" + open.id();

        assertThat(Visitor.signedIn(api, Role.VIEWER).page(page))
                .contains("This belongs to Finance")
                .doesNotContain("value=\"RETRY\"");
        assertThat(Visitor.signedIn(api, Role.SUPPORT).page(page))
                .contains("value=\"RETRY\"")
                .doesNotContain("value=\"AMEND_AND_RETRY\"", "name=\"postingDate\"");
        assertThat(Visitor.signedIn(api, Role.FINANCE).page(page))
                .contains("value=\"RETRY\"", "value=\"AMEND_AND_RETRY\"", "name=\"postingDate\"");
        HttpResponse<String> refused = Visitor.signedIn(api, Role.SUPPORT)
                .post(page + "/decisions", Map.of("action", "AMEND_AND_RETRY", "postingDate", "2026-12-01"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(api.database().cases().find(open.id()).orElseThrow().status())
                .isEqualTo(CaseStatus.OPEN);
    }
}
