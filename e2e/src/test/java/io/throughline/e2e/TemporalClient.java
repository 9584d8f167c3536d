package io.throughline.e2e;

import io.throughline.local.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who has only Temporal's own command line, and pastes into it what is shown. */
final class TemporalClient {
    private static final Pattern WORKFLOW = Pattern.compile("\"workflowId\":\\s*\"([^\"]+)\"");

    private final Stack stack;
    private final Path program;

    TemporalClient(Stack stack) {
        this.stack = stack;
        this.program = stack.temporal()
                .client()
                .orElseGet(() -> Untested.because(
                        "DECISIONS ARE NOT TESTED WITH TEMPORAL'S CLIENT: there is no real Temporal on this machine"));
    }

    /** What it said, and whether it was content with what it did. */
    record Said(boolean well, String words) {}

    /** As in a shell. */
    Said paste(String command) {
        try {
            // The cached program has its version in its name.
            String known = "temporal() { '" + program + "' \"$@\"; }\n" + command;
            ProcessBuilder shell = new ProcessBuilder("bash", "-c", known).redirectErrorStream(true);
            shell.environment().put("TEMPORAL_ADDRESS", stack.temporal().target());
            Process process = shell.start();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor() == 0, words);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The processes that a saved view shows. */
    List<String> list(String query) {
        Said said = paste("temporal workflow list --limit 1000 --output json --query '" + query + "'");
        if (!said.well()) {
            throw new IllegalStateException(said.words());
        }
        return WORKFLOW.matcher(said.words())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    /** Whatever in the current details of a process fits. */
    List<String> shown(String workflow, Pattern wanted) {
        Said said = paste("temporal workflow metadata --workflow-id '" + workflow + "'");
        if (!said.well()) {
            throw new IllegalStateException(said.words());
        }
        Matcher matcher = wanted.matcher(said.words());
        return matcher.results().map(found -> found.group(1)).distinct().toList();
    }
}
