package io.throughline.api.console;

import io.throughline.api.trace.TraceView;
import java.util.Map;

/** One entry of a subject's line. */
public record TraceRow(long seq, Moment at, String kind, String summary, Map<String, String> detail) {
    public static TraceRow of(TraceView.Entry entry, Moments moments) {
        return new TraceRow(entry.seq(), moments.of(entry.at()), entry.kind(), entry.summary(), entry.detail());
    }
}
