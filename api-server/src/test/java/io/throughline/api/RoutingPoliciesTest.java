package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.runtime.retailer.ActiveRoutingPolicies;
import io.throughline.runtime.retailer.ConfigurationException;
import io.throughline.runtime.retailer.Retailer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A routing policy is handed in, put in force, and rolled back; every process follows. */
class RoutingPoliciesTest {
    private static final String ROUTING = "/v1/policies/routing";
    private static final String REASON = "{\"author\": \"Ada Lovelace\", \"comment\": \"Harbor has stock to spare\"}";
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(5);

    @TempDir
    Path copied;

    private final TestingApi api = TestingApi.get();
    private final String version = "routing-" + UUID.randomUUID();

    @AfterEach
    void asItWas() {
        if (!active().equals("routing-1")) {
            activate("routing-1");
        }
    }

    @Test
    void aVersionIsPutInForceForAllProcessesAndRolledBack() {
        RoutingPolicies ofAnotherProcess = Retailer.load(Path.of("../config"), Map.of())
                .routingPolicies(api.database().policyActivations(), Clock.systemUTC());
        assertThat(ofAnotherProcess.at(Instant.now()).version()).isEqualTo("routing-1");

        assertThat(handIn(policy("ST-HARBOR")).status()).isEqualTo(204);
        assertThat(active()).isEqualTo("routing-1");
        Answer put = activate(version);

        assertThat(put.status()).as(put.body()).isEqualTo(201);
        assertThat(active()).isEqualTo(version);
        awaitVersion(ofAnotherProcess, version);
        assertThat(ofAnotherProcess.version(version).rules()).hasSize(1);

        assertThat(api.post(ROUTING + "/rollbacks", Role.ADMIN, REASON).status())
                .isEqualTo(201);
        assertThat(active()).isEqualTo("routing-1");
        awaitVersion(ofAnotherProcess, "routing-1");
        assertThat(ofAnotherProcess.version(version).version())
                .as("orders may follow it")
                .isEqualTo(version);
    }

    @Test
    void whoWhenAndWhyIsTold() {
        handIn(policy("ST-HARBOR"));
        activate(version);

        Answer policies = api.get(ROUTING, Role.VIEWER);

        assertThat(policies.text("/activations/0/version")).isEqualTo(version);
        assertThat(policies.text("/activations/0/author")).isEqualTo("Ada Lovelace");
        assertThat(policies.text("/activations/0/comment")).isEqualTo("Harbor has stock to spare");
        assertThat(policies.text("/activations/0/actor")).startsWith("ADMIN (key ");
        assertThat(policies.text("/versions/0/version")).isEqualTo("routing-1");
        assertThat(policies.text("/versions/0/source")).isEqualTo("FILE");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/routing"))
                .containsPattern("Policy in force</span> <span class=\"id\">" + version)
                .contains("Ada Lovelace", "Harbor has stock to spare");
    }

    @Test
    void aVersionThatOrdersMayFollowIsNeverAnother() {
        assertThat(handIn(policy("ST-HARBOR")).status()).isEqualTo(204);
        assertThat(handIn(policy("ST-HARBOR")).status()).isEqualTo(204);
        assertThat(handIn(policy("WH-EAST")).status()).isEqualTo(409);
        assertThat(handIn("routing-1", policy("WH-EAST").replace(version, "routing-1"))
                        .status())
                .isEqualTo(409);
        assertThat(handIn("another", policy("ST-HARBOR")).status()).isEqualTo(422);
        assertThat(handIn(policy("ST-PARIS")).text("/detail")).contains("ST-PARIS");
    }

    @Test
    void whatIsUnknownOrInForceIsNotPutInForce() {
        assertThat(activate("unknown").status()).isEqualTo(404);
        assertThat(activate("routing-1").status()).isEqualTo(409);
        assertThat(api.post(ROUTING + "/routing-1/activations", Role.ADMIN, "{\"author\": \" \", \"comment\": \"why\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whatCantBeReadAnyMoreIsNotPutInForce() {
        assertThat(api.database().policyActivations().store(version, policy("ST-PARIS"), "ada (key 1)"))
                .isTrue();

        Answer answer = activate(version);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail")).contains("can't be read any more", "ST-PARIS");
        assertThat(active()).isEqualTo("routing-1");
    }

    @Test
    void aFileIsNotAnotherPolicyThanWhatWasHandedInUnderItsName() throws IOException {
        handIn(policy("ST-HARBOR"));
        Path file = copied.resolve("policies/routing/" + version + ".yml");
        copyConfiguration();

        Files.writeString(file, policy("ST-HARBOR").replace("2030-01-01", "2031-01-01"));
        ofFiles().refuseOthersOfTheSameName();

        Files.writeString(file, policy("WH-EAST"));
        assertThatThrownBy(() -> ofFiles().refuseOthersOfTheSameName())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(version)
                .hasMessageContaining("another version");
    }

    private ActiveRoutingPolicies ofFiles() {
        return Retailer.load(copied, Map.of()).routingPolicies(api.database().policyActivations(), Clock.systemUTC());
    }

    private void copyConfiguration() throws IOException {
        Path original = Path.of("../config");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = copied.resolve(original.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void aVersionHasAShortName() {
        String named = "r".repeat(101);

        assertThat(handIn(named, policy("ST-HARBOR").replace(version, named)).status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void changesAreForAdministrators(Role role) {
        assertThat(api.post(ROUTING + "/routing-1/activations", role, REASON).status())
                .isEqualTo(403);
        assertThat(api.post(ROUTING + "/rollbacks", role, REASON).status()).isEqualTo(403);
    }

    private Answer handIn(String policy) {
        return handIn(version, policy);
    }

    private Answer handIn(String named, String policy) {
        return api.send(api.to(ROUTING + "/" + named, Role.ADMIN)
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(policy)));
    }

    private Answer activate(String named) {
        return api.post(ROUTING + "/" + named + "/activations", Role.ADMIN, REASON);
    }

    private String active() {
        return api.get(ROUTING, Role.VIEWER).text("/active");
    }

    private static void awaitVersion(RoutingPolicies policies, String expected) {
        Instant end = Instant.now().plus(HEARD_WITHIN);
        while (!policies.at(Instant.now()).version().equals(expected)
                && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(policies.at(Instant.now()).version()).isEqualTo(expected);
    }

    private String policy(String facility) {
        return """
            version: %s
            effectiveFrom: 2030-01-01T00:00:00Z
            groups: {}
            postalAreas: false
            capacity: {}
            hours: {}
            rules:
              one-place:
                candidates: { facilities: [%s] }
                objective: [SPLITS, DISTANCE]
                otherwise: { do: CASE }
            """.formatted(version, facility);
    }
}
