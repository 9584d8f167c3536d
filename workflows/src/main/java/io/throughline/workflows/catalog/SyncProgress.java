package io.throughline.workflows.catalog;

/** How far the taking in of a catalogue has come, and what to read of it. */
public record SyncProgress(Phase phase, int percent, String words) {
    /** What is waited for. */
    public enum Phase {
        /** The system makes its export. */
        EXPORTING,
        READING,
        READ
    }
}
