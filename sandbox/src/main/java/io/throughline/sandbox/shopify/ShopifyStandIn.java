package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SampleRetailer.Shop;
import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Shopify's Admin API of several shops. The shop's domain is the first part of the path, for a sandbox has no wildcard host
 * names: {@code /<domain>/admin/api/2026-10/graphql.json}.
 */
public final class ShopifyStandIn implements StandIn {

    /** Where the results of bulk operations lie; the real ones lie at another host. */
    private static final String BULK = "bulk";

    private final Map<String, ShopDesk> desks = new LinkedHashMap<>();
    private final GraphQlEndpoint endpoint = new GraphQlEndpoint();
    private final Background background;
    private final ShopifyControl control;

    public ShopifyStandIn(SandboxContext context) {
        background = new Background(context.documents());
        LocationScripts scripts = new LocationScripts(context.documents());
        for (Shop shop : context.retailer().shops()) {
            desks.put(shop.domain(), new ShopDesk(context, shop, background, scripts));
        }
        control = new ShopifyControl(desks, scripts, context);
    }

    @Override
    public String system() {
        return ShopStore.SYSTEM;
    }

    @Override
    public void seed() {
        for (ShopDesk desk : desks.values()) {
            desk.inventory().seed();
            desk.locations().resume();
        }
    }

    @Override
    public Response handle(Request request) {
        String[] path = request.segments();
        Optional<ShopDesk> desk = path.length == 0 ? Optional.empty() : Optional.ofNullable(desks.get(path[0]));
        if (desk.isEmpty()) {
            return error(404);
        }
        String rest = String.join("/", Arrays.copyOfRange(path, 1, path.length));
        if (path.length == 3 && path[1].equals(BULK)) {
            return desk.get().bulk().download(path[2], request);
        }
        return switch (request.method() + " " + rest) {
            case "POST admin/oauth/access_token" -> desk.get().tokens().issue(request);
            case "POST admin/api/" + Notifier.API_VERSION + "/graphql.json" -> graphQl(desk.get(), request);
            default -> error(404);
        };
    }

    private Response graphQl(ShopDesk desk, Request request) {
        boolean known = request.header("X-Shopify-Access-Token")
                .filter(desk.tokens()::isValid)
                .isPresent();
        request.header("Host").ifPresent(desk.bulk()::reachedAt);
        return known ? endpoint.answer(desk, request) : error(401);
    }

    @Override
    public Response control(Request request) throws Exception {
        return control.answer(request);
    }

    @Override
    public String operation(Request request) {
        if (request.path().contains("/" + BULK + "/")) {
            return "bulkDownload";
        }
        return request.path().endsWith("/graphql.json") ? endpoint.rootField(request.json()) : "accessToken";
    }

    @Override
    public Response error(int status) {
        ObjectNode body = Json.object();
        switch (status) {
            case 401 ->
                body.put("errors", "[API] Invalid API key or access token (unrecognized login or wrong password)");
            case 404 -> body.put("errors", "Not Found");
            case 423 -> body.put("errors", "Locked");
            case 429 -> {
                ObjectNode error = body.putArray("errors").addObject();
                error.put("message", "Throttled");
                error.putObject("extensions").put("code", "THROTTLED");
            }
            default -> body.put("errors", "Internal Server Error");
        }
        return Response.json(status, body);
    }

    @Override
    public void close() {
        background.close();
    }
}
