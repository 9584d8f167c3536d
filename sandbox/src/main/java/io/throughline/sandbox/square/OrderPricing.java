package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Works out an order's amounts as Square does: discounts before taxes, each line rounded for itself, additive taxes on top and
 * inclusive ones inside. Service charges come last and are not taxed here.
 */
final class OrderPricing {

    private final ObjectNode order;
    private final String currency;

    private OrderPricing(ObjectNode order, String currency) {
        this.order = order;
        this.currency = currency;
    }

    /** Every line must have its {@code base_price_money} and {@code quantity}. */
    static void price(ObjectNode order, String currency) {
        new OrderPricing(order, currency).price();
    }

    private void price() {
        lines().forEach(this::gross);
        each("discounts").forEach(this::discount);
        each("taxes").forEach(this::tax);
        lines().forEach(this::lineTotal);
        total();
    }

    private void gross(ObjectNode line) {
        long gross = Math.multiplyExact(
                Amounts.minor(line.path("base_price_money")),
                line.path("quantity").asLong());
        line.set("variation_total_price_money", money(gross));
        line.set("gross_sales_money", money(gross));
        line.set("total_discount_money", money(0));
        line.set("total_tax_money", money(0));
        line.set("total_service_charge_money", money(0));
        line.remove("applied_discounts");
        if (!line.path("item_type").isTextual()) {
            line.put("item_type", "ITEM");
        }
    }

    private void discount(ObjectNode discount) {
        List<ObjectNode> lines = lines();
        List<Long> parts = new ArrayList<>();
        if (discount.hasNonNull("percentage")) {
            BigDecimal percentage = new BigDecimal(discount.path("percentage").asText());
            lines.forEach(line -> parts.add(Amounts.percent(net(line), percentage)));
            discount.put("type", "FIXED_PERCENTAGE");
        } else {
            List<Long> nets = lines.stream().map(OrderPricing::net).toList();
            long whole = nets.stream().mapToLong(Long::longValue).sum();
            parts.addAll(Amounts.split(Math.min(whole, Amounts.minor(discount.path("amount_money"))), nets));
            discount.put("type", "FIXED_AMOUNT");
        }
        discount.put("scope", "ORDER");
        apply(discount, "discount_uid", "applied_discounts", "total_discount_money", lines, parts);
    }

    private void tax(ObjectNode tax) {
        BigDecimal percentage = new BigDecimal(tax.path("percentage").asText("0"));
        boolean inclusive = "INCLUSIVE".equals(tax.path("type").asText());
        boolean everyLine = !"LINE_ITEM".equals(tax.path("scope").asText());
        tax.put("type", inclusive ? "INCLUSIVE" : "ADDITIVE").put("scope", everyLine ? "ORDER" : "LINE_ITEM");
        List<ObjectNode> lines = lines().stream()
                .filter(line -> everyLine || remove(line, tax.path("uid").asText()))
                .toList();
        List<Long> parts = lines.stream()
                .map(line ->
                        inclusive ? Amounts.contained(net(line), percentage) : Amounts.percent(net(line), percentage))
                .toList();
        apply(tax, "tax_uid", "applied_taxes", "total_tax_money", lines, parts);
    }

    /** Takes out a line's bare reference to a tax, which comes back with its amount; false where the line has none. */
    private static boolean remove(ObjectNode line, String taxUid) {
        if (!(line.get("applied_taxes") instanceof ArrayNode applied)) {
            return false;
        }
        for (int index = 0; index < applied.size(); index++) {
            if (taxUid.equals(applied.path(index).path("tax_uid").asText())) {
                applied.remove(index);
                return true;
            }
        }
        return false;
    }

    private void apply(
            ObjectNode adjustment,
            String reference,
            String list,
            String sum,
            List<ObjectNode> lines,
            List<Long> parts) {
        String uid = adjustment.path("uid").asText();
        long whole = 0;
        for (int index = 0; index < lines.size(); index++) {
            ObjectNode line = lines.get(index);
            long part = parts.get(index);
            whole += part;
            ArrayNode applied = line.get(list) instanceof ArrayNode present ? present : line.putArray(list);
            removeOld(applied, reference, uid);
            ObjectNode entry = applied.addObject();
            entry.put("uid", uid + "-" + line.path("uid").asText()).put(reference, uid);
            entry.set("applied_money", money(part));
            line.set(sum, money(Amounts.minor(line.path(sum)) + part));
        }
        adjustment.set("applied_money", money(whole));
    }

    private static void removeOld(ArrayNode applied, String reference, String uid) {
        for (int index = applied.size() - 1; index >= 0; index--) {
            if (uid.equals(applied.path(index).path(reference).asText())) {
                applied.remove(index);
            }
        }
    }

    private void lineTotal(ObjectNode line) {
        long additive = 0;
        for (JsonNode applied : line.path("applied_taxes")) {
            if (isAdditive(applied.path("tax_uid").asText())) {
                additive += Amounts.minor(applied.path("applied_money"));
            }
        }
        line.set("total_money", money(net(line) + additive));
    }

    private boolean isAdditive(String taxUid) {
        return each("taxes").stream()
                .anyMatch(tax -> taxUid.equals(tax.path("uid").asText())
                        && "ADDITIVE".equals(tax.path("type").asText()));
    }

    private void total() {
        long charges = 0;
        for (ObjectNode charge : each("service_charges")) {
            long amount = charge.hasNonNull("percentage")
                    ? Amounts.percent(
                            sum("gross_sales_money"),
                            new BigDecimal(charge.path("percentage").asText()))
                    : Amounts.minor(charge.path("amount_money"));
            charge.set("applied_money", money(amount));
            charge.set("total_money", money(amount));
            charge.set("total_tax_money", money(0));
            charges += amount;
        }
        long tip = 0;
        long paid = 0;
        for (JsonNode tender : order.path("tenders")) {
            tip += Amounts.minor(tender.path("tip_money"));
            paid += Amounts.minor(tender.path("amount_money"));
        }
        long total = sum("total_money") + charges + tip;
        order.set("total_money", money(total));
        order.set("total_tax_money", money(sum("total_tax_money")));
        order.set("total_discount_money", money(sum("total_discount_money")));
        order.set("total_tip_money", money(tip));
        order.set("total_service_charge_money", money(charges));
        order.set("net_amount_due_money", money(total - paid));
        ObjectNode amounts = Json.object();
        for (String name : List.of("total", "tax", "discount", "tip", "service_charge")) {
            amounts.set(name + "_money", order.path("total".equals(name) ? "total_money" : "total_" + name + "_money"));
        }
        order.set("net_amounts", amounts);
    }

    private long sum(String field) {
        return lines().stream()
                .mapToLong(line -> Amounts.minor(line.path(field)))
                .sum();
    }

    private static long net(ObjectNode line) {
        return Amounts.minor(line.path("gross_sales_money")) - Amounts.minor(line.path("total_discount_money"));
    }

    private List<ObjectNode> lines() {
        return each("line_items");
    }

    private List<ObjectNode> each(String list) {
        List<ObjectNode> entries = new ArrayList<>();
        order.path(list).forEach(entry -> entries.add((ObjectNode) entry));
        return entries;
    }

    private ObjectNode money(long minor) {
        return Amounts.money(minor, currency);
    }
}
