package io.throughline.local;

import java.nio.file.Path;

/** The program that serves Temporal's API, as the chain of {@link TemporalInstaller} found it. */
public sealed interface TemporalProgram {
    /** For a person: what it is, and what is missing when it is not the real one. */
    String description();

    /** Temporal's own development server: persistent, with UI and visibility. */
    record DevelopmentServer(Path executable, String origin) implements TemporalProgram {
        @Override
        public String description() {
            return "Temporal development server (" + origin + ")";
        }
    }

    /** The SDK's in-memory test server, when no real one can be had. */
    record InMemory(String reason) implements TemporalProgram {
        @Override
        public String description() {
            return "Temporal's in-memory test server, because " + reason
                    + ". Missing: the web UI, visibility (lists and search attributes), schedules, reset, and all processes are forgotten"
                    + " when it stops.";
        }
    }
}
