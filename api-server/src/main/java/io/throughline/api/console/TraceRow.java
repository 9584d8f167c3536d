package io.throughline.api.console;

import io.throughline.api.trace.TraceView;
import java.util.Map;
import java.util.Optional;

/** One entry of a subject's line, and the process that it tells of. */
public record TraceRow(
        long seq,
        Moment at,
        String kind,
        String summary,
        Map<String, String> detail,
        Optional<TraceView.ProcessLink> process) {
    public static TraceRow of(TraceView.Entry entry, Moments moments) {
        return new TraceRow(
                entry.seq(), moments.of(entry.at()), entry.kind(), entry.summary(), entry.detail(), entry.process());
    }
}
