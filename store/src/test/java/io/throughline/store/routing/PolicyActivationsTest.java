package io.throughline.store.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.routing.PolicyActivations;
import io.throughline.domain.routing.PolicyActivations.Activation;
import io.throughline.domain.routing.PolicyActivations.Kind;
import io.throughline.domain.routing.PolicyActivations.Reason;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was handed in and put in force stays what it was. */
class PolicyActivationsTest {
    private static final Reason REASON = new Reason("Ada", "for the test", "ada (key 1)");

    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final PolicyActivations activations = POSTGRES.database().policyActivations();
    private long newest;

    @BeforeEach
    void look() {
        newest = newest();
    }

    @Test
    void aVersionKeepsItsText() {
        assertThat(activations.store("kept", "a: 1", "ada")).isTrue();
        assertThat(activations.store("kept", "a: 1", "bob")).isTrue();
        assertThat(activations.store("kept", "a: 2", "bob")).isFalse();

        assertThat(activations.text("kept")).contains("a: 1");
        assertThat(activations.text("unknown")).isEmpty();
        assertThat(activations.stored())
                .filteredOn(stored -> stored.version().equals("kept"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.actor()).isEqualTo("ada"));
    }

    @Test
    void ofSeveralAtOnceOnlyOnePutsItsVersionInForce() {
        List<CompletableFuture<Optional<Activation>>> wishes = IntStream.range(0, 6)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> activations.put("version-" + number, Kind.ACTIVATION, REASON, newest)))
                .toList();

        List<Activation> put = wishes.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();

        assertThat(put).hasSize(1);
        assertThat(activations.all()).last().isEqualTo(put.getFirst());
    }

    @Test
    void eachBeginsAfterTheOneBeforeWhateverTheClockSays() {
        Activation first =
                activations.put("one", Kind.ACTIVATION, REASON, newest).orElseThrow();
        Activation second =
                activations.put("two", Kind.ROLLBACK, REASON, first.number()).orElseThrow();

        assertThat(second.at()).isAfter(first.at());
        assertThat(second.kind()).isEqualTo(Kind.ROLLBACK);
        assertThat(second.reason()).isEqualTo(REASON);
    }

    @Test
    void whoDidItIsAmongTheActsWithoutTheirWords() {
        activations.store("told", "a: 1", "eve (key 5)");
        activations.store("told", "a: 1", "eve (key 5)");
        Reason reason = new Reason("Ada", "for the test", "eve (key 5)");
        activations.put("told", Kind.ACTIVATION, reason, newest);
        activations.put("before", Kind.ROLLBACK, reason, newest());

        List<TraceEntry> acts = POSTGRES.database().audit().acts(Optional.of("eve (key 5)"), Optional.empty(), 10);

        assertThat(acts)
                .extracting(TraceEntry::kind)
                .containsExactlyInAnyOrder("policy.handed-in", "policy.activated", "policy.rolled-back");
        assertThat(acts.toString()).doesNotContain("for the test");
    }

    @Test
    void nothingOfItCanBeChanged() {
        activations.store("for ever", "a: 1", "ada");
        activations.put("for ever", Kind.ACTIVATION, REASON, newest);

        for (String change : List.of(
                "update routing_policy set body = 'a: 2'",
                "delete from routing_policy",
                "truncate routing_policy",
                "update routing_activation set version = 'another'",
                "delete from routing_activation",
                "truncate routing_activation")) {
            assertThatThrownBy(() -> POSTGRES.tables().useHandle(handle -> handle.execute(change)))
                    .as(change)
                    .hasMessageContaining("append-only");
        }
    }

    private long newest() {
        List<Activation> all = activations.all();
        return all.isEmpty() ? 0 : all.getLast().number();
    }
}
