package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import io.throughline.workflows.counter.CounterReturnWorkflow;
import io.throughline.workflows.fulfillment.FulfillmentRerouteWorkflow;
import io.throughline.workflows.order.OrderToCashWorkflow;
import io.throughline.workflows.returns.ReturnWorkflow;
import io.throughline.workflows.sale.StoreDayWorkflow;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The views of docs/temporal-views.md ask for what there is. */
final class TemporalViewsTest {
    private static final Pattern VIEW = Pattern.compile("\\[`([^`]+)`]\\([^)]*\\?query=([^)]+)\\)");
    private static final Pattern NAME = Pattern.compile("([A-Z][A-Za-z]+) (?:=|<|in)(?: |$)");
    private static final Pattern VALUE = Pattern.compile("\"([^\"]+)\"");
    private static final Set<String> OF_TEMPORAL = Set.of("WorkflowType", "ExecutionStatus");
    private static final Set<String> TYPES = Stream.of(
                    OrderToCashWorkflow.class,
                    FulfillmentRerouteWorkflow.class,
                    ReturnWorkflow.class,
                    CounterReturnWorkflow.class,
                    StoreDayWorkflow.class)
            .map(type -> POJOWorkflowInterfaceMetadata.newInstance(type)
                    .getWorkflowType()
                    .orElseThrow())
            .collect(Collectors.toSet());

    @Test
    void askForSearchAttributesThatThereAreAndForEachOfThem() throws IOException {
        Set<String> asked = views().stream()
                .flatMap(view -> NAME.matcher(view.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        asked.removeAll(OF_TEMPORAL);

        assertThat(asked).containsExactlyInAnyOrderElementsOf(TemporalNamespace.SEARCH_ATTRIBUTES.keySet());
    }

    @Test
    void askForKindsOfProcessesThatThereAre() throws IOException {
        Set<String> asked = views().stream()
                .flatMap(view -> Stream.of(view.group(1).split(" and ", -1)))
                .filter(term -> term.startsWith("WorkflowType"))
                .flatMap(term -> VALUE.matcher(term).results())
                .map(value -> value.group(1))
                .collect(Collectors.toSet());

        assertThat(asked).isEqualTo(TYPES);
    }

    @Test
    void leadToWhatTheySay() throws IOException {
        assertThat(views())
                .hasSizeGreaterThan(10)
                .allSatisfy(view -> assertThat(URLDecoder.decode(view.group(2), StandardCharsets.UTF_8))
                        .isEqualTo(view.group(1)));
    }

    private static List<MatchResult> views() throws IOException {
        String page = Files.readString(Main.projectDirectory().resolve("docs/temporal-views.md"));
        return VIEW.matcher(page).results().toList();
    }
}
