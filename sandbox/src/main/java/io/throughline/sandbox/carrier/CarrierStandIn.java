package io.throughline.sandbox.carrier;

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

/** {@code GET /tracks/{number}} tells where a parcel is; by control its status is set. */
public final class CarrierStandIn implements StandIn {

    private static final Set<String> STATUSES =
            Set.of("IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED", "RETURNED", "LOST");

    private final Parcels parcels;
    private final Ledger ledger;

    CarrierStandIn(SandboxContext context) {
        parcels = new Parcels(context.documents());
        ledger = context.ledger();
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
        return request.method() + " /" + (request.segments().length == 0 ? "" : request.segments()[0]);
    }

    @Override
    public Response handle(Request request) {
        String[] path = request.segments();
        if (!"GET".equals(request.method()) || path.length != 2 || !"tracks".equals(path[0])) {
            return error(404);
        }
        return parcels.find(path[1]).map(parcel -> Response.json(200, parcel)).orElseGet(() -> error(404));
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
        return Response.empty(204);
    }

    @Override
    public Response error(int status) {
        ObjectNode body =
                Json.object().put("status", status).put("message", status == 404 ? "Unknown number" : "Error");
        return Response.json(status, body);
    }
}
