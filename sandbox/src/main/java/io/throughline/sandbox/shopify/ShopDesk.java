package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Shop;
import io.throughline.sandbox.core.SandboxContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that one shop can do, wired together. */
final class ShopDesk {

    private final ShopStore store;
    private final Notifier notifier;
    private final InventoryBook inventory;
    private final ShopCatalog catalog;
    private final BulkOperations bulk;
    private final ShopCustomers customers;
    private final Nodes nodes;
    private final Idempotency idempotency;
    private final CostBucket bucket;
    private final AccessTokens tokens;
    private final FulfillmentOrders work;
    private final ThirdPartyLocations locations;
    private final Refunds refunds;
    private final GiftCards giftCards;
    private final Payments payments;
    private final Cancellation cancellation;
    private final Disputes disputes;
    private final CustomerReturns returns;
    private final Fulfillments fulfillments;
    private final FulfillmentRequests requests;
    private final Map<String, Mutation> mutations = new LinkedHashMap<>();

    ShopDesk(SandboxContext context, Shop shop, Background background, LocationScripts scripts) {
        store = new ShopStore(context, shop);
        notifier = new Notifier(store);
        inventory = new InventoryBook(store, notifier);
        catalog = new ShopCatalog(store, notifier);
        bulk = new BulkOperations(store, catalog, notifier, background);
        customers = new ShopCustomers(store, notifier);
        nodes = new Nodes(store, inventory, catalog, bulk);
        idempotency = new Idempotency(store);
        bucket = new CostBucket(
                context.clock(),
                context.config().setting("shopify.bucket", 2_000L),
                context.config().setting("shopify.restore", 100L));
        tokens = new AccessTokens(store);
        work = new FulfillmentOrders(store, notifier, inventory);
        requests = new FulfillmentRequests(store, notifier, work);
        fulfillments = new Fulfillments(store, notifier, inventory, work);
        locations = new ThirdPartyLocations(store, scripts, background, requests, fulfillments);
        payments = new Payments(store, notifier);
        refunds = new Refunds(store, notifier, inventory, payments, fulfillments);
        giftCards = new GiftCards(store);
        cancellation = new Cancellation(store, notifier, payments, refunds, background);
        disputes = new Disputes(store, notifier);
        returns = new CustomerReturns(store, notifier);
        fulfillmentMutations();
        moneyMutations();
        otherMutations();
    }

    private void fulfillmentMutations() {
        keyless("fulfillmentOrderMove", work::move);
        keyless("fulfillmentOrderSplit", work::split);
        keyless("fulfillmentOrderHold", work::hold);
        keyless("fulfillmentOrderReleaseHold", work::releaseHold);
        keyless("fulfillmentOrderOpen", work::open);
        keyless("fulfillmentOrderReportProgress", work::reportProgress);
        keyless("fulfillmentOrderLineItemsPreparedForPickup", work::preparedForPickup);
        keyless("fulfillmentOrderSubmitFulfillmentRequest", arguments -> {
            ObjectNode payload = requests.submit(arguments);
            locations.requested(payload.path("submittedFulfillmentOrder").asText());
            return payload;
        });
        keyless("fulfillmentOrderAcceptFulfillmentRequest", requests::accept);
        keyless("fulfillmentOrderRejectFulfillmentRequest", requests::reject);
        keyless("fulfillmentOrderSubmitCancellationRequest", arguments -> {
            ObjectNode payload = requests.submitCancellation(arguments);
            locations.cancellationRequested(payload.path("fulfillmentOrder").asText());
            return payload;
        });
        keyless("fulfillmentOrderAcceptCancellationRequest", requests::acceptCancellation);
        keyless("fulfillmentOrderRejectCancellationRequest", requests::rejectCancellation);
        keyless("fulfillmentOrderCancel", requests::cancel);
        keyless("fulfillmentCreate", fulfillments::create);
        keyless("fulfillmentCancel", fulfillments::cancel);
        keyless("fulfillmentTrackingInfoUpdate", fulfillments::updateTracking);
    }

    private void moneyMutations() {
        keyless("orderCapture", payments::capture);
        keyless("transactionVoid", payments::voided);
        keyless("orderCancel", cancellation::request);
        mutations.put("refundCreate", refunds::create);
        keyless("giftCardCreate", giftCards::create);
        keyless("returnApproveRequest", returns::approve);
        keyless("returnDeclineRequest", returns::decline);
    }

    private void otherMutations() {
        InventoryMutations stock = new InventoryMutations(store, inventory, catalog);
        mutations.put("inventorySetQuantities", stock::set);
        mutations.put("inventoryAdjustQuantities", stock::adjust);
        mutations.put("inventoryMoveQuantities", stock::move);
        mutations.put("inventoryActivate", stock::activate);
        Subscriptions subscriptions = new Subscriptions(store);
        keyless("webhookSubscriptionCreate", subscriptions::create);
        keyless("webhookSubscriptionUpdate", subscriptions::update);
        keyless("webhookSubscriptionDelete", subscriptions::delete);
        keyless("bulkOperationRunQuery", bulk::run);
        keyless("tagsAdd", this::addTags);
    }

    /** Most mutations take no idempotency key. */
    @FunctionalInterface
    private interface Keyless {
        ObjectNode play(JsonNode arguments);
    }

    private void keyless(String name, Keyless mutation) {
        mutations.put(name, (arguments, key) -> mutation.play(arguments));
    }

    private ObjectNode addTags(JsonNode arguments) {
        String gid = arguments.path("id").asText();
        OrderDocument order =
                store.order(Gid.idOf("Order", gid)).orElseThrow(() -> UserErrors.of("The node does not exist.", "id"));
        Set<String> tags = new LinkedHashSet<>();
        for (String tag : order.body().path("tags").asText("").split(",", -1)) {
            if (!tag.isBlank()) {
                tags.add(tag.strip());
            }
        }
        boolean changed = false;
        for (JsonNode tag : arguments.path("tags")) {
            changed |= tags.add(tag.asText().strip());
        }
        if (changed) {
            order.body().put("tags", String.join(", ", tags));
            store.save(order);
            notifier.orderUpdated(order);
            store.effect("tagsAdd", order.gid(), arguments.path("tags").toString(), Json.object());
        }
        return Json.object().put("node", gid);
    }

    Optional<Mutation> mutation(String name) {
        return Optional.ofNullable(mutations.get(name));
    }

    Set<String> mutationNames() {
        return Set.copyOf(mutations.keySet());
    }

    ShopStore store() {
        return store;
    }

    Notifier notifier() {
        return notifier;
    }

    InventoryBook inventory() {
        return inventory;
    }

    ShopCatalog catalog() {
        return catalog;
    }

    ShopCustomers customers() {
        return customers;
    }

    BulkOperations bulk() {
        return bulk;
    }

    Nodes nodes() {
        return nodes;
    }

    Idempotency idempotency() {
        return idempotency;
    }

    CostBucket bucket() {
        return bucket;
    }

    AccessTokens tokens() {
        return tokens;
    }

    ThirdPartyLocations locations() {
        return locations;
    }

    Refunds refunds() {
        return refunds;
    }

    GiftCards giftCards() {
        return giftCards;
    }

    Payments payments() {
        return payments;
    }

    Disputes disputes() {
        return disputes;
    }

    CustomerReturns returns() {
        return returns;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Fulfillments fulfillments() {
        return fulfillments;
    }

    FulfillmentOrders work() {
        return work;
    }

    FulfillmentRequests requests() {
        return requests;
    }
}
