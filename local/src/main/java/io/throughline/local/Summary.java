package io.throughline.local;

import io.throughline.local.Ports.Use;
import java.net.URI;

/** The addresses that a person needs while a stack is up. */
final class Summary {
    private static final String ROW = "  %-17s %s%n";

    private Summary() {}

    static String of(Stack stack) {
        StringBuilder table = new StringBuilder(String.format("%nThroughline is up.%n"));
        TemporalServer temporal = stack.temporal();
        table.append(String.format(ROW, "Console", console(stack) + ", with the API key"))
                .append(String.format(ROW, "API", stack.api()))
                .append(String.format(
                        ROW,
                        "API key",
                        stack.newLocalApiKey().map(key -> key + ", kept in ").orElse("in ") + stack.localApiKeyFile()))
                .append(String.format(ROW, "Temporal UI", ui(temporal)))
                .append(String.format(ROW, "Temporal", temporal.target() + ", namespace " + temporal.namespace()))
                .append(String.format(ROW, "Sandbox control", stack.sandboxControl()))
                .append(String.format(
                        ROW,
                        "PostgreSQL",
                        stack.database().jdbcUrl(Stack.DATABASE) + ", user " + EmbeddedDatabase.USER + ", password in "
                                + stack.directory().resolve("postgres/password")))
                .append(String.format(
                        ROW, "Metrics", metrics(stack, Use.WORKER_ADMIN) + " and " + metrics(stack, Use.API_ADMIN)))
                .append(String.format(ROW, "Logs", stack.directory().resolve("logs")));
        if (stack.options().parts().contains(StackPart.ERP)) {
            table.append(String.format(ROW, "Tryton", StackEnvironment.local(stack.port(Use.REAL_TRYTON))));
        }
        if (!temporal.real()) {
            table.append(banner(temporal));
        }
        return table.toString();
    }

    /** The few by which one looks at orders. */
    static String forALook(Stack stack) {
        return String.format("%nWhere to look at the orders:%n")
                + String.format(ROW, "Console", console(stack) + ", with the key in " + stack.localApiKeyFile())
                + String.format(ROW, "Temporal UI", ui(stack.temporal()))
                + String.format(ROW, "API", stack.api() + "/v1/orders, with the key in " + stack.localApiKeyFile())
                + String.format(ROW, "Metrics", metrics(stack, Use.WORKER_ADMIN));
    }

    private static String console(Stack stack) {
        return stack.api() + "/console";
    }

    private static String ui(TemporalServer temporal) {
        return temporal.ui().map(URI::toString).orElse("none: the in-memory server has no UI");
    }

    private static URI metrics(Stack stack, Use adminPort) {
        return StackEnvironment.local(stack.port(adminPort)).resolve("/metrics");
    }

    private static String banner(TemporalServer temporal) {
        String line = "*".repeat(80);
        return String.format("%n%s%n%s%n%s%n", line, temporal.describe(), line);
    }
}
