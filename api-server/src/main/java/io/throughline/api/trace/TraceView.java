package io.throughline.api.trace;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceEntry;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The line of events of one subject; {@code intact} says that each entry's hash follows from the one before. */
@Schema(name = "Trace")
public record TraceView(String subject, boolean intact, List<Entry> entries) {

    /** Of a line that no process tells. */
    public static TraceView of(String subject, Trace trace) {
        return read(subject, trace, entry -> Optional.empty());
    }

    public static TraceView of(String subject, Trace trace, TraceProcesses processes) {
        return read(subject, trace, processes::of);
    }

    private static TraceView read(String subject, Trace trace, Function<TraceEntry, Optional<ProcessLink>> processes) {
        return new TraceView(
                subject,
                trace.firstBroken(subject).isEmpty(),
                trace.of(subject).stream()
                        .map(entry -> Entry.of(entry, processes.apply(entry)))
                        .toList());
    }

    @Schema(name = "TraceEntry")
    public record Entry(
            long seq,
            Instant at,
            String kind,
            String summary,
            Map<String, String> detail,
            String hash,

            @Schema(description = "The run whose step has written it; else the process that it tells of, if any")
            Optional<ProcessLink> process) {
        static Entry of(TraceEntry entry, Optional<ProcessLink> process) {
            return new Entry(
                    entry.seq(),
                    entry.at(),
                    entry.kind(),
                    entry.summary(),
                    new TreeMap<>(entry.detail()),
                    entry.hash(),
                    process);
        }
    }

    /**
     * A workflow of Temporal; {@code link} shows the history of the run in the Temporal UI, or the last run where it is not known, and
     * {@code eventLink} the step's event in it.
     */
    @Schema(name = "TraceProcess", description = "Where Temporal has the process, as long as it remembers the run")
    public record ProcessLink(
            String workflowId,
            URI link,

            @Schema(description = "Left out where no step of a process has written the entry")
            Optional<String> runId,

            @Schema(
                    description =
                            "The step; the event that scheduled it in the history of the run, or its marker, bears it")
            Optional<String> activityId,

            @Schema(
                    description =
                            "The number of that event. It is looked up within a minute or so after the entry was written;"
                                    + " left out until then, and where Temporal had forgotten the run by then")
            Optional<Long> event,

            @Schema(description = "The event in the Temporal UI; left out with the event")
            Optional<URI> eventLink) {}
}
