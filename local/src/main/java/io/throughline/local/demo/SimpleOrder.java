package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.local.Ports.Use;
import io.throughline.local.Stack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A paid order of two lines that one warehouse ships: the unit in which costs are told. */
public final class SimpleOrder {
    private static final Pattern STATEMENTS =
            Pattern.compile("(?m)^throughline_sql_statements_total(?:\\{[^}]*\\})? ([0-9.E]+)$");

    private final Stack stack;
    private final Stage stage;
    private final AtomicLong numbers = new AtomicLong(7_300_000_000_000L);

    public SimpleOrder(Stack stack) {
        this.stack = stack;
        this.stage = new Stage(stack);
    }

    /** One order more comes into being in the shop; gives the id of the workflow that will carry it. */
    public String place() {
        long number = numbers.incrementAndGet();
        stage.place(
                "northwind-demo.myshopify.com",
                OrderBody.usd(number)
                        .line(1, "NW-TEE-BLK-M", 1, "25.00")
                        .line(2, "NW-CAP-NVY", 1, "40.00")
                        .shipping("6.50")
                        .toJson());
        return "order/northwind/" + number;
    }

    /** The same, and waits until it has ended. */
    public String placeAndAwait() throws InterruptedException {
        String workflow = place();
        stage.end(stage.orderId("northwind", number(workflow)));
        return workflow;
    }

    /** The shop's numbers of the orders that these workflows carry. */
    public static List<String> numbers(List<String> workflows) {
        return workflows.stream().map(SimpleOrder::number).toList();
    }

    private static String number(String workflow) {
        return workflow.substring(workflow.lastIndexOf('/') + 1);
    }

    /** Calls that the outside systems have seen so far. */
    public long outsideCalls() {
        return Json.list(stage.sandbox().get("/attempts")).size();
    }

    /** Statements that both processes have sent to PostgreSQL so far. */
    public long sqlStatements() throws InterruptedException {
        return statements(Use.WORKER_ADMIN) + statements(Use.API_ADMIN);
    }

    private long statements(Use admin) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port(admin) + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher found = STATEMENTS.matcher(metrics);
            if (!found.find()) {
                throw new IllegalStateException("no throughline_sql_statements_total among the metrics of " + admin);
            }
            return (long) Double.parseDouble(found.group(1));
        } catch (IOException unreachable) {
            throw new java.io.UncheckedIOException(unreachable);
        }
    }

    JsonNode ledger() {
        return stage.sandbox().get("/ledger");
    }
}
