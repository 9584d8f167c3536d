package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of the query root. */
final class QueryFields implements DataFetcher<@Nullable Object> {

    private static final Pattern TERM = Pattern.compile("(\\w+):\\s*(>=|<=|>|<)?\\s*('[^']*'|\"[^\"]*\"|[^\\s]+)");

    @Override
    public @Nullable Object get(DataFetchingEnvironment environment) {
        return NodeFetcher.convert(environment, read(environment), environment.getFieldType());
    }

    private static JsonNode read(DataFetchingEnvironment environment) {
        ShopDesk desk = NodeFetcher.call(environment).desk();
        return switch (environment.getField().getName()) {
            case "order" -> link(environment, "Order");
            case "refund" -> link(environment, "Refund");
            case "return" -> link(environment, "Return");
            case "fulfillmentOrder" -> link(environment, "FulfillmentOrder");
            case "fulfillment" -> link(environment, "Fulfillment");
            case "inventoryItem" -> link(environment, "InventoryItem");
            case "inventoryItems" -> inventoryItems(environment, desk.catalog());
            case "location" -> link(environment, "Location");
            case "product" -> link(environment, "Product");
            case "productVariant" -> link(environment, "ProductVariant");
            case "giftCard" -> link(environment, "GiftCard");
            case "giftCards" -> giftCards(environment, desk.giftCards());
            case "customer" -> link(environment, "Customer");
            case "customers" -> customers(environment, desk.store());
            case "job" -> link(environment, "Job");
            case "bulkOperation" -> link(environment, "BulkOperation");
            case "webhookSubscription" -> link(environment, "WebhookSubscription");
            case "bulkOperations" -> bulkOperations(environment, desk.store());
            case "orders" -> orders(environment, desk.store());
            case "dispute" -> link(environment, "ShopifyPaymentsDispute");
            case "disputes" ->
                found(environment, desk.store().list("Dispute").stream(), "initiatedAt", "ShopifyPaymentsDispute");
            case "fulfillmentOrders" -> work(environment, desk.store());
            case "locations" -> locations(desk.store());
            case "webhookSubscriptions" -> subscriptions(environment, desk.store());
            case "shop" -> CatalogViews.shop(desk.store());
            case "currentAppInstallation" -> installation();
            case "publicApiVersions" -> versions();
            default ->
                throw new RequestRefused(
                        "NOT_PLAYED",
                        "The sandbox does not play the query field "
                                + environment.getField().getName());
        };
    }

    private static TextNode link(DataFetchingEnvironment environment, String type) {
        String id = Objects.requireNonNull(environment.<String>getArgument("id"));
        try {
            return new TextNode(Gid.of(type, Gid.idOf(type, id)));
        } catch (IllegalArgumentException wrong) {
            throw new RequestRefused("RESOURCE_NOT_FOUND", String.valueOf(wrong.getMessage()));
        }
    }

    private static ArrayNode links(List<ObjectNode> documents, String type) {
        ArrayNode links = Json.array();
        documents.forEach(document -> links.add(Gid.of(type, document.path("id").asText())));
        return links;
    }

    private static ArrayNode orders(DataFetchingEnvironment environment, ShopStore store) {
        String sortKey = Objects.requireNonNullElse(environment.<String>getArgument("sortKey"), "PROCESSED_AT");
        String time = sortKey.equals("UPDATED_AT") ? "updatedAt" : "createdAt";
        return found(environment, store.list("OrderHead").stream(), time, "Order");
    }

    /** Those that were changed longest ago first, as a sort key of UPDATED_AT asks for; what has ended only where that is asked for. */
    private static ArrayNode work(DataFetchingEnvironment environment, ShopStore store) {
        if (!"UPDATED_AT".equals(environment.<String>getArgument("sortKey"))) {
            throw new RequestRefused("NOT_PLAYED", "The sandbox sorts fulfillment orders by UPDATED_AT only");
        }
        boolean ended = Boolean.TRUE.equals(environment.<Boolean>getArgument("includeClosed"));
        Stream<ObjectNode> heads = store.list("FulfillmentOrder").stream()
                .filter(work -> ended || !new FulfillmentOrderDocument(work).ended());
        return found(environment, heads, "updatedAt", "FulfillmentOrder");
    }

    /** The one that was changed longest ago first, as a sort key of UPDATED_AT asks for. */
    private static ArrayNode customers(DataFetchingEnvironment environment, ShopStore store) {
        if (!"UPDATED_AT".equals(environment.<String>getArgument("sortKey"))) {
            throw new RequestRefused("NOT_PLAYED", "The sandbox sorts customers by UPDATED_AT only");
        }
        Stream<ObjectNode> heads = store.list("Customer").stream()
                .map(customer -> Json.object()
                        .put("id", customer.path("id").asText())
                        .put("updatedAt", customer.path("updated_at").asText()));
        return found(environment, heads, "updatedAt", "Customer");
    }

    /** Those that are searched for, the one of the earliest time first. */
    private static ArrayNode found(
            DataFetchingEnvironment environment, Stream<ObjectNode> heads, String time, String type) {
        return links(
                heads.filter(search(environment.<String>getArgument("query")))
                        .sorted(Comparator.comparing((ObjectNode head) ->
                                        instant(head.path(time).asText()))
                                .thenComparingLong(head -> head.path("id").asLong()))
                        .toList(),
                type);
    }

