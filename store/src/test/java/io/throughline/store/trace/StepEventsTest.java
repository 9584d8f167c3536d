package io.throughline.store.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.StepEvents;
import io.throughline.domain.trace.StepEvents.Settled;
import io.throughline.domain.trace.StepEvents.Sought;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The step of each entry is looked for until its event is known, or known to be none. */
class StepEventsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Trace trace = POSTGRES.database().trace();
    private final StepEvents events = POSTGRES.database().stepEvents();
    private final UUID run = UUID.randomUUID();
    private final String subject = "subject/" + run;

    @Test
    void aStepIsLookedForBehindItsEntryAndByOneWorker() {
        tell("a-1", "begun");
        trace.append(subject, "by hand", "test.told", "no step of it", Map.of());

        assertThat(mine()).as("its task is still under way").isEmpty();
        allIsDue();
        assertThat(mine()).extracting(Sought::step).containsExactly(step("a-1"));
        assertThat(mine()).as("somebody has it").isEmpty();
        allIsDue();
        assertThat(mine()).as("who had it went away").hasSize(1);
    }

    @Test
    void itsEventStandsBesideAllItsEntriesAndTheChainIsTheSame() {
        tell("a-1", "begun");
        tell("a-1", "ended");
        tell("a-2", "other");
        assertThat(known()).containsExactly(Optional.empty(), Optional.empty(), Optional.empty());
        allIsDue();
        Sought first = mine().getFirst();

        events.settle(List.of(new Settled(first, Optional.of(5L))));
        events.settle(List.of(new Settled(first, Optional.of(6L))));

        assertThat(known()).containsExactly(Optional.of(5L), Optional.of(5L), Optional.empty());
        assertThat(trace.firstBroken(subject)).isEmpty();
        allIsDue();
        assertThat(mine())
                .extracting(Sought::step)
                .as("what is known is not asked for")
                .containsExactly(step("a-2"));
    }

    @Test
    void whatIsGoneIsNotAskedForAgain() {
        tell("a-1", "begun");
        allIsDue();
        events.settle(
                mine().stream().map(one -> new Settled(one, Optional.empty())).toList());

        tell("a-1", "told again");
        allIsDue();

        assertThat(mine()).isEmpty();
        assertThat(known()).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void whatWasPutOffIsDueLater() {
        tell("a-1", "begun");
        allIsDue();
        List<Sought> taken = mine();

        events.putOff(taken, Duration.ofHours(1));
        assertThat(mine()).isEmpty();
        events.putOff(taken, Duration.ZERO);
        assertThat(mine()).isEqualTo(taken);
    }

    private void tell(String activity, String what) {
        step(activity).call(() -> {
            trace.append(subject, what, "test.told", what, Map.of());
            return true;
        });
    }

    private StepAttempt step(String activity) {
        return new StepAttempt("order/northwind/1501", run, activity);
    }

    /** Of this test's run; what others have left is put aside. */
    private List<Sought> mine() {
        return events.take(1000).stream()
                .filter(one -> one.step().runId().equals(run))
                .toList();
    }

    private List<Optional<Long>> known() {
        return trace.of(subject).stream().map(TraceEntry::event).toList();
    }

    private void allIsDue() {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute("update trace_step_sought set due_at = clock_timestamp()"));
    }
}
