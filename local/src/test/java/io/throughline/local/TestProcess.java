package io.throughline.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Stands for one of Throughline's processes: answers on the port that the stack waits for, shows a variable of its environment on
 * {@code /variable/NAME}, and ends itself on {@code /die}. As the api-server it makes the local key.
 */
public final class TestProcess {
    private static final Map<String, String> PORT_VARIABLES = Map.of(
            "sandbox", "SANDBOX_CONTROL_PORT",
            "worker", "THROUGHLINE_WORKER_ADMIN_PORT",
            "api-server", "THROUGHLINE_API_ADMIN_PORT");

    private TestProcess() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String name = System.getProperty("throughline.process", "");
        if (name.equals(System.getenv("TEST_FAILS_AT_START"))) {
            System.err.println("the configuration has no valid setting for anything");
            System.exit(3);
        }
        makeKey(System.getenv("THROUGHLINE_LOCAL_KEY_FILE"), name);
        int port = Integer.parseInt(System.getenv(PORT_VARIABLES.get(name)));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/die")) {
                System.err.println("dying on request");
                Runtime.getRuntime().halt(137);
            }
            String answer = path.startsWith("/variable/")
                    ? String.valueOf(System.getenv(path.substring("/variable/".length())))
                    : "ready";
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println(name + " listens on " + port + " with arguments " + String.join(" ", arguments));
        new CountDownLatch(1).await();
    }

    /** The api-server's is kept from its first start on. */
    private static void makeKey(@Nullable String named, String process) throws IOException {
        if (named != null && process.equals("api-server") && Files.notExists(Path.of(named))) {
            Files.writeString(Path.of(named), "tl_local_" + System.nanoTime());
        }
    }
}
