package io.throughline.workflows.catalog;

import java.time.Duration;

/** How it ended, and after what time the next one is due. */
public record SyncOutcome(String words, Duration rest) {}
