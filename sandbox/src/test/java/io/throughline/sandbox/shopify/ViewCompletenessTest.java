package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A field that the schema offers and a view forgot would read as null, so each field of each type must be there. */
class ViewCompletenessTest {

    /** Made from their arguments when they are read. */
    private static final Set<String> COMPUTED = Set.of(
            "Order.suggestedRefund",
            "InventoryItem.inventoryLevel",
            "Location.inventoryLevels",
            "FulfillmentOrder.locationsForMove");

    @Test
    void everyFieldOfEveryTypeIsThere() throws Exception {
        try (TestingShop testing = new TestingShop()) {
            ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);
            testing.take(body);
            ShopStore store = new ShopStore(
                    testing.sandbox().context(), SampleRetailer.load().shops().getFirst());
            Notifier notifier = new Notifier(store);
            ShopCatalog products = new ShopCatalog(store, notifier);
            Background background = new Background(store.documents());
            Nodes nodes = new Nodes(
                    store,
                    new InventoryBook(store, notifier),
                    products,
                    new BulkOperations(store, products, notifier, background));
            JsonNode order = view(nodes, Gid.of("Order", body.path("id").asLong()));
            JsonNode work = view(nodes, order.path("fulfillmentOrders").get(0).asText());

            complete("Order", order);
            complete("LineItem", order.path("lineItems").get(0));
            complete("TaxLine", order.path("taxLines").get(0));
            complete("MailingAddress", order.path("shippingAddress"));
            complete("ShippingLine", order.path("shippingLines").get(0));
            complete(
                    "DiscountCodeApplication",
                    order.path("discountApplications").get(0));
            complete("OrderTransaction", order.path("transactions").get(0));
            complete("FulfillmentOrder", work);
            complete("FulfillmentOrderLineItem", work.path("lineItems").get(0));
            complete("FulfillmentOrderDestination", work.path("destination"));
            complete("FulfillmentOrderAssignedLocation", work.path("assignedLocation"));
            complete("DeliveryMethod", work.path("deliveryMethod"));
            catalogue(nodes);
        }
    }

    private static void catalogue(Nodes nodes) {
        JsonNode location = view(nodes, Gid.of("Location", TestingShop.EAST));
        JsonNode item = view(nodes, "gid://shopify/InventoryItem/47100000000001");
        complete("Location", location);
        complete("LocationAddress", location.path("address"));
        complete("FulfillmentService", location.path("fulfillmentService"));
        complete("Product", view(nodes, "gid://shopify/Product/15100000000001"));
        complete("ProductVariant", view(nodes, "gid://shopify/ProductVariant/45100000000001"));
        complete("InventoryItem", item);
        complete("InventoryLevel", item.path("inventoryLevels").get(0));
        complete("Customer", view(nodes, "gid://shopify/Customer/9100000000001"));
        complete(
                "GiftCard",
                GiftCards.view(Json.object()
                        .put("id", "1")
                        .put("note", "n")
                        .put("enabled", true)
                        .putNull("deactivatedAt")));
        complete("Shop", view(nodes, "gid://shopify/Shop/1"));
        complete(
                "WebhookSubscription",
                Subscriptions.view(Json.object()
                        .put("id", "1")
                        .put("topic", "ORDERS_PAID")
                        .put("uri", "http://x")
                        .put("name", "n")
                        .put("format", "JSON")
                        .putNull("filter")
                        .put("updatedAt", "")
                        .put("createdAt", "")
                        .set("includeFields", Json.array())));
    }

    private static JsonNode view(Nodes nodes, String gid) {
        Optional<ObjectNode> view = nodes.view(Gid.parse(gid));
        assertThat(view).as(gid).isPresent();
        return view.orElseThrow();
    }

    private static void complete(String type, JsonNode view) {
        GraphQLObjectType definition =
                Objects.requireNonNull(AdminSchema.schema().getObjectType(type), type);
        List<String> missing = definition.getFieldDefinitions().stream()
                .map(GraphQLFieldDefinition::getName)
                .filter(name -> !COMPUTED.contains(type + "." + name))
                .filter(name -> !view.has(name))
                .toList();
        assertThat(missing).as("fields of " + type + " that its view lacks").isEmpty();
    }
}
