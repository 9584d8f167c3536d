package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SandboxContext;
import java.util.List;
import java.util.stream.StreamSupport;

/** What can be called: searches and creations on every model, the buttons of some, and two wizards. */
final class Methods {
    private final Query query;
    private final Records records;
    private final Tables tables;
    private final Ledgers ledgers;
    private final Warnings warnings;
    private final SaleDesk sales;
    private final InvoiceDesk invoices;
    private final PaymentDesk payments;
    private final ReconcileDesk reconciling;
    private final Shelves shelves;
    private final ShipmentDesk shipments;

    Methods(Tables tables, SandboxContext context) {
        this.tables = tables;
        Computed computed = new Computed(tables);
        Effects effects = new Effects(context.ledger());
        Buttons buttons = new Buttons(tables);
        query = new Query(tables, computed);
        records = new Records(tables, new Defaults(tables, context.clock()));
        ledgers = new Ledgers(tables, effects);
        warnings = new Warnings(tables);
        sales = new SaleDesk(tables, buttons, effects);
        invoices = new InvoiceDesk(tables, computed, buttons, ledgers, warnings, sales, effects, context.clock());
        reconciling = new ReconcileDesk(tables, ledgers, invoices, sales, effects);
        shelves = new Shelves(tables);
        shipments = new ShipmentDesk(tables, buttons, effects, context.clock());
        payments = new PaymentDesk(tables, records, buttons, ledgers, warnings, invoices, reconciling, effects);
    }

    Query query() {
        return query;
    }

    Ledgers ledgers() {
        return ledgers;
    }

    /** REST's way: arguments by name, for the whole model. */
    JsonNode act(String model, String action, JsonNode arguments, JsonNode context) {
        Schema.model(model);
        return switch (action) {
            case "search_read" ->
                shelves.counted(
                        searchRead(
                                model,
                                arguments.path("domain"),
                                arguments.path("offset"),
                                arguments.path("limit"),
                                arguments.path("order"),
                                arguments.path("fields_names")),
                        context);
            case "create" -> records.create(model, arguments.path("vlist"));
            default -> throw new TrytonError.Forbidden();
        };
    }

    JsonNode searchRead(
            String model, JsonNode domain, JsonNode offset, JsonNode limit, JsonNode order, JsonNode fields) {
        return query.read(model, query.search(model, domain, order, limit, offset), fields);
    }

    ArrayNode one(String model, ObjectNode record, JsonNode fields) {
        return query.read(model, List.of(record), fields);
    }

    ObjectNode record(String model, long id) {
        return tables.get(model, id);
    }

    ObjectNode create(String model, JsonNode values) {
        return records.create(model, (ObjectNode) values.deepCopy());
    }

    void write(String model, long id, JsonNode values) {
        records.write(model, List.of(id), values);
    }

    /** JSON-RPC's way: arguments by position, the context last. */
    JsonNode call(String method, JsonNode parameters) {
        String[] parts = method.split("\\.", 2);
        int last = method.lastIndexOf('.');
        if (parts.length < 2 || last <= parts[0].length()) {
            throw new TrytonError.ServerFault("'" + method + "'");
        }
        String name = method.substring(parts[0].length() + 1, last);
        String verb = method.substring(last + 1);
        JsonNode context = parameters.isEmpty() ? MissingNode.getInstance() : parameters.get(parameters.size() - 1);
        return switch (parts[0]) {
            case "model" -> onModel(name, verb, parameters, context);
            case "wizard" -> wizard(name, verb, context);
            default -> throw new TrytonError.ServerFault("'" + parts[0] + "'");
        };
    }

    private JsonNode onModel(String model, String verb, JsonNode parameters, JsonNode context) {
        Schema.model(model);
        JsonNode first = parameters.path(0);
        return switch (verb) {
            case "search_read" ->
                searchRead(
                        model, first, parameters.path(1), parameters.path(2), parameters.path(3), parameters.path(4));
            case "search" ->
                ids(query.search(model, first, parameters.path(3), parameters.path(2), parameters.path(1)));
            case "read" ->
                query.read(
                        model,
                        idList(first).stream().map(id -> tables.get(model, id)).toList(),
                        parameters.path(1));
            case "create" -> records.create(model, first);
            case "write" -> done(() -> records.write(model, idList(first), parameters.path(1)));
            case "delete" -> done(() -> records.delete(model, idList(first)));
            case "skip" ->
                done(() -> warnings.skip(first.asText(), parameters.path(1).asBoolean()));
            default -> done(() -> press(model, verb, idList(first), context));
        };
    }

    void press(String model, String button, List<Long> ids, JsonNode context) {
        switch (model + "." + button) {
            case "sale.sale.quote" -> sales.quote(ids);
            case "sale.sale.confirm" -> sales.confirm(ids);
            case "sale.sale.cancel" -> sales.cancel(ids);
            case "sale.sale.draft" -> sales.draft(ids);
            case "account.invoice.post" -> invoices.post(ids);
            case "account.payment.draft" -> payments.draft(ids);
            case "account.payment.submit" -> payments.submit(ids);
            case "account.payment.approve" -> payments.approve(ids);
            case "account.payment.succeed" -> payments.succeed(ids, context);
            case "account.payment.fail" -> payments.fail(ids);
            case "account.move.post" -> ledgers.post(ids);
            case "stock.shipment.internal.wait" -> shipments.await(ids);
            case "stock.shipment.internal.assign_force" -> shipments.assign(ids);
            case "stock.shipment.internal.do" -> shipments.complete(ids);
            case "stock.shipment.internal.cancel" -> shipments.cancel(ids);
            default -> throw new TrytonError.Forbidden();
        }
    }

    private JsonNode wizard(String name, String verb, JsonNode context) {
        String start = switch (name) {
            case "account.payment.process" -> "process";
            case "account.move.reconcile_lines" -> "start";
            default -> throw new TrytonError.ServerFault("'" + name + "'");
        };
        return switch (verb) {
            case "create" -> Json.array().add(tables.next("wizard")).add(start).add("end");
            case "delete" -> NullNode.getInstance();
            case "execute" -> execute(name, idList(context.path("active_ids")));
            default -> throw new TrytonError.Forbidden();
        };
    }

    private JsonNode execute(String wizard, List<Long> ids) {
        if (wizard.equals("account.payment.process")) {
            payments.process(ids);
            return Json.object().set("actions", Json.array());
        }
        return reconciling.reconcile(ids)
                ? Json.object()
                : Json.object().set("view", Json.object().put("state", "writeoff"));
    }

    private static JsonNode done(Runnable work) {
        work.run();
        return NullNode.getInstance();
    }

    private static ArrayNode ids(List<ObjectNode> rows) {
        ArrayNode ids = Json.array();
        rows.forEach(row -> ids.add(row.path("id")));
        return ids;
    }

    static List<Long> idList(JsonNode ids) {
        return StreamSupport.stream(ids.spliterator(), false)
                .map(JsonNode::longValue)
                .toList();
    }
}
