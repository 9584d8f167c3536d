package io.throughline.sandbox.tryton;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The models and fields that the stand-in plays, a small part of Tryton's. */
final class Schema {
    private static final Map<String, Model> MODELS = new LinkedHashMap<>();

    private Schema() {}

    /** A list of records that point back with {@code inverse}. */
    record Children(String model, String inverse) {}

    /** One model: its label in messages, plain fields, links to others, lists of children, and labels of what it can't do without. */
    static final class Model {
        private final String name;
        private final String label;
        private final Set<String> fields = new LinkedHashSet<>(List.of("id"));
        private final Map<String, String> links = new LinkedHashMap<>();
        private final Map<String, Children> children = new LinkedHashMap<>();
        private final Map<String, String> required = new LinkedHashMap<>();
        private final List<String> labels = new ArrayList<>();

        private Model(String name, String label) {
            this.name = name;
            this.label = label;
        }

        String name() {
            return name;
        }

        String label() {
            return label;
        }

        Map<String, String> required() {
            return required;
        }

        Map<String, Children> children() {
            return children;
        }

        boolean knows(String field) {
            return fields.contains(field) || links.containsKey(field) || children.containsKey(field);
        }

        Optional<String> target(String field) {
            return Optional.ofNullable(links.get(field));
        }

        private Model fields(String... names) {
            fields.addAll(List.of(names));
            return this;
        }

        private Model link(String field, String target) {
            links.put(field, target);
            return this;
        }

        private Model children(String field, String model, String inverse) {
            children.put(field, new Children(model, inverse));
            return this;
        }

        private Model required(String field, String fieldLabel) {
            required.put(field, fieldLabel);
            labels.add(fieldLabel);
            return this;
        }
    }

    static Model model(String name) {
        Model model = MODELS.get(name);
        if (model == null) {
            throw new TrytonError.ServerFault("'" + name + "'");
        }
        return model;
    }

    static Set<String> names() {
        return MODELS.keySet();
    }

    private static Model define(String name, String label) {
        Model model = new Model(name, label);
        MODELS.put(name, model);
        return model;
    }

    static {
        masterData();
        accounting();
        documents();
        stock();
    }

    private static void stock() {
        define("purchase.purchase", "Purchase")
                .fields("number", "reference", "state", "create_date", "write_date")
                .link("warehouse", "stock.location");
        define("purchase.line", "Purchase Line")
                .fields("quantity")
                .link("purchase", "purchase.purchase")
                .link("product", "product.product");
        for (String kind : List.of("in", "internal")) {
            define("stock.shipment." + kind, "Shipment")
                    .fields("reference", "state", "create_date", "write_date")
                    .link("warehouse", "stock.location")
                    .link("from_location", "stock.location")
                    .link("to_location", "stock.location");
        }
        model("stock.shipment.internal")
                .fields("number", "effective_date")
                .link("company", "company.company")
                .children("moves", "stock.move", "shipment")
                .required("company", "Company")
                .required("from_location", "From Location")
                .required("to_location", "To Location");
        define("stock.period", "Stock Period").fields("date", "state");
        define("stock.move", "Stock Move")
                .fields(
                        "internal_quantity",
                        "quantity",
                        "state",
                        "origin",
                        "shipment",
                        "planned_date",
                        "effective_date",
                        "create_date",
                        "write_date")
                .link("product", "product.product")
                .link("purchase", "purchase.purchase")
                .link("company", "company.company")
                .link("unit", "product.uom")
                .link("from_location", "stock.location")
                .link("to_location", "stock.location");
        define("stock.inventory", "Inventory")
                .fields("number", "date", "state", "empty_quantity", "create_date", "write_date")
                .link("location", "stock.location");
        define("stock.inventory.line", "Inventory Line")
                .fields("quantity", "expected_quantity")
                .link("inventory", "stock.inventory")
                .link("product", "product.product");
    }

    private static void masterData() {
        define("company.company", "Company").link("party", "party.party").link("currency", "currency.currency");
        define("currency.currency", "Currency").fields("code", "name", "digits", "rate");
        define("party.party", "Party")
                .fields("name", "code")
                .children("addresses", "party.address", "party")
                .required("name", "Name");
        define("party.address", "Address").fields("city").link("party", "party.party");
        define("product.product", "Product")
                .fields(
                        "code",
                        "name",
                        "active",
                        "type",
                        "list_price_used",
                        "cost_price",
                        "quantity",
                        "create_date",
                        "write_date")
                .link("default_uom", "product.uom");
        define("product.uom", "UoM").fields("name");
        define("stock.location", "Location")
                .fields("name", "code", "type")
                .link("parent", "stock.location")
                .link("storage_location", "stock.location")
                .link("lost_found_location", "stock.location")
                .link("input_location", "stock.location");
        define("web.shop", "Web Shop")
                .fields("name")
                .link("company", "company.company")
                .link("currency", "currency.currency");
        define("res.user.warning", "User Warning").fields("name", "always");
    }