    /** By alternatives of {@code sku:} only: {@code sku:"A" OR sku:"B"}. */
    private static ArrayNode inventoryItems(DataFetchingEnvironment environment, ShopCatalog catalog) {
        String query = Objects.requireNonNullElse(environment.<String>getArgument("query"), "");
        Set<String> skus = new HashSet<>();
        for (String alternative : query.isBlank() ? new String[0] : query.split(" OR ", -1)) {
            Matcher term = TERM.matcher(alternative.strip());
            if (!term.matches() || !Objects.requireNonNull(term.group(1)).equals("sku")) {
                throw new RequestRefused("NOT_PLAYED", "The sandbox does not play the search " + alternative);
            }
            skus.add(unquoted(Objects.requireNonNull(term.group(3))));
        }
        ArrayNode items = Json.array();
        catalog.products()
                .filter(SampleRetailer.Product::stocked)
                .filter(product -> query.isBlank() || skus.contains(product.sku()))
                .forEach(product -> items.add(Gid.of("InventoryItem", product.inventoryItemId())));
        return items;
    }

    /** By a whole code only. */
    private static ArrayNode giftCards(DataFetchingEnvironment environment, GiftCards cards) {
        String query = Objects.requireNonNullElse(environment.<String>getArgument("query"), "");
        if (!GiftCards.isCode(query)) {
            throw new RequestRefused("NOT_PLAYED", "The sandbox finds gift cards by their code only");
        }
        return links(cards.withCode(query), "GiftCard");
    }

    private static String unquoted(String text) {
        return text.replaceAll("^['\"]|['\"]$", "");
    }

    /** The search terms that the sandbox knows; an unknown one is refused, for a real shop would answer something else. */
    static Predicate<ObjectNode> search(@Nullable String query) {
        Predicate<ObjectNode> all = head -> true;
        Matcher terms = TERM.matcher(query == null ? "" : query);
        while (terms.find()) {
            String operator = Optional.ofNullable(terms.group(2)).orElse("=");
            String value = unquoted(Objects.requireNonNull(terms.group(3)));
            all = all.and(term(Objects.requireNonNull(terms.group(1)), operator, value));
        }
        return all;
    }

    private static Predicate<ObjectNode> term(String name, String operator, String value) {
        return switch (name) {
            case "updated_at" -> compared("updatedAt", operator, instant(value));
            case "created_at" -> compared("createdAt", operator, instant(value));
            case "initiated_at" -> compared("initiatedAt", operator, instant(value));
            case "name" -> head -> head.path("name").asText().equals(value);
            case "operation_type" -> head -> head.path("type").asText().equalsIgnoreCase(value);
            case "id" -> head -> head.path("id").asText().equals(value);
            default -> throw new RequestRefused("NOT_PLAYED", "The sandbox does not play the search term " + name);
        };
    }

    private static Predicate<ObjectNode> compared(String property, String operator, Instant value) {
        return head -> {
            int order = instant(head.path(property).asText()).compareTo(value);
            return switch (operator) {
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                case "<" -> order < 0;
                default -> order == 0;
            };
        };
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException malformed) {
            throw new RequestRefused("BAD_REQUEST", "Not a time: " + text);
        }
    }

    /** The newest first. */
    private static ArrayNode bulkOperations(DataFetchingEnvironment environment, ShopStore store) {
        Predicate<ObjectNode> wanted = search(environment.<String>getArgument("query"));
        List<ObjectNode> found =
                store.list("BulkOperation").stream().filter(wanted).toList();
        return links(found.reversed(), "BulkOperation");
    }

    private static ArrayNode locations(ShopStore store) {
        ArrayNode locations = Json.array();
        store.retailer().facilities().stream()
                .sorted(Comparator.comparing(facility -> facility.name()))
                .forEach(facility -> locations.add(Gid.of("Location", facility.shopifyLocationId())));
        return locations;
    }

    private static ArrayNode subscriptions(DataFetchingEnvironment environment, ShopStore store) {
        @Nullable List<String> topics = environment.<List<String>>getArgument("topics");
        return links(
                store.list("WebhookSubscription").stream()
                        .filter(subscription -> topics == null
                                || topics.isEmpty()
                                || topics.contains(subscription.path("topic").asText()))
                        .toList(),
                "WebhookSubscription");
    }

    private static ObjectNode installation() {
        ObjectNode installation = Json.object();
        installation.put("__typename", "AppInstallation");
        installation.put("id", Gid.of("AppInstallation", 1));
        ArrayNode scopes = installation.putArray("accessScopes");
        CatalogViews.SCOPES.forEach(scope -> scopes.addObject().put("handle", scope));
        return installation;
    }

    private static ArrayNode versions() {
        ArrayNode versions = Json.array();
        for (String handle : List.of("2026-01", "2026-04", "2026-07", Notifier.API_VERSION)) {
            versions.addObject()
                    .put("handle", handle)
                    .put("displayName", handle)
                    .put("supported", true);
        }
        versions.addObject()
                .put("handle", "unstable")
                .put("displayName", "unstable")
                .put("supported", false);
        return versions;
    }
}
