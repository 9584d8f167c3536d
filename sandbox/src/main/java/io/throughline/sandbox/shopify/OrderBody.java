package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.SampleRetailer.Shop;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;

/**
 * Checks that a body is an order as webhooks carry it, and fills in what follows from the rest. Totals that do not add up and
 * unknown SKUs are let pass: they are what a receiver must cope with. What no shop can hold is refused.
 */
final class OrderBody {

    private static final Set<String> FINANCIAL =
            Set.of("pending", "authorized", "partially_paid", "paid", "partially_refunded", "refunded", "voided");
    private static final Set<String> KINDS = Set.of("sale", "authorization", "capture", "refund", "void");
    private static final Set<String> TRANSACTION_STATUSES = Set.of("success", "pending", "failure", "error");

    private OrderBody() {}

    static ObjectNode check(JsonNode given, Shop shop) {
        JsonNode unwrapped = given.path("order").isObject() ? given.get("order") : given;
        if (!(unwrapped instanceof ObjectNode body)) {
            throw new InvalidOrder(422, "body", "must be an order: a JSON object, bare or below \"order\"");
        }
        requireId(body, "id");
        requireText(body, "name");
        requireCurrencies(body, shop);
        requireTime(body, "created_at");
        requireAmount(body, "total_price", "total_price");
        requireOneOf(body, "financial_status", FINANCIAL, "financial_status");
        requireLines(body);
        requireAmounts(body.path("shipping_lines"), "shipping_lines", "price");
        requireCountry(body, "shipping_address");
        requireCountry(body, "billing_address");
        requireTransactions(body);
        return body;
    }

    private static void requireCurrencies(ObjectNode body, Shop shop) {
        String currency = body.path("currency").asText("");
        if (!currency.equals(shop.currency())) {
            throw new InvalidOrder(
                    422, "currency", "must be the shop's, " + shop.currency() + ", not '" + currency + "'");
        }
        String presentment = body.path("presentment_currency").asText(currency);
        try {
            Bag.decimals(presentment);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidOrder(422, "presentment_currency", "is no ISO currency: '" + presentment + "'");
        }
        if (!presentment.equals(currency) && !body.path("total_price_set").isObject()) {
            throw new InvalidOrder(422, "total_price_set", "is needed where the customer paid in another currency");
        }
    }

    private static void requireLines(ObjectNode body) {
        JsonNode lines = body.path("line_items");
        if (!lines.isArray() || lines.isEmpty()) {
            throw new InvalidOrder(422, "line_items", "must be a list with at least one line");
        }
        for (int index = 0; index < lines.size(); index++) {
            String at = "line_items[" + index + "].";
            if (!(lines.get(index) instanceof ObjectNode line)) {
                throw new InvalidOrder(422, "line_items[" + index + "]", "must be an object");
            }
            if (!line.path("id").isIntegralNumber()) {
                throw new InvalidOrder(422, at + "id", "must be a whole number");
            }
            if (!line.path("quantity").isInt() || line.path("quantity").asInt() < 1) {
                throw new InvalidOrder(422, at + "quantity", "must be a whole number of at least 1");
            }
            requireAmount(line, "price", at + "price");
            requireAmounts(line.path("tax_lines"), at + "tax_lines", "price");
            requireAmounts(line.path("discount_allocations"), at + "discount_allocations", "amount");
            requireNoMoreOff(line, at);
        }
    }

    private static void requireNoMoreOff(JsonNode line, String at) {
        BigDecimal left = amount(line, "price")
                .multiply(BigDecimal.valueOf(line.path("quantity").asInt()));
        for (JsonNode allocation : line.path("discount_allocations")) {
            left = left.subtract(amount(allocation, "amount"));
        }
        if (left.signum() < 0) {
            throw new InvalidOrder(422, at + "discount_allocations", "must not come to more than the line");
        }
    }

    private static BigDecimal amount(JsonNode holder, String field) {
        return new BigDecimal(holder.path(field).asText());
    }

    private static void requireCountry(ObjectNode body, String address) {
        JsonNode country = body.path(address).path("country_code");
        if (country.isTextual() && !AdminSchema.knowsCountry(country.asText())) {
            throw new InvalidOrder(
                    422, address + ".country_code", "must be a country of Shopify's, not '" + country.asText() + "'");
        }
    }

