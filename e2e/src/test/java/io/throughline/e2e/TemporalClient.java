package io.throughline.e2e;

import io.throughline.local.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who has only Temporal's own command line, and pastes into it what is shown. */
final class TemporalClient {
    private static final Pattern WORKFLOW = Pattern.compile("\"workflowId\":\\s*\"([^\"]+)\"");

    private final Shell shell;

    TemporalClient(Stack stack) {
        Path program = stack.temporal()
                .client()
                .orElseGet(() -> Untested.because(
                        "DECISIONS ARE NOT TESTED WITH TEMPORAL'S CLIENT: there is no real Temporal on this machine"));
        // The cached program has its version in its name.
        this.shell = new Shell(
                "temporal() { '" + program + "' \"$@\"; }",
                Map.of("TEMPORAL_ADDRESS", stack.temporal().target()));
    }

    Shell.Said paste(String command) {
        return shell.paste(command);
    }

    /** The processes that a saved view shows. */
    List<String> list(String query) {
        Shell.Said said = paste("temporal workflow list --limit 1000 --output json --query '" + query + "'");
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
        Shell.Said said = paste("temporal workflow metadata --workflow-id '" + workflow + "'");
        if (!said.well()) {
            throw new IllegalStateException(said.words());
        }
        Matcher matcher = wanted.matcher(said.words());
        return matcher.results().map(found -> found.group(1)).distinct().toList();
    }
}
