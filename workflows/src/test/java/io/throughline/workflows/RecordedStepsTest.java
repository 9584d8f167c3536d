package io.throughline.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityInterface;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no recorded history goes through could change under what is running, and no replay would tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedStepsTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Pattern ASKED_VERSION =
            Pattern.compile("Workflow\\.getVersion\\(\\s*(\\w+),\\s*Workflow\\.DEFAULT_VERSION,\\s*(\\d+)\\)");

    private List<List<HistoryEvent>> histories;

    @BeforeAll
    void read() throws IOException {
        histories = RecordedHistories.all().stream()
                .map(history -> history.getHistory())
                .map(History::getEventsList)
                .toList();
    }

    @Test
    void eachStepIsTakenInARecordedHistory() throws IOException {
        List<String> steps = sources()
                .filter(source -> source.getFileName().toString().endsWith("Steps.java"))
                .map(RecordedStepsTest::contract)
                .flatMap(contract -> POJOActivityInterfaceMetadata.newInstance(contract).getMethodsMetadata().stream())
                .map(POJOActivityMethodMetadata::getActivityTypeName)
                .toList();

        assertThat(steps).hasSizeGreaterThan(50);
        Set<String> taken = events().flatMap(RecordedStepsTest::step).collect(Collectors.toSet());
        assertThat(steps)
                .as("of which a path is to be recorded")
                .filteredOn(step -> !taken.contains(step))
                .isEmpty();
    }

    @Test
    void eachContractOfStepsIsNamedSo() throws IOException {
        assertThat(sources().filter(source -> text(source).contains("@ActivityInterface(")))
                .isNotEmpty()
                .allSatisfy(
                        source -> assertThat(source.getFileName().toString()).endsWith("Steps.java"));
    }

    @Test
    void eachChangeIsGoneThroughAsItIsNow() throws IOException {
        List<String> changes = sources().flatMap(RecordedStepsTest::changes).toList();

        assertThat(changes).isNotEmpty();
        Set<String> asked = events().flatMap(RecordedStepsTest::change).collect(Collectors.toSet());
        assertThat(changes)
                .as("of which a path is to be recorded")
                .filteredOn(change -> !asked.contains(change))
                .isEmpty();
    }

    /** Whoever asks in another form would be missed above. */
    @Test
    void noVersionIsAskedForInAnotherForm() throws IOException {
        assertThat(sources())
                .allSatisfy(source -> assertThat(
                                ASKED_VERSION.matcher(text(source)).results().count())
                        .as(source.toString())
                        .isEqualTo(text(source).split("Workflow\\.getVersion\\(", -1).length - 1));
    }

    @Test
    void anOrderGoesOnInAnotherRunInARecordedHistory() {
        assertThat(histories.stream().filter(RecordedStepsTest::isOfAnOrder).map(List::getLast))
                .extracting(HistoryEvent::getEventType)
                .contains(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);
    }

    private static boolean isOfAnOrder(List<HistoryEvent> history) {
        return history.getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getWorkflowType()
                .getName()
                .equals("OrderToCash");
    }

    private Stream<HistoryEvent> events() {
        return histories.stream().flatMap(List::stream);
    }

    /** Through a queue, or inside the process. */
    private static Stream<String> step(HistoryEvent event) {
        return event.hasActivityTaskScheduledEventAttributes()
                ? Stream.of(event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName())
                : marked(event, "LocalActivity").map(marker -> detail(marker, "type", String.class));
    }

    private static Stream<String> change(HistoryEvent event) {
        return marked(event, "Version")
                .map(marker ->
                        detail(marker, "changeId", String.class) + " " + detail(marker, "version", Integer.class));
    }

    private static Stream<MarkerRecordedEventAttributes> marked(HistoryEvent event, String name) {
        return Stream.of(event.getMarkerRecordedEventAttributes())
                .filter(marker -> marker.getMarkerName().equals(name));
    }

    private static <T> T detail(MarkerRecordedEventAttributes marker, String name, Class<T> type) {
        Payloads value = marker.getDetailsOrThrow(name);
        return DefaultDataConverter.STANDARD_INSTANCE.fromPayloads(0, Optional.of(value), type, type);
    }

    /** By its id and its newest version. */
    private static Stream<String> changes(Path source) {
        String text = text(source);
        return ASKED_VERSION.matcher(text).results().map(asked -> id(text, asked) + " " + asked.group(2));
    }

    private static String id(String text, MatchResult asked) {
        Matcher constant =
                Pattern.compile("String " + asked.group(1) + " = \"([^\"]+)\"").matcher(text);
        assertThat(constant.find()).as("constant " + asked.group(1)).isTrue();
        return constant.group(1);
    }

    private static Class<?> contract(Path source) {
        String path = MAIN.relativize(source).toString();
        String name = path.substring(0, path.length() - ".java".length()).replace('/', '.');
        try {
            Class<?> contract = Class.forName(name);
            assertThat(contract).hasAnnotation(ActivityInterface.class);
            return contract;
        } catch (ClassNotFoundException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> found = Files.walk(MAIN)) {
            return found.filter(source -> source.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
