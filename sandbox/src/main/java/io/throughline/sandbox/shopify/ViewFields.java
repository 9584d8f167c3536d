package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import io.throughline.sandbox.core.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of views that depend on their arguments; every other field is read by its name. */
final class ViewFields {

    private ViewFields() {}

    static @Nullable JsonNode read(DataFetchingEnvironment environment, ObjectNode view) {
        String field = environment.getField().getName();
        String type = ((GraphQLNamedType) environment.getParentType()).getName();
        return switch (type + "." + field) {
            case "InventoryLevel.quantities" -> quantities(environment, view);
            case "InventoryItem.inventoryLevel" -> inventoryLevel(environment, view);
            case "Location.inventoryLevels" -> levelsAt(environment, view);
            case "LineItem.discountedTotalSet" ->
                view.get(flag(environment, "withCodeDiscounts") ? "discountedTotalWithCodesSet" : field);
            case "Order.transactions" -> transactions(environment, view);
            case "Order.suggestedRefund" -> suggestedRefund(environment, view);
            case "FulfillmentOrder.locationsForMove" -> locationsForMove(environment, view);
            case "FulfillmentOrder.merchantRequests" ->
                filtered(
                        view.path(field),
                        named(environment, "kind"),
                        each -> each.path("kind").asText());
            default -> view.get(field);
        };
    }

    private static ArrayNode quantities(DataFetchingEnvironment environment, ObjectNode view) {
        List<String> names = Objects.requireNonNull(environment.<List<String>>getArgument("names"));
        ArrayNode found = Json.array();
        for (String name : names) {
            if (!InventoryBook.NAMES.contains(name)) {
                throw new RequestRefused("BAD_REQUEST", "The quantity name '" + name + "' is not a known state");
            }
            view.path("quantities").forEach(quantity -> {
                if (quantity.path("name").asText().equals(name)) {
                    found.add(quantity);
                }
            });
        }
        return found;
    }

    private static @Nullable JsonNode inventoryLevel(DataFetchingEnvironment environment, ObjectNode view) {
        String location = Objects.requireNonNull(environment.<String>getArgument("locationId"));
        for (JsonNode level : view.path("inventoryLevels")) {
            if (level.path("location").asText().equals(location)
                    && (level.path("isActive").asBoolean() || flag(environment, "includeInactive"))) {
                return level;
            }
        }
        return null;
    }

    private static ArrayNode levelsAt(DataFetchingEnvironment environment, ObjectNode view) {
        Predicate<ObjectNode> wanted = QueryFields.search(environment.<String>getArgument("query"));
        ArrayNode levels = Json.array();
        NodeFetcher.call(environment)
                .desk()
                .inventory()
                .levelsAt(Long.parseLong(view.path("legacyResourceId").asText()))
                .stream()
                .filter(wanted)
                .forEach(level -> levels.add(InventoryBook.gid(level)));
        return levels;
    }

    private static ArrayNode transactions(DataFetchingEnvironment environment, ObjectNode view) {
        boolean onlyCapturable = flag(environment, "capturable");
        ArrayNode kept = Json.array();
        for (JsonNode transaction : view.path("transactions")) {
            if (!onlyCapturable || transaction.path("manuallyCapturable").asBoolean()) {
                kept.add(transaction);
            }
        }
        return kept;
    }

    private static ObjectNode suggestedRefund(DataFetchingEnvironment environment, ObjectNode view) {
        ShopDesk desk = NodeFetcher.call(environment).desk();
        OrderDocument order =
                desk.store().existingOrder(view.path("legacyResourceId").asText());
        return new SuggestedRefund(desk.store(), order).suggest(Json.tree(environment.getArguments()));
    }

    private static ArrayNode locationsForMove(DataFetchingEnvironment environment, ObjectNode view) {
        ShopDesk desk = NodeFetcher.call(environment).desk();
        FulfillmentOrderDocument work = desk.store()
                .fulfillmentOrder(Gid.parse(view.path("id").asText()).id())
                .orElseThrow();
        @Nullable List<String> only = environment.<List<String>>getArgument("locationIds");
        ArrayNode all = FulfillmentViews.locationsForMove(desk.store(), desk.inventory(), work);
        if (only == null) {
            return all;
        }
        Set<String> wanted = Set.copyOf(only);
        return keep(all, each -> wanted.contains(each.path("location").asText()));
    }

    private static ArrayNode filtered(JsonNode all, Optional<String> wanted, Function<JsonNode, String> property) {
        return keep(all, each -> wanted.isEmpty() || wanted.get().equals(property.apply(each)));
    }

    private static ArrayNode keep(JsonNode all, Predicate<JsonNode> condition) {
        ArrayNode kept = Json.array();
        all.forEach(each -> {
            if (condition.test(each)) {
                kept.add(each);
            }
        });
        return kept;
    }

    private static Optional<String> named(DataFetchingEnvironment environment, String argument) {
        return Optional.ofNullable(environment.<String>getArgument(argument));
    }

    private static boolean flag(DataFetchingEnvironment environment, String argument) {
        return Boolean.TRUE.equals(environment.<Boolean>getArgument(argument));
    }
}
