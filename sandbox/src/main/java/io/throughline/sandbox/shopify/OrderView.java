package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An order as GraphQL shows it, made from its webhook-shaped body. In a view, a global id stands where an object belongs: the
 * fetcher resolves it only if it is asked for.
 */
final class OrderView {

    /** GraphQL name by the body's name, for what needs no more than renaming. */
    private static final Map<String, String> COPIED = Map.of(
            "name", "name",
            "confirmationNumber", "confirmation_number",
            "note", "note",
            "email", "email",
            "phone", "phone",
            "sourceName", "source_name",
            "currencyCode", "currency",
            "paymentGatewayNames", "payment_gateway_names");

    private static final Map<String, String> FLAGS = Map.of(
            "test", "test",
            "taxesIncluded", "taxes_included",
            "taxExempt", "tax_exempt",
            "dutiesIncluded", "duties_included",
            "estimatedTaxes", "estimated_taxes",
            "confirmed", "confirmed");

    private static final Map<String, String> TIMES = Map.of(
            "createdAt", "created_at",
            "processedAt", "processed_at",
            "updatedAt", "updated_at",
            "cancelledAt", "cancelled_at",
            "closedAt", "closed_at");

    private static final Map<String, String> AMOUNTS = Map.ofEntries(
            Map.entry("subtotalPriceSet", "subtotal_price"),
            Map.entry("totalDiscountsSet", "total_discounts"),
            Map.entry("totalShippingPriceSet", "total_shipping_price"),
            Map.entry("totalTaxSet", "total_tax"),
            Map.entry("totalPriceSet", "total_price"),
            Map.entry("currentTotalPriceSet", "current_total_price"),
            Map.entry("currentSubtotalPriceSet", "current_subtotal_price"),
            Map.entry("currentTotalTaxSet", "current_total_tax"),
            Map.entry("currentTotalDiscountsSet", "current_total_discounts"),
            Map.entry("currentShippingPriceSet", "current_shipping_price"),
            Map.entry("totalTipReceivedSet", "total_tip_received"));

    private final ShopStore store;
    private final OrderDocument order;
    private final List<FulfillmentOrderDocument> work;
    private final OrderLineViews parts;
    private final ObjectNode view = Json.object();

    private OrderView(ShopStore store, OrderDocument order) {
        this.store = store;
        this.order = order;
        this.work = store.fulfillmentOrders(order);
        this.parts = new OrderLineViews(store, order, work);
    }

    static ObjectNode of(ShopStore store, OrderDocument order) {
        OrderView builder = new OrderView(store, order);
        builder.identity();
        builder.status();
        builder.parties();
        builder.amounts();
        builder.lists();
        return builder.view;
    }

    private void identity() {
        ObjectNode body = order.body();
        view.put("__typename", "Order");
        view.put("id", order.gid());
        view.put("legacyResourceId", order.id());
        COPIED.forEach((name, source) -> view.set(name, present(body.path(source))));
        FLAGS.forEach((name, source) -> view.put(name, body.path(source).asBoolean()));
        TIMES.forEach((name, source) -> view.set(name, time(body.path(source))));
        view.put("presentmentCurrencyCode", order.presentmentCurrency());
        view.put("edited", order.node().path("edited").asBoolean());
        view.set("tags", tags(body.path("tags").asText("")));
        view.set("customAttributes", attributes(body.path("note_attributes")));
        ArrayNode codes = view.putArray("discountCodes");
        body.path("discount_codes").forEach(code -> codes.add(code.path("code").asText()));
        if (view.path("paymentGatewayNames").isNull()) {
            view.putArray("paymentGatewayNames");
        }
    }

    private void status() {
        view.put("displayFinancialStatus", order.financialStatus());
        view.put("displayFulfillmentStatus", fulfillmentStatus());
        view.put("returnStatus", CustomerReturns.statusOf(store, order));
        view.put("capturable", order.capturable().isPositive());
        view.put("fullyPaid", !order.outstanding().isPositive());
        JsonNode reason = order.body().path("cancel_reason");
        view.set(
                "cancelReason",
                reason.isTextual() ? new TextNode(reason.asText().toUpperCase(Locale.ROOT)) : NullNode.instance);
        view.set("risk", Json.object().put("recommendation", "ACCEPT"));
    }

    private String fulfillmentStatus() {
        if (work.stream().allMatch(each -> each.methodType().equals("NONE"))) {
            return work.isEmpty() ? "FULFILLMENT_NOT_REQUIRED" : "FULFILLED";
        }
        if (work.stream().anyMatch(each -> each.status().equals("ON_HOLD"))) {
            return "ON_HOLD";
        }
        int fulfilled =
                work.stream().mapToInt(FulfillmentOrderDocument::fulfilled).sum();
        int remaining = work.stream()
                .filter(each -> !each.ended())
                .mapToInt(FulfillmentOrderDocument::remaining)
                .sum();
        if (fulfilled > 0) {
            return remaining == 0 ? "FULFILLED" : "PARTIALLY_FULFILLED";
        }
        return work.stream().anyMatch(each -> each.status().equals("IN_PROGRESS")) ? "IN_PROGRESS" : "UNFULFILLED";
    }

