package io.throughline.sandbox.marketplace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;
import io.throughline.sandbox.core.StandInFactory;
import java.util.function.Function;

/**
 * Takes, below {@code /v1/orders/{id}}, what a seller tells of an order: acknowledgement, shipments, cancellation, refunds; each signed. By
 * control orders are placed, and their cancellation or a return is asked for.
 */
public final class MarketplaceStandIn implements StandIn {
    private static final String SECRET = "synthetic-marketplace-signing-secret";

    private final SandboxContext context;
    private final Signature signature;
    private final OrderBook book;
    private final BuyerRefunds refunds;
    private final Buyers buyers;

    MarketplaceStandIn(SandboxContext context) {
        this.context = context;
        this.signature = new Signature(context.config().setting("marketplace.secret", SECRET));
        this.book = new OrderBook(context, new Penalties(context));
        this.refunds = new BuyerRefunds(context, book);
        this.buyers = new Buyers(context, book, signature);
    }

    /** Makes the stand-in; named in {@code META-INF/services}. */
    public static final class Factory implements StandInFactory {
        @Override
        public StandIn create(SandboxContext context) {
            return new MarketplaceStandIn(context);
        }
    }

    @Override
    public String system() {
        return "marketplace";
    }

    @Override
    public String operation(Request request) {
        String[] path = request.segments();
        return request.method() + " /"
                + switch (path.length) {
                    case 0, 1 -> "";
                    case 2, 3 -> path[1];
                    default -> path[3];
                };
    }

    @Override
    public Response handle(Request request) throws Exception {
        if (!signature.isOf(request)) {
            return OrderBook.refusal(401, "SIGNATURE_REFUSED");
        }
        String[] path = request.segments();
        String call = request.method() + " " + (path.length > 1 ? path[1] : "") + "/" + path.length;
        return switch (call) {
            case "GET penalties/2" -> Response.json(200, book.penalties());
            case "GET orders/3" -> book.answer(path[2]);
            case "POST orders/4" -> tell(request, path[2], path[3]);
            default -> error(404);
        };
    }

    private Response tell(Request request, String id, String what) throws Exception {
        return switch (what) {
            case "acknowledgement" -> once(request, body -> book.acknowledge(id, body));
            case "shipments" -> once(request, body -> book.ship(id, body));
            case "cancellation" -> once(request, body -> book.cancel(id, body));
            case "refunds" -> once(request, body -> refunds.give(id, body));
            default -> error(404);
        };
    }

    /** What was done under a key is answered again, and not done again. */
    private Response once(Request request, Function<ObjectNode, Response> work) throws Exception {
        String key = request.header("idempotency-key").orElse("");
        if (key.isEmpty()) {
            return OrderBook.refusal(400, "IDEMPOTENCY_KEY_MISSING");
        }
        if (!(request.json() instanceof ObjectNode body)) {
            return OrderBook.refusal(400, "BODY_UNREADABLE");
        }
        String name = request.path() + " " + key;
        return context.documents().atomically(() -> {
            var before = context.documents().get("marketplace.answers", name);
            if (before.isPresent()) {
                return Response.json(200, before.get());
            }
            Response answer = work.apply(body);
            if (answer.status() < 300) {
                context.documents().put("marketplace.answers", name, Json.parse(answer.body()));
            }
            return answer;
        });
    }

    @Override
    public Response control(Request request) throws Exception {
        String[] path = request.segments();
        String call = request.method() + " " + (path.length > 0 ? path[0] : "") + "/" + path.length;
        return switch (call) {
            case "PUT connection/1" -> buyers.connect(request.json());
            case "GET orders/1" -> Response.json(200, book.all());
            case "GET orders/2" -> book.answer(path[1]);
            case "POST orders/1" -> context.documents().atomically(() -> buyers.place(request.json()));
            case "POST orders/3" ->
                switch (path[2]) {
                    case "cancellation-request" -> context.documents().atomically(() -> buyers.askToCancel(path[1]));
                    case "return-request" ->
                        context.documents().atomically(() -> buyers.askToReturn(path[1], request.json()));
                    default -> error(404);
                };
            case "GET penalties/1" -> Response.json(200, book.penalties());
            default -> error(404);
        };
    }

    @Override
    public Response error(int status) {
        return OrderBook.refusal(status, status == 404 ? "UNKNOWN" : "ERROR");
    }
}
