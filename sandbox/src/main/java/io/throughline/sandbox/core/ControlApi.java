package io.throughline.sandbox.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The director's side of the sandbox: ledgers, faults, scripts, and each stand-in's own controls below its name. */
final class ControlApi implements SystemServer.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);

    private final Map<String, StandIn> standIns;
    private final Ledger ledger;
    private final Faults faults;
    private final Webhooks webhooks;
    private final Runnable reset;
    private final Supplier<JsonNode> index;
    private final Script script = new Script(this::play);

    ControlApi(
            Map<String, StandIn> standIns,
            Ledger ledger,
            Faults faults,
            Webhooks webhooks,
            Runnable reset,
            Supplier<JsonNode> index) {
        this.standIns = standIns;
        this.ledger = ledger;
        this.faults = faults;
        this.webhooks = webhooks;
        this.reset = reset;
        this.index = index;
    }

    @Override
    public SystemServer.Outcome handle(Request request) throws InterruptedException {
        return new SystemServer.Outcome.Answer(play(request));
    }

    private Response play(Request request) throws InterruptedException {
        try {
            return route(request);
        } catch (MalformedBody | IllegalArgumentException wrong) {
            return Response.problem(400, String.valueOf(wrong.getMessage()));
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception failure) {
            LOG.error("control: {} {}", request.method(), request.path(), failure);
            return Response.problem(500, failure.toString());
        }
    }

    private Response route(Request request) throws Exception {
        String[] segments = request.segments();
        String first = segments.length == 0 ? "" : segments[0];
        StandIn standIn = standIns.get(first);
        if (standIn != null) {
            return standIn.control(request.withPath(request.path().substring(first.length() + 1)));
        }
        Optional<String> rest = segments.length > 1 ? Optional.of(segments[1]) : Optional.empty();
        return switch (request.method().toUpperCase(Locale.ROOT) + " " + first) {
            case "GET " -> Response.json(200, index.get());
            case "GET ledger" -> rows(ledger.read(request.parameter("system"), since(request), text(request, "about")));
            case "GET attempts" ->
                rows(ledger.attempts(request.parameter("system"), since(request), text(request, "rule")));
            case "GET webhooks" ->
                rows(webhooks.sent(request.parameter("system"), since(request), text(request, "about")));
            case "GET faults" -> Response.json(200, armed(faults.list()));
            case "POST faults" -> created(faults.add(read(request, Fault.class)));
            case "DELETE faults" -> removed(rest, faults::remove, faults::clear);
            case "GET webhook-faults" -> Response.json(200, armed(webhooks.faults()));
            case "POST webhook-faults" -> created(webhooks.addFault(read(request, WebhookFault.class)));
            case "DELETE webhook-faults" -> removed(rest, webhooks::removeFault, webhooks::clearFaults);
            case "POST script" -> accepted(script.start(request.json()));
            case "GET script" -> Response.json(200, script.report());
            case "POST reset" -> reset();
            default -> Response.problem(404, "No control " + request.method() + " /" + first + "; GET / lists them");
        };
    }

    private Response reset() {
        script.stop();
        faults.clear();
        webhooks.clearFaults();
        reset.run();
        return Response.empty(204);
    }

    private static long since(Request request) {
        return request.parameter("since").map(Long::parseLong).orElse(0L);
    }

    private static String text(Request request, String parameter) {
        return request.parameter(parameter).orElse("");
    }

    private static <T> T read(Request request, Class<T> type) {
        try {
            return Json.mapper().treeToValue(request.json(), type);
        } catch (JsonProcessingException wrong) {
            Throwable cause = wrong.getCause() == null ? wrong : wrong.getCause();
            throw new MalformedBody(String.valueOf(cause.getMessage()));
        }
    }

    private static Response rows(List<JsonNode> rows) {
        ArrayNode array = Json.array();
        rows.forEach(array::add);
        return Response.json(200, array);
    }

    private static ArrayNode armed(List<? extends Rules.Armed<?>> rules) {
        ArrayNode array = Json.array();
        for (Rules.Armed<?> rule : rules) {
            ObjectNode node = (ObjectNode) Json.tree(rule.rule());
            node.put("id", rule.id());
            node.put("after", rule.toPass());
            node.put("times", rule.toStrike());
            array.add(node);
        }
        return array;
    }

    private static Response created(String id) {
        return Response.json(201, Json.object().put("id", id));
    }

    private static Response accepted(int steps) {
        return Response.json(202, Json.object().put("steps", steps));
    }

    private static Response removed(Optional<String> id, Predicate<String> remove, Runnable removeAll) {
        if (id.isEmpty()) {
            removeAll.run();
            return Response.empty(204);
        }
        return remove.test(id.get()) ? Response.empty(204) : Response.problem(404, "No rule " + id.get());
    }

    void close() {
        script.stop();
    }
}