    private void parties() {
        ObjectNode body = order.body();
        long customerId = body.path("customer").path("id").asLong(0);
        view.set("customer", customerId == 0 ? NullNode.instance : new TextNode(Gid.of("Customer", customerId)));
        view.set("billingAddress", address(body.path("billing_address"), "billing-" + order.id()));
        view.set("shippingAddress", address(body.path("shipping_address"), "shipping-" + order.id()));
        long locationId = body.path("location_id").asLong(0);
        view.set("retailLocation", locationId == 0 ? NullNode.instance : new TextNode(Gid.of("Location", locationId)));
        view.set(
                "merchantBusinessEntity",
                Json.object()
                        .put(
                                "id",
                                Gid.of(
                                        "BusinessEntity",
                                        body.path("merchant_business_entity_id").asText("1"))));
    }

    private void amounts() {
        AMOUNTS.forEach((name, source) -> view.set(name, order.amount(source).toView()));
        for (String part : List.of("current_total_duties", "original_total_duties", "current_total_additional_fees")) {
            JsonNode set = order.body().path(part + "_set");
            view.set(camel(part) + "Set", set.isObject() ? Bag.of(set).toView() : NullNode.instance);
        }
        view.set("totalOutstandingSet", order.outstanding().toView());
        view.set("totalReceivedSet", order.received().toView());
        view.set("totalRefundedSet", order.refunded().toView());
        view.set("totalCapturableSet", order.capturable().toView());
        view.set("netPaymentSet", order.received().minus(order.refunded()).toView());
        ObjectNode rounding = Json.object();
        rounding.set(
                "paymentSet",
                order.amount("total_cash_rounding_payment_adjustment").toView());
        rounding.set(
                "refundSet",
                order.amount("total_cash_rounding_refund_adjustment").toView());
        view.set("totalCashRoundingAdjustment", rounding);
        view.set("taxLines", parts.taxLines(order.body().path("tax_lines")));
    }

    private void lists() {
        ArrayNode lines = view.putArray("lineItems");
        order.lines().forEach(line -> lines.add(parts.line(line)));
        ArrayNode shipping = view.putArray("shippingLines");
        order.body().path("shipping_lines").forEach(line -> shipping.add(parts.shippingLine(line)));
        ArrayNode applications = view.putArray("discountApplications");
        for (int index = 0; index < order.body().path("discount_applications").size(); index++) {
            applications.add(parts.discountApplication(index));
        }
        ArrayNode disputes = view.putArray("disputes");
        Disputes.of(store, order).forEach(dispute -> disputes.add(Disputes.summary(dispute)));
        ArrayNode returns = view.putArray("returns");
        CustomerReturns.of(store, order).forEach(one -> returns.add(CustomerReturns.gid(one)));
        ArrayNode transactions = view.putArray("transactions");
        order.transactions().forEach(each -> transactions.add(TransactionView.of(order, each)));
        ArrayNode fulfillmentOrders = view.putArray("fulfillmentOrders");
        order.fulfillmentOrderIds().forEach(id -> fulfillmentOrders.add(Gid.of("FulfillmentOrder", id)));
        ArrayNode refunds = view.putArray("refunds");
        order.refunds().forEach(refund -> refunds.add(RefundView.of(store, order, refund)));
        ArrayNode fulfillments = view.putArray("fulfillments");
        work.forEach(each -> each.fulfillmentIds().forEach(id -> fulfillments.add(Gid.of("Fulfillment", id.asText()))));
    }

    static JsonNode address(JsonNode address, String id) {
        if (!address.isObject()) {
            return NullNode.instance;
        }
        ObjectNode node = Json.object();
        node.put("__typename", "MailingAddress");
        node.put("id", Gid.of("MailingAddress", address.path("id").asText(id)));
        node.set("firstName", present(address.path("first_name")));
        node.set("lastName", present(address.path("last_name")));
        node.set("provinceCode", present(address.path("province_code")));
        node.set("countryCodeV2", present(address.path("country_code")));
        node.set("countryCode", present(address.path("country_code")));
        for (String name : List.of(
                "latitude",
                "longitude",
                "name",
                "company",
                "address1",
                "address2",
                "city",
                "province",
                "zip",
                "country",
                "phone")) {
            node.set(name, present(address.path(name)));
        }
        return node;
    }

    static ArrayNode attributes(JsonNode pairs) {
        ArrayNode nodes = Json.array();
        for (JsonNode pair : pairs) {
            nodes.add(Json.object()
                    .put("key", pair.path("name").asText())
                    .put("value", pair.path("value").asText()));
        }
        return nodes;
    }

    private static ArrayNode tags(String text) {
        ArrayNode tags = Json.array();
        text.lines().flatMap(line -> Arrays.stream(line.split(",", -1))).forEach(tag -> {
            if (!tag.isBlank()) {
                tags.add(tag.strip());
            }
        });
        return tags;
    }

    static JsonNode present(JsonNode node) {
        return node.isMissingNode() ? NullNode.instance : node;
    }

    /** GraphQL writes times in UTC. */
    static JsonNode time(JsonNode text) {
        return text.isTextual()
                ? new TextNode(OffsetDateTime.parse(text.asText()).toInstant().toString())
                : NullNode.instance;
    }

    private static String camel(String name) {
        StringBuilder text = new StringBuilder();
        for (String word : name.split("_", -1)) {
            text.append(text.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return text.toString();
    }

    static String locationName(Optional<Facility> facility) {
        return facility.map(Facility::name).orElse("Unknown location");
    }
}