    private static void requireTransactions(ObjectNode body) {
        JsonNode transactions = body.path("transactions");
        if (transactions.isArray()) {
            for (int index = 0; index < transactions.size(); index++) {
                String at = "transactions[" + index + "].";
                JsonNode transaction = transactions.get(index);
                requireAmount(transaction, "amount", at + "amount");
                requireOneOf(transaction, "kind", KINDS, at + "kind");
                if (transaction.has("status")) {
                    requireOneOf(transaction, "status", TRANSACTION_STATUSES, at + "status");
                }
                if (!transaction.path("gateway").isTextual()) {
                    throw new InvalidOrder(422, at + "gateway", "must be text");
                }
            }
            return;
        }
        boolean mixed = body.path("payment_gateway_names").size() > 1;
        String status = body.path("financial_status").asText();
        if (mixed || status.startsWith("partially") || status.equals("refunded")) {
            throw new InvalidOrder(
                    422,
                    "transactions",
                    "must be given: how the amount was split cannot be told from payment_gateway_names and "
                            + "financial_status");
        }
    }

    private static void requireId(ObjectNode body, String field) {
        if (!body.path(field).isIntegralNumber() || body.path(field).asLong() < 1) {
            throw new InvalidOrder(422, field, "must be a positive whole number");
        }
    }

    private static void requireText(JsonNode holder, String field) {
        if (!holder.path(field).isTextual() || holder.path(field).asText().isBlank()) {
            throw new InvalidOrder(422, field, "must be text");
        }
    }

    private static void requireTime(JsonNode holder, String field) {
        try {
            OffsetDateTime.parse(holder.path(field).asText());
        } catch (DateTimeParseException malformed) {
            throw new InvalidOrder(422, field, "must be a time with an offset, such as 2026-11-20T14:05:00-05:00");
        }
    }

    private static void requireOneOf(JsonNode holder, String field, Set<String> values, String at) {
        if (!values.contains(holder.path(field).asText().toLowerCase(Locale.ROOT))) {
            throw new InvalidOrder(
                    422, at, "must be one of " + values.stream().sorted().toList());
        }
    }

    private static void requireAmounts(JsonNode holders, String at, String field) {
        for (int index = 0; index < holders.size(); index++) {
            requireAmount(holders.get(index), field, at + "[" + index + "]." + field);
        }
    }

    private static void requireAmount(JsonNode holder, String field, String at) {
        JsonNode amount = holder.path(field);
        try {
            if (amount.isTextual() || amount.isNumber()) {
                new BigDecimal(amount.asText());
                return;
            }
        } catch (NumberFormatException malformed) {
            throw new InvalidOrder(422, at, "must be an amount such as \"25.00\", not '" + amount.asText() + "'");
        }
        throw new InvalidOrder(422, at, "must be an amount such as \"25.00\"");
    }

    /** A copy with every amount and list that the rest of the sandbox reads. */
    static ObjectNode completed(ObjectNode given) {
        ObjectNode body = given.deepCopy();
        body.remove("transactions");
        putIfAbsent(body, "presentment_currency", body.path("currency"));
        putIfAbsent(body, "processed_at", body.path("created_at"));
        putIfAbsent(
                body, "admin_graphql_api_id", Gid.of("Order", body.path("id").asLong()));
        for (String name : new String[] {"subtotal_price", "total_price", "total_tax", "total_discounts"}) {
            copyAmount(body, name, "current_" + name);
        }
        copyAmount(body, "total_shipping_price", "current_shipping_price");
        for (JsonNode each : body.path("line_items")) {
            ObjectNode line = (ObjectNode) each;
            putIfAbsent(line, "current_quantity", line.path("quantity"));
            putIfAbsent(line, "fulfillable_quantity", line.path("quantity"));
            line.put("admin_graphql_api_id", Gid.of("LineItem", line.path("id").asLong()));
        }
        for (String list : new String[] {"fulfillments", "refunds", "shipping_lines", "discount_applications"}) {
            body.withArray(list);
        }
        return body;
    }

    private static void copyAmount(ObjectNode body, String from, String to) {
        if (!body.has(to) && body.has(from)) {
            body.set(to, body.get(from));
        }
        if (!body.has(to + "_set") && body.has(from + "_set")) {
            body.set(to + "_set", body.get(from + "_set").deepCopy());
        }
    }

    private static void putIfAbsent(ObjectNode holder, String field, JsonNode value) {
        if (!holder.hasNonNull(field)) {
            holder.set(field, value);
        }
    }

    private static void putIfAbsent(ObjectNode holder, String field, String value) {
        if (!holder.hasNonNull(field)) {
            holder.put(field, value);
        }
    }
}