    private static void accounting() {
        define("account.account", "Account")
                .fields("code", "name", "kind", "reconcile")
                .link("company", "company.company");
        define("account.journal", "Journal").fields("name", "code", "type");
        define("account.period", "Account Period")
                .fields("name", "start_date", "end_date", "state", "type")
                .link("company", "company.company");
        define("account.tax", "Tax")
                .fields("name", "description", "rate")
                .link("company", "company.company")
                .link("invoice_account", "account.account");
        define("account.payment.journal", "Payment Journal")
                .fields("name")
                .link("company", "company.company")
                .link("currency", "currency.currency")
                .link("clearing_account", "account.account");
        define("account.move", "Account Move")
                .fields("number", "date", "state", "origin", "description")
                .link("company", "company.company")
                .link("journal", "account.journal")
                .link("period", "account.period")
                .children("lines", "account.move.line", "move")
                .required("journal", "Journal")
                .required("date", "Effective Date");
        define("account.move.line", "Account Move Line")
                .fields(
                        "debit",
                        "credit",
                        "amount_second_currency",
                        "description",
                        "origin",
                        "move_state",
                        "reconciliation",
                        "maturity_date")
                .link("move", "account.move")
                .link("account", "account.account")
                .link("party", "party.party")
                .link("second_currency", "currency.currency")
                .required("account", "Account");
    }

    private static void documents() {
        define("sale.sale", "Sale")
                .fields(
                        "number",
                        "state",
                        "reference",
                        "description",
                        "sale_date",
                        "invoice_method",
                        "shipment_method",
                        "invoice_state",
                        "shipment_state",
                        "web_id",
                        "untaxed_amount")
                .link("company", "company.company")
                .link("party", "party.party")
                .link("currency", "currency.currency")
                .link("invoice_address", "party.address")
                .link("shipment_address", "party.address")
                .link("warehouse", "stock.location")
                .link("web_shop", "web.shop")
                .children("lines", "sale.line", "sale")
                .required("company", "Company")
                .required("party", "Party");
        define("sale.line", "Sale Line")
                .fields("type", "quantity", "unit_price", "description")
                .link("sale", "sale.sale")
                .link("product", "product.product")
                .link("unit", "product.uom")
                .required("unit", "Unit")
                .required("unit_price", "Unit Price");
        define("account.invoice", "Invoice")
                .fields(
                        "number",
                        "type",
                        "state",
                        "reference",
                        "description",
                        "invoice_date",
                        "accounting_date",
                        "untaxed_amount",
                        "tax_amount",
                        "total_amount")
                .link("company", "company.company")
                .link("party", "party.party")
                .link("currency", "currency.currency")
                .link("account", "account.account")
                .link("journal", "account.journal")
                .link("invoice_address", "party.address")
                .link("move", "account.move")
                .children("lines", "account.invoice.line", "invoice")
                .children("taxes", "account.invoice.tax", "invoice")
                .required("company", "Company")
                .required("party", "Party")
                .required("account", "Account")
                .required("journal", "Journal")
                .required("currency", "Currency");
        define("account.invoice.line", "Account Invoice Line")
                .fields("type", "invoice_type", "quantity", "unit_price", "description", "origin", "amount", "taxes")
                .link("invoice", "account.invoice")
                .link("company", "company.company")
                .link("currency", "currency.currency")
                .link("product", "product.product")
                .link("unit", "product.uom")
                .link("account", "account.account")
                .required("account", "Account")
                .required("unit_price", "Unit Price");
        define("account.invoice.tax", "Invoice Tax")
                .fields("description", "manual", "base", "amount")
                .link("invoice", "account.invoice")
                .link("tax", "account.tax")
                .link("account", "account.account")
                .required("account", "Account")
                .required("description", "Description");
        define("account.payment", "Account Payment")
                .fields("number", "kind", "amount", "date", "reference", "state")
                .link("company", "company.company")
                .link("party", "party.party")
                .link("journal", "account.payment.journal")
                .link("line", "account.move.line")
                .link("clearing_move", "account.move")
                .required("company", "Company")
                .required("party", "Party")
                .required("journal", "Journal")
                .required("amount", "Amount");
    }
}
