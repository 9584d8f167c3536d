package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Writes a Shopify order as its webhook would carry it: amounts as strings with the shop currency's decimals, one tax per line, delivery
 * charged without tax. Its buyer is made up.
 */
public final class OrderBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long VARIANTS = 45_100_000_000_000L;
    private static final long PRODUCTS = 15_100_000_000_000L;

    private static final String CARD = "shopify_payments";
    private static final String GIFT_CARD = "gift_card";

    private final long id;
    private final String currency;
    private final int decimals;
    private final String taxTitle;
    private final BigDecimal taxRate;
    private final ObjectNode body = JSON.createObjectNode();
    private final ArrayNode lines = JSON.createArrayNode();
    private BigDecimal subtotal = BigDecimal.ZERO;
    private BigDecimal tax = BigDecimal.ZERO;
    private BigDecimal shipping = BigDecimal.ZERO;
    private BigDecimal tip = BigDecimal.ZERO;
    private BigDecimal duties = BigDecimal.ZERO;
    private BigDecimal cashRounding = BigDecimal.ZERO;
    private String tags = "";
    private String financialStatus = "paid";
    private String gateway = CARD;
    private BigDecimal giftCard = BigDecimal.ZERO;

    private OrderBody(long id, String currency, int decimals, String taxTitle, String taxRate) {
        this.id = id;
        this.currency = currency;
        this.decimals = decimals;
        this.taxTitle = taxTitle;
        this.taxRate = new BigDecimal(taxRate);
    }

    public static OrderBody usd(long id) {
        return new OrderBody(id, "USD", 2, "MA State Tax", "0.0625");
    }

    public static OrderBody jpy(long id) {
        return new OrderBody(id, "JPY", 0, "Consumption Tax", "0.10");
    }

    public static OrderBody kwd(long id) {
        return new OrderBody(id, "KWD", 3, "VAT", "0.05");
    }

    /** A body that is kept as a file beside this class. */
    public static ObjectNode recorded(String file) {
        try (InputStream in = OrderBody.class.getResourceAsStream("/demo/" + file)) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in, file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public OrderBody line(int number, String sku, int quantity, String price) {
        return line(number, sku, quantity, price, false);
    }

    /** Sent by mail, so that nobody hands anything over; not taxed, for it is no revenue yet. */
    public OrderBody giftCard(int number, String sku, String price) {
        return line(number, sku, 1, price, true);
    }

    private OrderBody line(int number, String sku, int quantity, String price, boolean giftCard) {
        BigDecimal unit = amount(new BigDecimal(price));
        BigDecimal whole = unit.multiply(BigDecimal.valueOf(quantity));
        BigDecimal lineTax = amount(giftCard ? BigDecimal.ZERO : whole.multiply(taxRate));
        subtotal = subtotal.add(whole);
        tax = tax.add(lineTax);
        ObjectNode line = lines.addObject()
                .put("id", id * 10 + lines.size())
                .put("variant_id", VARIANTS + number)
                .put("product_id", PRODUCTS + number)
                .put("sku", sku)
                .put("title", sku)
                .put("name", sku)
                .put("quantity", quantity)
                .put("current_quantity", quantity)
                .put("fulfillable_quantity", quantity)
                .put("fulfillment_service", "manual")
                .put("gift_card", giftCard)
                .put("requires_shipping", !giftCard)
                .put("taxable", !giftCard)
                .put("price", unit.toPlainString());
        line.set("price_set", bag(unit));
        line.putArray("discount_allocations");
        line.putArray("duties");
        line.set("tax_lines", giftCard ? JSON.createArrayNode() : taxes(lineTax));
        return this;
    }

    public OrderBody shipping(String price) {
        shipping = amount(new BigDecimal(price));
        return this;
    }

    public OrderBody tip(String amount) {
        tip = amount(new BigDecimal(amount));
        return this;
    }

    public OrderBody duties(String amount) {
        duties = amount(new BigDecimal(amount));
        return this;
    }

    /** So much of it is paid by a gift card, and the rest by card. */
    public OrderBody partByGiftCard(String sum) {
        giftCard = amount(new BigDecimal(sum));
        return this;
    }

    /** Paid in cash, by which the whole was rounded by so much, up or down. */
    public OrderBody inCash(String rounding) {
        cashRounding = amount(new BigDecimal(rounding));
        gateway = "cash";
        return this;
    }

    public OrderBody tags(String comma) {
        tags = comma;
        return this;
    }

    public OrderBody authorizedOnly() {
        financialStatus = "authorized";
        return this;
    }

    /** By a transfer that has not come yet. */
    public OrderBody byTransfer() {
        financialStatus = "pending";
        gateway = "bank_deposit";
        return this;
    }

    public ObjectNode toJson() {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        BigDecimal total = subtotal.add(tax).add(shipping).add(tip).add(duties);
        body.put("id", id)
                .put("admin_graphql_api_id", "gid://shopify/Order/" + id)
                .put("name", "#" + id % 100_000)
                .put("order_number", id % 100_000)
                .put("created_at", now)
                .put("processed_at", now)
                .put("updated_at", now)
                .put("currency", currency)
                .put("presentment_currency", currency)
                .put("taxes_included", false)
                .put("financial_status", financialStatus)
                .put("source_name", "web")
                .put("email", "kim." + id + "@example.com")
                .put("contact_email", "kim." + id + "@example.com")
                .put("tags", tags)
                .put("test", false);
        body.putNull("cancelled_at");
        money("subtotal_price", subtotal);
        money("total_line_items_price", subtotal);
        money("total_tax", tax);
        money("total_discounts", BigDecimal.ZERO);
        money("total_price", total);
        money("current_subtotal_price", subtotal);
        money("current_total_tax", tax);
        money("current_total_discounts", BigDecimal.ZERO);
        money("current_total_price", total);
        body.set("total_shipping_price_set", bag(shipping));
        body.set("current_shipping_price_set", bag(shipping));
        body.put("total_tip_received", amount(tip).toPlainString());
        if (duties.signum() != 0) {
            body.set("original_total_duties_set", bag(duties));
            body.set("current_total_duties_set", bag(duties));
        }
        body.set("total_cash_rounding_payment_adjustment_set", bag(cashRounding));
        pay(total.add(cashRounding));
        body.set("tax_lines", taxes(tax));
        body.putArray("discount_codes");
        body.putArray("discount_applications");
        body.putArray("fulfillments");
        body.putArray("refunds");
        body.set("line_items", lines);
        ObjectNode delivery = body.putArray("shipping_lines")
                .addObject()
                .put("id", id * 10 + 9)
                .put("title", "Standard")
                .put("code", "Standard")
                .put("source", "shopify")
                .put("is_removed", false)
                .put("price", shipping.toPlainString())
                .put("discounted_price", shipping.toPlainString());
        delivery.set("price_set", bag(shipping));
        delivery.set("discounted_price_set", bag(shipping));
        delivery.putArray("tax_lines");
        delivery.putArray("discount_allocations");
        body.set("shipping_address", address());
        body.set("billing_address", address());
        return body;
    }

    private void pay(BigDecimal sum) {
        ArrayNode gateways = body.putArray("payment_gateway_names").add(gateway);
        if (giftCard.signum() == 0 && gateway.equals(CARD)) {
            return;
        }
        ArrayNode transactions = body.putArray("transactions");
        if (giftCard.signum() > 0) {
            gateways.add(GIFT_CARD);
            transactions.add(sale(GIFT_CARD, giftCard));
        }
        transactions.add(sale(gateway, sum.subtract(giftCard)));
    }

    private ObjectNode sale(String by, BigDecimal sum) {
        return JSON.createObjectNode()
                .put("kind", "sale")
                .put("status", financialStatus.equals("paid") ? "success" : financialStatus)
                .put("gateway", by)
                .put("amount", amount(sum).toPlainString());
    }

    private ObjectNode address() {
        return JSON.createObjectNode()
                .put("first_name", "Kim")
                .put("last_name", "Example")
                .put("address1", "7 Sample Street")
                .put("city", "Boston")
                .put("zip", "02110")
                .put("province", "Massachusetts")
                .put("province_code", "MA")
                .put("country", "United States")
                .put("country_code", "US")
                .put("phone", "+16175550100");
    }

    private void money(String name, BigDecimal value) {
        body.put(name, amount(value).toPlainString());
        body.set(name + "_set", bag(value));
    }

    private ArrayNode taxes(BigDecimal value) {
        ArrayNode taxes = JSON.createArrayNode();
        ObjectNode one = taxes.addObject()
                .put("title", taxTitle)
                .put("rate", taxRate.doubleValue())
                .put("price", amount(value).toPlainString())
                .put("channel_liable", false);
        one.set("price_set", bag(value));
        return taxes;
    }

    private JsonNode bag(BigDecimal value) {
        ObjectNode bag = JSON.createObjectNode();
        for (String side : new String[] {"shop_money", "presentment_money"}) {
            bag.putObject(side).put("amount", amount(value).toPlainString()).put("currency_code", currency);
        }
        return bag;
    }

    private BigDecimal amount(BigDecimal value) {
        return value.setScale(decimals, RoundingMode.HALF_UP);
    }
}
