package io.throughline.domain.tracing;

/** Where finished spans go. It neither waits nor throws, for whatever is traced must not suffer from it. Safe for many threads. */
@FunctionalInterface
public interface SpanSink {
    void ended(FinishedSpan span);
}
