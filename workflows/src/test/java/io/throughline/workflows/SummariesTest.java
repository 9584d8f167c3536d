package io.throughline.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import io.throughline.workflows.ReplayTest.Recorded;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads a history in Temporal's UI sees what each step and each timer is for. */
class SummariesTest {
    private static final Set<EventType> TOLD =
            EnumSet.of(EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED);

    /** One way through each process. */
    static Stream<Recorded> processes() {
        return ReplayTest.paths()
                .collect(Collectors.toMap(Recorded::process, one -> one, (first, second) -> first))
                .values()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void everyTimerAndEveryStepSaysWhatItIsFor(Recorded recorded) {
        List<HistoryEvent> told = recorded.played().get().getEvents().stream()
                .filter(event -> TOLD.contains(event.getEventType()))
                .toList();

        assertThat(told)
                .allSatisfy(
                        event -> assertThat(summary(event)).as(event.toString()).isNotBlank());
    }

    private static String summary(HistoryEvent event) {
        String summary = DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                event.getUserMetadata().getSummary(), String.class, String.class);
        return summary == null ? "" : summary;
    }
}
