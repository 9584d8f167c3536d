package io.throughline.local;

import io.throughline.local.Ports.Use;
import java.net.URI;

/** The table of addresses that a person needs once a stack is up. */
final class Summary {
    private static final String ROW = "  %-17s %s%n";

    private Summary() {}

    static String of(Stack stack) {
        StringBuilder table = new StringBuilder(String.format("%nThroughline is up.%n"));
        TemporalServer temporal = stack.temporal();
        table.append(String.format(ROW, "API and console", stack.api()))
                .append(String.format(
                        ROW,
                        "API key",
                        stack.newLocalApiKey().map(key -> key + ", kept in ").orElse("in ") + stack.localApiKeyFile()))
                .append(String.format(
                        ROW, "Temporal UI", temporal.ui().map(URI::toString).orElse("none")))
                .append(String.format(ROW, "Temporal", temporal.target() + ", namespace " + temporal.namespace()))
                .append(String.format(ROW, "Sandbox control", stack.sandboxControl()))
                .append(String.format(
                        ROW,
                        "PostgreSQL",
                        stack.database().jdbcUrl(Stack.DATABASE) + ", user " + EmbeddedDatabase.USER + ", password in "
                                + stack.directory().resolve("postgres/password")))
                .append(String.format(ROW, "Logs", stack.directory().resolve("logs")));
        if (stack.options().parts().contains(StackPart.ERP)) {
            table.append(String.format(ROW, "Tryton", StackEnvironment.local(stack.port(Use.REAL_TRYTON))));
        }
        if (!temporal.real()) {
            table.append(banner(temporal));
        }
        return table.toString();
    }

    private static String banner(TemporalServer temporal) {
        String line = "*".repeat(80);
        return String.format("%n%s%n%s%n%s%n", line, temporal.describe(), line);
    }
}
