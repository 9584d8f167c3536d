package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The company as a fresh sandbox has it. */
final class Seed {
    /** Nothing of a fresh company was changed since its records were made. */
    private static final Instant SINCE = Instant.parse("2026-01-05T09:00:00Z");

    private final Tables tables;
    private final SampleRetailer retailer;
    private final JsonNode plan;
    private final Map<String, Long> ids = new HashMap<>();

    Seed(Tables tables, SampleRetailer retailer) {
        this.tables = tables;
        this.retailer = retailer;
        try (InputStream source =
                Objects.requireNonNull(Seed.class.getResourceAsStream("/tryton/company.json"), "tryton/company.json")) {
            plan = Json.parse(source.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void sow() {
        if (!tables.all("company.company").isEmpty()) {
            return;
        }
        for (JsonNode currency : plan.path("currencies")) {
            ObjectNode row = currency.deepCopy();
            row.set("rate", Typed.decimal(new BigDecimal(currency.path("rate").asText())));
            insert("currency.currency", currency.path("code").asText(), row);
        }
        company();
        for (JsonNode account : plan.path("accounts")) {
            insert("account.account", account.path("code").asText(), ofCompany(account.deepCopy()));
        }
        for (JsonNode journal : plan.path("journals")) {
            insert("account.journal", journal.path("code").asText(), journal.deepCopy());
        }
        plan.path("fiscalYears").forEach(year -> periods(year.intValue()));
        taxAndPayments();
        products();
        location("SUP", "Supplier", "supplier");
        location("TRANSIT", "Transit", "storage");
        long found = location("LOST", "Lost and found", "lost_found").path("id").longValue();
        retailer.facilities().forEach(facility -> warehouse(facility, found));
        plan.path("shops").forEach(this::shop);
    }

    /** What each facility has at the start was found there by a count, long ago. */
    private void warehouse(SampleRetailer.Facility facility, long found) {
        long storage = place(facility, "storage");
        tables.save(
                "stock.location",
                location(facility.id(), facility.name(), "warehouse")
                        .put("storage_location", storage)
                        .put("lost_found_location", found)
                        .put("input_location", place(facility, "input")));
        retailer.stock().getOrDefault(facility.id(), Map.of()).forEach((sku, units) -> {
            ObjectNode move = Json.object()
                    .put("product", id("product.product", sku))
                    .put("quantity", units)
                    .put("internal_quantity", units)
                    .put("from_location", found)
                    .put("to_location", storage)
                    .put("state", "done");
            move.set("effective_date", Typed.date(SINCE.atZone(ZoneOffset.UTC).toLocalDate()));
            move.set("create_date", Typed.dateTime(SINCE));
            tables.insert("stock.move", move);
        });
    }

    private long place(SampleRetailer.Facility facility, String name) {
        return location(facility.id() + "-" + name, facility.name() + " " + name, "storage")
                .path("id")
                .longValue();
    }

    private ObjectNode location(String code, String name, String type) {
        return tables.insert(
                "stock.location",
                Json.object().put("name", name).put("code", code).put("type", type));
    }

    private void company() {
        SampleRetailer.Erp erp = retailer.erp();
        long party = party("company", erp.company());
        insert(
                "company.company",
                "company",
                Json.object().put("party", party).put("currency", id("currency.currency", erp.currency())));
    }

    private void periods(int year) {
        for (int month = 1; month <= 12; month++) {
            YearMonth yearMonth = YearMonth.of(year, month);
            ObjectNode period = ofCompany(Json.object())
                    .put("name", yearMonth.toString())
                    .put("state", "open")
                    .put("type", "standard");
            period.set("start_date", Typed.date(yearMonth.atDay(1)));
            period.set("end_date", Typed.date(yearMonth.atEndOfMonth()));
            insert("account.period", yearMonth.toString(), period);
        }
    }

    private void taxAndPayments() {
        JsonNode tax = plan.path("tax");
        ObjectNode row = ofCompany(Json.object())
                .put("name", tax.path("name").asText())
                .put("description", tax.path("name").asText())
                .put(
                        "invoice_account",
                        id("account.account", tax.path("account").asText()));
        row.set("rate", Typed.decimal(BigDecimal.ZERO));
        insert("account.tax", "tax", row);
        plan.path("paymentJournals")
                .properties()
                .forEach(entry -> plan.path("currencies")
                        .forEach(currency -> paymentJournal(
                                entry.getKey(),
                                currency.path("code").asText(),
                                entry.getValue().asText())));
    }

    private void paymentJournal(String gateway, String currency, String account) {
        String name = gateway + " " + currency;
        insert(
                "account.payment.journal",
                name,
                ofCompany(Json.object())
                        .put("name", name)
                        .put("currency", id("currency.currency", currency))
                        .put("clearing_account", id("account.account", account)));
    }

    private void products() {
        long unit = insert("product.uom", "unit", Json.object().put("name", "Unit"));
        Set<String> services = plan.path("services")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        retailer.products()
                .forEach(product -> product(
                        product.sku(),
                        product.title(),
                        services.remove(product.sku()) ? "service" : "goods",
                        Objects.requireNonNull(
                                product.prices().get(retailer.erp().currency())),
                        product.cost(),
                        unit));
        services.forEach(code -> product(code, code, "service", BigDecimal.ZERO, BigDecimal.ZERO, unit));
    }

    private void product(String code, String name, String type, BigDecimal price, BigDecimal cost, long unit) {
        ObjectNode row = Json.object()
                .put("code", code)
                .put("name", name)
                .put("type", type)
                .put("active", true)
                .put("default_uom", unit);
        row.set("list_price_used", Typed.decimal(price));
        row.set("cost_price", Typed.decimal(cost));
        row.set("create_date", Typed.dateTime(SINCE));
        insert("product.product", code, row);
    }

    private void shop(JsonNode shop) {
        String code = shop.path("code").asText();
        party(code, code + " customers");
        insert(
                "web.shop",
                code,
                ofCompany(Json.object())
                        .put("name", code)
                        .put(
                                "currency",
                                id("currency.currency", shop.path("currency").asText())));
    }

    private long party(String code, String name) {
        long party = insert("party.party", code, Json.object().put("name", name).put("code", code));
        insert("party.address", code, Json.object().put("party", party));
        return party;
    }

    private ObjectNode ofCompany(ObjectNode row) {
        return row.put("company", id("company.company", "company"));
    }

    private long insert(String model, String name, ObjectNode row) {
        long id = tables.insert(model, row).path("id").longValue();
        ids.put(model + " " + name, id);
        return id;
    }

    private long id(String model, String name) {
        return Objects.requireNonNull(ids.get(model + " " + name), model + " " + name);
    }
}
