package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.MalformedBody;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;

/** Plays a Tryton 8.0 server with one company: its REST and JSON-RPC protocols over the same records. */
final class TrytonStandIn implements StandIn {
    static final String SYSTEM = "tryton";

    private final String database;
    private final Tables tables;
    private final Seed seed;
    private final Sessions sessions;
    private final Rest rest;
    private final Refusals refusals = new Refusals();
    private final JsonRpc rpc;
    private final Control control;

    TrytonStandIn(SandboxContext context) {
        database = context.retailer().erp().database();
        tables = new Tables(context.documents());
        seed = new Seed(tables, context.retailer());
        sessions = new Sessions(
                context.retailer().erp().user(),
                context.config().setting("tryton.password", "synthetic-tryton-password"),
                context.config().setting("tryton.key", "synthetic-tryton-application-key"));
        Methods methods = new Methods(tables, context);
        rest = new Rest(methods, tables);
        rpc = new JsonRpc(methods, tables, sessions, refusals);
        control = new Control(methods, tables, sessions, refusals, new StockDesk(tables, context.clock()));
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public Response handle(Request request) throws Exception {
        String[] path = request.segments();
        if (path.length < 2 || !path[0].equals(database)) {
            return Pages.of(404);
        }
        if (path[1].equals("rpc")) {
            return request.method().equals("POST") ? rpc.answer(request) : Pages.of(405);
        }
        if (path.length < 4 || !path[1].equals("rest") || !path[2].equals("model")) {
            return Pages.of(404);
        }
        return sessions.hasKey(request) ? rest.answer(request, path) : Pages.of(401);
    }

    @Override
    public Response control(Request request) throws Exception {
        return control.answer(request);
    }

    @Override
    public String operation(Request request) {
        String[] path = request.segments();
        if (path.length >= 4 && path[1].equals("rest")) {
            String action = path.length == 4 ? request.method() : path[path.length - 1];
            return "model." + path[3] + "." + action;
        }
        try {
            JsonNode method = request.json().path("method");
            return method.isTextual() ? method.asText() : "unknown";
        } catch (MalformedBody unreadable) {
            return "unreadable";
        }
    }

    @Override
    public Response error(int status) {
        return Pages.of(status);
    }

    @Override
    public void seed() {
        tables.forget();
        sessions.endAll();
        refusals.forget();
        seed.sow();
    }

    static Response refusal(TrytonError error) {
        ObjectNode body =
                Json.object().put("status", 400).put("message", error.text()).put("description", "");
        return Response.json(400, body);
    }
}
