package io.throughline.sandbox.core;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscriber's address: keeps what was posted to it, and refuses as often as it is told. */
public final class TestingReceiver implements AutoCloseable {

    /** One message as it came in, header names in lower case. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Message(Map<String, String> headers, byte[] body) {}

    private final HttpServer server;
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final List<Message> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    public TestingReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                Map<String, String> headers = new LinkedHashMap<>();
                exchange.getRequestHeaders()
                        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
                Message message = new Message(headers, exchange.getRequestBody().readAllBytes());
                boolean refuse = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                all.add(message);
                queue.add(message);
                exchange.sendResponseHeaders(refuse ? 500 : 200, -1);
            }
        });
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks");
    }

    public void refuseNext(int times) {
        refusals.set(times);
    }

    /** The next message, in the order of arrival; fails the test when none comes. */
    public Message next() throws InterruptedException {
        Message message = queue.poll(5, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message came within five seconds");
        }
        return message;
    }

    /** True when nothing more comes within the time. */
    public boolean staysSilent(Duration time) throws InterruptedException {
        return queue.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    public List<Message> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
