package io.throughline.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The committed configuration with three hundred stores in place of its facilities, and more SKUs. */
final class BigRetailer {
    static final int STORES = 300;
    /** With so many stores, five million balances. */
    static final int SKUS = 16_667;

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String POLICY = "standard-3";

    private BigRetailer() {}

    static Path write(Path directory) throws IOException {
        return write(Path.of(System.getProperty("throughline.home", "")), directory);
    }

    static Path write(Path home, Path directory) throws IOException {
        Path committed = home.resolve("config");
        Files.createDirectories(directory.resolve("policies/stock"));
        Files.createDirectories(directory.resolve("policies/store-day"));
        Files.createDirectories(directory.resolve("policies/returns"));
        Files.createDirectories(directory.resolve("policies/routing"));
        Files.createDirectories(directory.resolve("policies/cases"));
        for (String file : List.of(
                "api-server.yml",
                "service-levels.yml",
                "policies/" + POLICY + ".yml",
                "policies/routing/routing-1.yml",
                "policies/cases/cases-1.yml")) {
            Files.copy(committed.resolve(file), directory.resolve(file));
        }
        ObjectNode retailer =
                (ObjectNode) YAML.readTree(committed.resolve("retailer.yml").toFile());
        retailer.put("currentPolicy", POLICY);
        retailer.set("facilities", stores());
        retailer.set("stockAuthorities", authorities());
        ObjectNode opening = retailer.putObject("openingStock");
        for (int store = 1; store <= STORES; store++) {
            opening.putObject(store(store));
        }
        ArrayNode catalog = retailer.putArray("catalog");
        for (int sku = 1; sku <= SKUS; sku++) {
            catalog.addObject().put("sku", sku(sku)).put("title", "Product " + sku);
        }
        YAML.writeValue(directory.resolve("retailer.yml").toFile(), retailer);
        YAML.writeValue(directory.resolve("policies/stock/stock-1.yml").toFile(), policy());
        YAML.writeValue(directory.resolve("policies/store-day/store-day-1.yml").toFile(), storeDayPolicy());
        YAML.writeValue(directory.resolve("policies/returns/returns-1.yml").toFile(), returnPolicy(committed));
        return directory;
    }

    static String store(int number) {
        return "ST-%03d".formatted(number);
    }

    static String sku(int number) {
        return "SKU-%05d".formatted(number);
    }

    private static ArrayNode stores() {
        ArrayNode stores = YAML.createArrayNode();
        for (int number = 1; number <= STORES; number++) {
            ObjectNode store = stores.addObject()
                    .put("id", store(number))
                    .put("name", "Store " + number)
                    .put("kind", "STORE")
                    .put("zone", "America/New_York")
                    .put("country", "US")
                    .put("latitude", 30 + number % 20)
                    .put("longitude", -70 - number % 50)
                    .put("workAccount", "square-northwind");
            store.putObject("locations").put("square-northwind", "L" + number);
            store.putArray("serves").add("northwind").add("square-northwind").add("rest");
            store.putArray("methods").add("SHIPPING").add("PICKUP").add("CARRIED_OUT");
        }
        return stores;
    }

    private static ArrayNode authorities() {
        ArrayNode authorities = YAML.createArrayNode();
        ObjectNode entry =
                authorities.addObject().put("account", "square-northwind").put("by", "MOVEMENTS");
        ArrayNode facilities = entry.putArray("facilities");
        for (int store = 1; store <= STORES; store++) {
            facilities.add(store(store));
        }
        entry.putArray("measures")
                .add("ON_HAND")
                .add("HELD")
                .add("DAMAGED")
                .add("IN_TRANSIT")
                .add("SAFETY_STOCK");
        return authorities;
    }

    private static ObjectNode storeDayPolicy() {
        ObjectNode policy =
                YAML.createObjectNode().put("version", "store-day-1").put("effectiveFrom", "2020-01-01T00:00:00Z");
        ObjectNode rule = policy.putObject("stores").putObject("every-store");
        ArrayNode members = rule.putArray("facilities");
        for (int store = 1; store <= STORES; store++) {
            members.add(store(store));
        }
        rule.put("dayCut", "04:00").put("closes", "22:00").put("grace", "PT2H");
        rule.put("lateSales", "SUPPLEMENT").put("closedPeriods", "REFUSE");
        return policy;
    }

    /** The committed one without its categories, and without the rules for these. */
    private static ObjectNode returnPolicy(Path committed) throws IOException {
        ObjectNode policy = (ObjectNode) YAML.readTree(
                committed.resolve("policies/returns/returns-1.yml").toFile());
        policy.putObject("categories");
        for (String rules : new String[] {"windows", "notReturnable", "restocking", "storeCredit/only"}) {
            policy.withObject("/" + rules)
                    .properties()
                    .removeIf(rule -> rule.getValue().has("categories"));
        }
        return policy;
    }

    private static ObjectNode policy() {
        ObjectNode policy = YAML.createObjectNode()
                .put("version", "stock-1")
                .put("effectiveFrom", "2020-01-01T00:00:00Z")
                .put("pickupReadyWithin", "PT2H")
                .put("displacement", "NEWEST_FIRST");
        ArrayNode members = policy.putObject("groups").putArray("STORES");
        for (int store = 1; store <= STORES; store++) {
            members.add(store(store));
        }
        policy.putObject("channels").putArray("northwind").add("STORES");
        ObjectNode safety = policy.putObject("safetyStock").putObject("one-to-show");
        safety.putArray("facilities").add("STORES");
        safety.put("units", 1);
        ObjectNode threshold = policy.putObject("thresholds").putObject("the-last-ones");
        threshold.putArray("channels").add("northwind");
        threshold.put("units", 5);
        policy.putObject("shipping");
        policy.putObject("pickup");
        policy.putObject("transfers");
        policy.putObject("tolerance");
        policy.putObject("countTolerance");
        ObjectNode trust = policy.putObject("trust").putObject("silent");
        trust.putArray("facilities").add("STORES");
        trust.put("afterSilence", "PT30M").put("percent", 50);
        return policy;
    }
}
