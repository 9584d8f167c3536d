package io.throughline.sandbox.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One HTTP address on virtual threads. What answers may also ask for the connection to be cut. */
final class SystemServer implements AutoCloseable {

    static {
        // Without it the JDK's server waits 40 ms for an acknowledgement in the middle of a small answer.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    /** How an exchange ends. */
    sealed interface Outcome {
        /** The whole answer. */
        record Answer(Response response) implements Outcome {}

        /** The head and half of the body, then the end of the connection. */
        record HalfAnswer(Response response) implements Outcome {}

        /** The end of the connection without a byte. */
        record Cut() implements Outcome {}
    }

    /** What answers. */
    @FunctionalInterface
    interface Handler {
        Outcome handle(Request request) throws InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SystemServer(String host, int port, Handler handler) {
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 256);
        } catch (IOException failure) {
            throw new IllegalStateException(
                    "Cannot listen on " + host + ":" + port + ": " + failure.getMessage(), failure);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, handler));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void serve(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            switch (handler.handle(request(exchange))) {
                case Outcome.Answer(Response response) -> write(exchange, response, response.body().length);
                case Outcome.HalfAnswer(Response response) -> write(exchange, response, response.body().length / 2);
                case Outcome.Cut() -> {
                    // Closing an exchange that was not answered closes its connection.
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                body);
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw == null) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void write(HttpExchange exchange, Response response, int length) throws IOException {
        byte[] body = response.body();
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(name, List.of(value)));
        boolean silent = body.length == 0 || "HEAD".equals(exchange.getRequestMethod());
        exchange.sendResponseHeaders(response.status(), silent ? -1 : body.length);
        if (!silent) {
            OutputStream out = exchange.getResponseBody();
            out.write(body, 0, length);
            out.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
