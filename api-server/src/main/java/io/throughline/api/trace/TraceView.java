package io.throughline.api.trace;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The line of events of one subject; {@code intact} says that each entry's hash follows from the one before. */
@Schema(name = "Trace")
public record TraceView(String subject, boolean intact, List<Entry> entries) {

    public static TraceView of(String subject, Trace trace) {
        return new TraceView(
                subject,
                trace.firstBroken(subject).isEmpty(),
                trace.of(subject).stream().map(Entry::of).toList());
    }

    @Schema(name = "TraceEntry")
    public record Entry(long seq, Instant at, String kind, String summary, Map<String, String> detail, String hash) {
        static Entry of(TraceEntry entry) {
            return new Entry(
                    entry.seq(),
                    entry.at(),
                    entry.kind(),
                    entry.summary(),
                    new TreeMap<>(entry.detail()),
                    entry.hash());
        }
    }
}
