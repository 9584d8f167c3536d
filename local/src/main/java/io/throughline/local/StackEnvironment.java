package io.throughline.local;

import io.throughline.local.Ports.Use;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The variables by which a stack's processes find each other; the configuration files refer to them by these names. */
final class StackEnvironment {
    private StackEnvironment() {}

    static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    static Map<String, String> variables(Ports ports, Path directory) {
        Map<String, String> variables = new HashMap<>();
        variables.put(
                "THROUGHLINE_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + ports.port(Use.POSTGRES) + "/" + Stack.DATABASE);
        variables.put("THROUGHLINE_DATABASE_USER", EmbeddedDatabase.USER);
        variables.put("TEMPORAL_ADDRESS", "127.0.0.1:" + ports.port(Use.TEMPORAL));
        variables.put("TEMPORAL_NAMESPACE", TemporalNamespace.NAME);
        variables.put("TEMPORAL_UI_URL", local(ports.port(Use.TEMPORAL_UI)).toString());
        variables.put("THROUGHLINE_API_PORT", Integer.toString(ports.port(Use.API)));
        variables.put("THROUGHLINE_API_ADMIN_PORT", Integer.toString(ports.port(Use.API_ADMIN)));
        variables.put("THROUGHLINE_WORKER_ADMIN_PORT", Integer.toString(ports.port(Use.WORKER_ADMIN)));
        variables.put("THROUGHLINE_PUBLIC_URL", local(ports.port(Use.API)).toString());
        variables.put("THROUGHLINE_SUBSCRIBERS_ON_LOOPBACK", "true");
        variables.put("THROUGHLINE_LOCAL_KEY_FILE", directory.resolve("api-key").toString());
        variables.put("SANDBOX_DATA", directory.resolve("sandbox.db").toString());
        variables.put("SANDBOX_CONTROL_PORT", Integer.toString(ports.port(Use.SANDBOX_CONTROL)));
        variables.put("SANDBOX_SQUARE_WEBHOOK_URL", local(ports.port(Use.API)) + "/webhooks/square");
        outside(variables, "SHOPIFY", ports.port(Use.SHOPIFY));
        outside(variables, "SQUARE", ports.port(Use.SQUARE));
        outside(variables, "TRYTON", ports.port(Use.TRYTON));
        outside(variables, "MESSAGING", ports.port(Use.MESSAGING));
        outside(variables, "CARRIER", ports.port(Use.CARRIER));
        outside(variables, "MARKETPLACE", ports.port(Use.MARKETPLACE));
        return variables;
    }

    private static void outside(Map<String, String> variables, String system, int port) {
        variables.put(system + "_BASE_URL", local(port).toString());
        variables.put("SANDBOX_" + system + "_PORT", Integer.toString(port));
    }
}
