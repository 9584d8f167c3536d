package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Posts messages to subscribers in the background, tries again as the vendor's policy says, and lets webhook faults meddle.
 * What was sent, and what came of it, can be listed. A message asked for inside a transaction goes out once it is committed.
 */
public final class Webhooks implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

    private final Database database;
    private final Clock clock;
    private final Rules<WebhookFault> rules = new Rules<>();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .executor(senders)
            .build();
    private final Map<String, AtomicReference<CountDownLatch>> nextSent = new ConcurrentHashMap<>();

    Webhooks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public void send(Delivery delivery) {
        send(delivery, DeliveryPolicy.STANDARD);
    }

    public void send(Delivery delivery, DeliveryPolicy policy) {
        database.afterCommit(() -> submit(() -> dispatch(delivery, policy)));
    }

    /** Returns the rule's id. */
    public String addFault(WebhookFault fault) {
        return rules.add(fault.id(), fault, fault.after(), fault.times());
    }

    List<Rules.Armed<WebhookFault>> faults() {
        return rules.list();
    }

    public boolean removeFault(String id) {
        return rules.remove(id);
    }

    public void clearFaults() {
        rules.clear();
    }

    /** Messages in the order they were asked for: outcome is pending, delivered, failed, lost or refused. */
    public List<JsonNode> sent(Optional<String> system, long sinceSequence) {
        return sent(system, sinceSequence, "");
    }

    /** Those whose subject or body contains {@code about}. */
    List<JsonNode> sent(Optional<String> system, long sinceSequence, String about) {
        return database.query(
                Webhooks::row,
                "SELECT * FROM webhook WHERE seq > ? AND (? = '' OR system = ?)"
                        + " AND instr(subject || ' ' || body, ?) > 0 ORDER BY seq",
                sinceSequence,
                system.orElse(""),
                system.orElse(""),
                about);
    }

    private void submit(Runnable task) {
        if (!senders.isShutdown()) {
            senders.execute(() -> unlessClosed(task));
        }
    }

    private void unlessClosed(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            if (!senders.isShutdown()) {
                throw failure;
            }
        }
    }

    private void dispatch(Delivery delivery, DeliveryPolicy policy) {
        Optional<WebhookFault> fault =
                rules.take(rule -> rule.matches(delivery)).map(Rules.Armed::rule);
        try {
            if (fault.isEmpty()) {
                deliver(delivery, policy, "", Duration.ZERO);
            } else {
                meddle(fault.get(), delivery, policy);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void meddle(WebhookFault fault, Delivery delivery, DeliveryPolicy policy) throws InterruptedException {
        switch (fault.kind()) {
            case DUPLICATE -> {
                submit(() -> quietly(delivery, policy));
                deliver(delivery, policy, "duplicate", Duration.ZERO);
            }
            case REORDER -> {
                CountDownLatch other = latch(delivery.system());
                long sequence = record(delivery, "reorder", "pending");
                boolean overtaken = other.await(fault.delayMillis(), TimeUnit.MILLISECONDS);
                attempts(sequence, delivery, policy, !overtaken);
            }
            case LATE -> deliver(delivery, policy, "late", Duration.ofMillis(fault.delayMillis()));
            case LOST -> {
                long sequence = record(delivery, "lost", "lost");
                mark(sequence, 0, "lost");
            }
            case FORGED -> {
                Delivery forged = forge(delivery);
                long sequence = record(forged, "forged", "pending");
                mark(sequence, 1, post(forged, policy, 1) ? "delivered" : "refused");
                deliver(delivery, policy, "", Duration.ZERO);
            }
        }
    }

    private void quietly(Delivery delivery, DeliveryPolicy policy) {
        try {
            deliver(delivery, policy, "duplicate", Duration.ZERO);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Delivery delivery, DeliveryPolicy policy, String fault, Duration wait)
            throws InterruptedException {
        long sequence = record(delivery, fault, "pending");
        Thread.sleep(wait);
        attempts(sequence, delivery, policy, true);
    }

    private void attempts(long sequence, Delivery delivery, DeliveryPolicy policy, boolean release)
            throws InterruptedException {
        for (int attempt = 1; attempt <= policy.retries() + 1; attempt++) {
            if (attempt > 1) {
                Thread.sleep(policy.waitBefore(attempt - 1));
                if (!policy.stillWanted(delivery)) {
                    mark(sequence, attempt - 1, "failed");
                    return;
                }
            }
            boolean accepted = post(delivery, policy, attempt);
            mark(sequence, attempt, accepted ? "delivered" : "pending");
            policy.attempted(delivery, attempt, accepted);
            if (release) {
                releaseHeldBack(delivery.system());
            }
            if (accepted) {
                return;
            }
        }
        mark(sequence, policy.retries() + 1, "failed");
    }

    private boolean post(Delivery delivery, DeliveryPolicy policy, int attempt) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(delivery.target())
                .timeout(policy.answerWithin())
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
        policy.headers(delivery, attempt).forEach(request::setHeader);
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status >= 200 && status < 300;
        } catch (IOException unreachable) {
            return false;
        }
    }

    private static Delivery forge(Delivery delivery) {
        byte[] body;
        try {
            ObjectNode changed = (ObjectNode) Json.parse(delivery.body());
            changed.put("forged", true);
            body = Json.bytes(changed);
        } catch (MalformedBody | ClassCastException notAnObject) {
            body = (delivery.text() + " ").getBytes(StandardCharsets.UTF_8);
        }
        return new Delivery(
                delivery.system(), delivery.topic(), delivery.subjectId(), delivery.target(), delivery.headers(), body);
    }

    private CountDownLatch latch(String system) {
        AtomicReference<CountDownLatch> holder =
                nextSent.computeIfAbsent(system, name -> new AtomicReference<>(new CountDownLatch(1)));
        return Objects.requireNonNull(holder.get());
    }

    private void releaseHeldBack(String system) {
        AtomicReference<CountDownLatch> holder = nextSent.get(system);
        if (holder != null) {
            Objects.requireNonNull(holder.getAndSet(new CountDownLatch(1))).countDown();
        }
    }

    private long record(Delivery delivery, String fault, String outcome) {
        String now = clock.instant().toString();
        return database.first(
                        row -> row.getLong(1),
                        "INSERT INTO webhook (at, system, topic, subject, target, headers, body, fault, attempts, outcome,"
                                + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) RETURNING seq",
                        now,
                        delivery.system(),
                        delivery.topic(),
                        delivery.subjectId(),
                        delivery.target().toString(),
                        Json.text(delivery.headers()),
                        delivery.text(),
                        fault,
                        outcome,
                        now)
                .orElseThrow();
    }

    private void mark(long sequence, int attempts, String outcome) {
        database.update(
                "UPDATE webhook SET attempts = ?, outcome = ?, updated_at = ? WHERE seq = ?",
                attempts,
                outcome,
                clock.instant().toString(),
                sequence);
    }

    private static JsonNode row(ResultSet row) throws SQLException {
        ObjectNode node = Json.object();
        node.put("seq", row.getLong("seq"));
        node.put("at", row.getString("at"));
        node.put("system", row.getString("system"));
        node.put("topic", row.getString("topic"));
        node.put("subject", row.getString("subject"));
        node.put("target", row.getString("target"));
        node.set("headers", Json.parse(row.getString("headers")));
        node.put("body", row.getString("body"));
        node.put("fault", row.getString("fault"));
        node.put("attempts", row.getInt("attempts"));
        node.put("outcome", row.getString("outcome"));
        node.put("updatedAt", row.getString("updated_at"));
        return node;
    }

    @Override
    public void close() {
        senders.shutdownNow();
        client.shutdownNow();
    }
}
