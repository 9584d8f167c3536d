package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tryton's JSON-RPC with a session: buttons on many records at once, wizards, and the answering of warnings, none of which REST can do.
 * A session that has ended is opened again, which is safe because its refusal comes before anything is done.
 */
final class RpcApi {
    private static final Logger LOG = LoggerFactory.getLogger(RpcApi.class);

    /** The line's taxes differ from the product's: the channel has computed them, and we book what it has charged. */
    private static final Set<String> ACCEPTED_WARNINGS = Set.of("invoice_taxes");

    private static final int MOST_WARNINGS = 200;

    private final HttpCalls calls;
    private final String user;
    private final String password;
    private final AtomicLong callNumber = new AtomicLong();
    private @Nullable String session;

    RpcApi(HttpCalls calls, TrytonSettings settings) {
        this.calls = calls;
        user = settings.user();
        password = settings.password();
    }

    /** Presses a button on all of these records, or on none. */
    void press(String model, String button, List<Long> ids, ObjectNode context) {
        if (!ids.isEmpty()) {
            change("model." + model + "." + button, context, Values.ids(ids));
        }
    }

    void write(String model, List<Long> ids, ObjectNode values, ObjectNode context) {
        change("model." + model + ".write", context, Values.ids(ids), values);
    }

    /** Runs a wizard that needs no form on these records; tells whether it went to its end without asking for one. */
    boolean runWizard(String wizard, String model, List<Long> ids, ObjectNode context) {
        String method = "wizard." + wizard + ".";
        JsonNode started = change(method + "create", context);
        ObjectNode selection = context.deepCopy().put("active_model", model).put("active_id", ids.getFirst());
        selection.set("active_ids", Values.ids(ids));
        JsonNode step = change(method + "execute", selection, started.path(0), Values.object(), started.path(1));
        change(method + "delete", context, started.path(0));
        return !step.has("view");
    }

    private JsonNode change(String method, ObjectNode context, JsonNode... arguments) {
        for (int accepted = 0; accepted < MOST_WARNINGS; accepted++) {
            try {
                return call(method, context, arguments);
            } catch (TrytonWarning warning) {
                accept(warning, context);
            }
        }
        throw new TrytonRefusal("Tryton went on warning at " + method);
    }

    private void accept(TrytonWarning warning, ObjectNode context) {
        if (!ACCEPTED_WARNINGS.contains(warning.kind())) {
            throw new TrytonRefusal("Tryton warns: " + warning.getMessage());
        }
        LOG.debug("accepted Tryton's warning {}", warning.kind());
        call(
                "model.res.user.warning.skip",
                context,
                Values.array().textNode(warning.name()),
                Values.array().booleanNode(false));
    }

    private JsonNode call(String method, ObjectNode context, JsonNode... arguments) {
        ArrayNode parameters = Values.array().addAll(List.of(arguments)).add(context);
        String authorization = openSession();
        HttpCalls.Answer answer = send(method, parameters, authorization);
        if (answer.status() == 401) {
            closeSession(authorization);
            answer = send(method, parameters, openSession());
        }
        return Replies.ofRpc(answer, Intent.CHANGE);
    }

    private HttpCalls.Answer send(String method, ArrayNode parameters, String authorization) {
        return calls.post("rpc/", body(method, parameters), Intent.CHANGE, "Authorization", authorization);
    }

    private synchronized String openSession() {
        if (session == null) {
            ArrayNode login = Values.array()
                    .add(user)
                    .add(Values.object().put("password", password))
                    .add("en");
            JsonNode granted =
                    Replies.ofRpc(calls.post("rpc/", body("common.db.login", login), Intent.READ), Intent.READ);
            String token = user + ":" + granted.path(0).asText() + ":"
                    + granted.path(1).asText();
            session = "Session " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        }
        return session;
    }

    private synchronized void closeSession(String ended) {
        if (ended.equals(session)) {
            session = null;
        }
    }

    private String body(String method, ArrayNode parameters) {
        ObjectNode body =
                Values.object().put("id", callNumber.incrementAndGet()).put("method", method);
        body.set("params", parameters);
        return Replies.write(body);
    }
}
