package io.throughline.sandbox.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Ledger;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;
import io.throughline.sandbox.core.StandInFactory;
import java.util.Set;

/**
 * {@code GET /tracks/{number}} tells where a parcel is; labels are bought, found and given back below {@code /v1/labels}. By control the
 * status of a parcel is set, of which a webhook tells.
 */
public final class CarrierStandIn implements StandIn {

    private static final String API_KEY = "synthetic-carrier-api-key";
    private static final Set<String> STATUSES =
            Set.of("IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED", "RETURNED", "LOST");

    private final Parcels parcels;
    private final Ledger ledger;
    private final Labels labels;
    private final Announcements announcements;

    CarrierStandIn(SandboxContext context) {
        parcels = new Parcels(context.documents());
        ledger = context.ledger();
        labels = new Labels(parcels, ledger, context.config().setting("carrier.key", API_KEY));
        announcements = new Announcements(context);
    }

    /** Makes the stand-in; named in {@code META-INF/services}. */
    public static final class Factory implements StandInFactory {
        @Override
        public StandIn create(SandboxContext context) {
            return new CarrierStandIn(context);
        }
    }

    @Override
    public String system() {
        return "carrier";
    }

    @Override
    public String operation(Request request) {
        String[] path = request.segments();
        int last = path.length - 1;
        return switch (path.length) {
            case 0 -> request.method() + " /";
            case 1, 2 -> request.method() + " /" + (path[0].equals("v1") ? path[last] : path[0]);
            default -> request.method() + " /" + path[last];
        };
    }

    @Override
    public Response handle(Request request) {
        String[] path = request.segments();
        if ("GET".equals(request.method()) && path.length == 2 && "tracks".equals(path[0])) {
            return parcels.find(path[1])
                    .map(parcel -> Response.json(200, parcel))
                    .orElseGet(() -> error(404));
        }
        if (path.length < 2 || !"v1".equals(path[0])) {
            return error(404);
        }
        if (!labels.mayCall(request)) {
            return Labels.refusal(401, "KEY_REFUSED");
        }
        return switch (request.method() + " " + path[1] + "/" + path.length) {
            case "POST labels/2" -> labels.buy(request.json());
            case "GET labels/2" -> labels.find(request.parameter("reference").orElse(""));
            case "POST labels/4" -> "void".equals(path[3]) ? labels.giveBack(path[2]) : error(404);
            case "PUT webhook/2" -> listen(request.json());
            default -> error(404);
        };
    }

    private Response listen(JsonNode body) {
        if (body.path("url").asText("").isEmpty()
                || body.path("secret").asText("").isEmpty()) {
            return Labels.refusal(422, "ADDRESS_OR_SECRET_MISSING");
        }
        announcements.tellAt(body.path("url").asText(), body.path("secret").asText());
        return Response.json(200, Json.object().put("url", body.path("url").asText()));
    }

    @Override
    public Response control(Request request) {
        String[] path = request.segments();
        if ("GET".equals(request.method()) && path.length == 1 && "tracks".equals(path[0])) {
            ArrayNode all = Json.array();
            parcels.all().forEach(all::add);
            return Response.json(200, all);
        }
        if ("PUT".equals(request.method()) && path.length == 2 && "tracks".equals(path[0])) {
            return mark(path[1], request.json().path("status").asText());
        }
        return error(404);
    }

    private Response mark(String number, String status) {
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException("status must be one of " + STATUSES + ", not " + status);
        }
        if (!parcels.mark(number, status)) {
            return error(404);
        }
        ledger.effect(
                "carrier",
                "status",
                number,
                number + "/" + status,
                Json.object().put("status", status));
        announcements.tell(parcels.find(number).orElseThrow());
        return Response.empty(204);
    }

    @Override
    public Response error(int status) {
        ObjectNode body =
                Json.object().put("status", status).put("message", status == 404 ? "Unknown number" : "Error");
        return Response.json(status, body);
    }
}
