package io.throughline.connectors.shopify.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.throughline.connectors.shopify.SampleShops;
import io.throughline.connectors.shopify.ShopifyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A shop that answers with what a test has recorded, in order, and hands out numbered tokens. */
public final class TestingShop implements AutoCloseable {
    public static final String COST =
            "\"extensions\":{\"cost\":{\"requestedQueryCost\":%d,\"throttleStatus\":{\"maximumAvailable\":1000.0,"
                    + "\"currentlyAvailable\":%d,\"restoreRate\":50.0}}}";

    /** One answer of the shop; may also break the connection. */
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile Optional<Answer> tokenAnswer = Optional.empty();

    public TestingShop() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/admin/oauth/access_token", this::token);
        server.createContext("/admin/api/2026-10/graphql.json", this::graphql);
        server.start();
    }

    public ShopifyConfig config() {
        return SampleShops.northwind()
                .withBaseUrl(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    public TestingShop answer(Answer answer) {
        synchronized (answers) {
            answers.add(answer);
        }
        return this;
    }

    public TestingShop answer(int status, String body) {
        return answer(exchange -> send(exchange, status, body));
    }

    public TestingShop answer(byte[] body) {
        return answer(200, new String(body, StandardCharsets.UTF_8));
    }

    public TestingShop answerTokensWith(Answer answer) {
        tokenAnswer = Optional.of(answer);
        return this;
    }

    /** An answer that never comes. */
    public Answer hang() {
        return exchange -> {
            try {
                closing.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    /** Headers that promise more than the half of the body that follows. */
    public static Answer truncated(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** The bodies of the GraphQL calls so far, each behind the token that came with it. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public int tokensGiven() {
        return tokens.get();
    }

    private void token(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (tokenAnswer.isPresent()) {
            tokenAnswer.get().give(exchange);
            return;
        }
        send(
                exchange,
                200,
                "{\"access_token\":\"token-" + tokens.incrementAndGet() + "\",\"scope\":\"\",\"expires_in\":86399}");
    }

    private void graphql(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestHeaders().getFirst("X-Shopify-Access-Token") + " " + body);
        Answer answer;
        synchronized (answers) {
            answer = answers.isEmpty() ? unexpected -> send(unexpected, 500, "no answer recorded") : answers.remove();
        }
        answer.give(exchange);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
