package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the director of the play sees and does: the documents, periods, products in and out of use, sessions that end. */
final class Control {
    private static final Map<String, String> SHOWN = Map.of(
            "sales", "sale.sale",
            "invoices", "account.invoice",
            "payments", "account.payment",
            "moves", "account.move",
            "periods", "account.period",
            "shipments", "stock.shipment.internal",
            "products", "product.product",
            "accounts", "account.account");

    private final Methods methods;
    private final Tables tables;
    private final Sessions sessions;
    private final Refusals refusals;
    private final StockDesk stock;

    Control(Methods methods, Tables tables, Sessions sessions, Refusals refusals, StockDesk stock) {
        this.refusals = refusals;
        this.stock = stock;
        this.methods = methods;
        this.tables = tables;
        this.sessions = sessions;
    }

    Response answer(Request request) throws Exception {
        String[] path = request.segments();
        String verb = request.method() + " " + (path.length == 0 ? "" : path[0]);
        try {
            return tables.inTransaction(() -> switch (verb + "/" + path.length) {
                case "GET periods/1",
                        "GET products/1",
                        "GET accounts/1",
                        "GET sales/1",
                        "GET invoices/1",
                        "GET payments/1",
                        "GET moves/1",
                        "GET shipments/1" -> show(path[0], request.parameter("reference"));
                case "POST periods/3" -> period(path[1], path[2]);
                case "PUT stock-periods/2" -> closeStock(LocalDate.parse(path[1]));
                case "DELETE stock-periods/2" -> reopenStock(LocalDate.parse(path[1]));
                case "POST products/3" -> product(path[1], path[2]);
                case "PUT products/2" -> reprice(path[1], request.json());
                case "POST purchases/1" -> Response.json(201, stock.buy(request.json()));
                case "POST purchases/3" -> purchase(path[1], path[2], request);
                case "POST counts/1" -> Response.json(201, stock.count(request.json()));
                case "POST transfers/1" -> Response.json(201, stock.send(request.json()));
                case "POST transfers/3" -> Response.json(200, stock.takeIn(path[1], units(request)));
                case "POST refusals/1" -> refuseNext(request.json());
                case "DELETE sessions/1" -> endSessions();
                default -> Response.problem(404, "No control " + request.method() + " /tryton" + request.path());
            });
        } catch (TrytonError refusal) {
            return Response.problem(409, refusal.text());
        }
    }

    private Response purchase(String reference, String what, Request request) {
        return Response.json(
                200,
                switch (what) {
                    case "receive" -> stock.receive(reference, units(request));
                    case "cancel" -> stock.callOff(reference);
                    case "postpone" ->
                        stock.putOff(
                                reference,
                                LocalDate.parse(request.json().path("expected").asText()));
                    default ->
                        throw new IllegalArgumentException(
                                "a purchase is received, cancelled or postponed, not " + what);
                });
    }

    /** How many of each product have come, if that is told. */
    private static OptionalInt units(Request request) {
        JsonNode told = request.body().length == 0 ? Json.object() : request.json();
        return told.hasNonNull("units") ? OptionalInt.of(told.path("units").intValue()) : OptionalInt.empty();
    }

    private Response show(String kind, Optional<String> reference) {
        String model = Optional.ofNullable(SHOWN.get(kind)).orElseThrow();
        ArrayNode shown = Json.array();
        for (ObjectNode row : tables.all(model)) {
            boolean wanted = reference.isEmpty()
                    || row.path("reference").asText().equals(reference.get())
                    || row.path("web_id").asText().equals(reference.get());
            if (wanted) {
                shown.add(withChildren(model, row));
            }
        }
        return Response.json(200, shown);
    }

    private JsonNode withChildren(String model, ObjectNode row) {
        ObjectNode shown = methods.query().whole(model, row);
        Schema.model(model).children().forEach((field, kind) -> {
            ArrayNode rows = shown.putArray(field);
            for (ObjectNode child :
                    tables.children(kind.model(), kind.inverse(), row.path("id").longValue())) {
                ObjectNode line = methods.query().whole(kind.model(), child);
                if (line.path("account").isNumber()) {
                    line.put(
                            "accountCode",
                            tables.linked(kind.model(), child, "account")
                                    .path("code")
                                    .asText());
                }
                rows.add(line);
            }
        });
        return shown;
    }

    private Response closeStock(LocalDate day) {
        ObjectNode period = Json.object().put("state", "closed");
        period.set("date", Typed.date(day));
        return Response.json(201, tables.insert("stock.period", period));
    }

    private Response reopenStock(LocalDate day) {
        tables.all("stock.period").stream()
                .filter(period -> Typed.dateOf(period.path("date")).equals(day))
                .forEach(period -> tables.save("stock.period", period.put("state", "draft")));
        return Response.json(200, Json.object());
    }

    private Response period(String name, String verb) {
        ObjectNode period = methods.ledgers().period(name);
        switch (verb) {
            case "close" -> methods.ledgers().closePeriod(period);
            case "reopen" -> methods.ledgers().reopenPeriod(period);
            default -> throw new IllegalArgumentException("A period can be closed and reopened, not " + verb);
        }
        return Response.empty(204);
    }

    private Response product(String code, String verb) {
        ObjectNode product = methods.ledgers().byField("product.product", "code", code);
        switch (verb) {
            case "remove" -> product.put("active", false);
            case "restore" -> product.put("active", true);
            default -> throw new IllegalArgumentException("A product can be removed and restored, not " + verb);
        }
        tables.save("product.product", product);
        return Response.empty(204);
    }

    /** Gives it another list price, as the accountant does. */
    private Response reprice(String code, JsonNode asked) {
        ObjectNode product = methods.ledgers().byField("product.product", "code", code);
        product.set(
                "list_price_used",
                Typed.decimal(new BigDecimal(asked.path("listPrice").asText())));
        product.set("write_date", Typed.dateTime(Instant.now()));
        tables.save("product.product", product);
        return Response.empty(204);
    }

    private Response refuseNext(JsonNode asked) {
        refusals.add(asked.path("method").asText(), asked.path("words").asText());
        return Response.empty(204);
    }

    private Response endSessions() {
        sessions.endAll();
        return Response.empty(204);
    }
}
