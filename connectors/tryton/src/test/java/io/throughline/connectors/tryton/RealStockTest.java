package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.catalog.Sku;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The stock contract against a real Tryton server, with its modules for purchases and stock. */
@Tag("real-erp")
@TestInstance(Lifecycle.PER_CLASS)
class RealStockTest extends StockContract {
    private RealTryton tryton;

    @BeforeAll
    void start() throws Exception {
        tryton = RealTryton.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (tryton != null) {
            tryton.stop();
        }
    }

    @Override
    ErpUnderTest erp() {
        return tryton;
    }

    @Override
    Warehouse warehouse() {
        return new People(tryton.admin());
    }

    /** What people do at Tryton's screens. */
    private record People(AdminSession admin) implements Warehouse {
        @Override
        public void buy(String reference, Sku sku, int units, LocalDate expected) {
            long party = id(create(
                    "party.party",
                    Values.object()
                            .put("name", "Supplier of " + reference)
                            .set("addresses", Values.creating(List.of(Values.object())))));
            JsonNode supplier = read("party.party", party, "addresses");
            ObjectNode line = Values.object()
                    .put("type", "line")
                    .put("product", product(sku))
                    .put("quantity", (double) units)
                    .put("unit", unit(sku))
                    .put("delivery_date_edit", true);
            line.set("unit_price", Values.decimal(new BigDecimal("6.2500")));
            line.set("delivery_date_store", Values.date(expected));
            ObjectNode purchase = Values.object()
                    .put("company", 1)
                    .put("party", party)
                    .put("currency", currency())
                    .put("invoice_address", supplier.path("addresses").path(0).longValue())
                    .put("warehouse", warehouse("WH-EAST").path("id").longValue())
                    .put("invoice_method", "manual")
                    .put("reference", reference);
            purchase.set("purchase_date", Values.date(today()));
            purchase.set("lines", Values.creating(List.of(line)));
            ArrayNode made = create("purchase.purchase", purchase);
            admin.call("model.purchase.purchase.quote", made);
            admin.call("model.purchase.purchase.confirm", made);
            if (!Values.text(read("purchase.purchase", id(made), "state"), "state")
                    .equals("processing")) {
                admin.call("model.purchase.purchase.process", made);
            }
        }

        @Override
        public void receive(String reference) {
            long purchase = id(search("purchase.purchase", reference));
            JsonNode ordered = read("purchase.purchase", purchase, "moves", "party");
            JsonNode east = warehouse("WH-EAST");
            ObjectNode shipment = Values.object()
                    .put("company", 1)
                    .put("supplier", ordered.path("party").longValue())
                    .put("warehouse", Values.id(east))
                    .put("warehouse_input", east.path("input_location").longValue())
                    .put("warehouse_storage", east.path("storage_location").longValue())
                    .put("reference", reference);
            shipment.set(
                    "incoming_moves",
                    Values.array().add(Values.array().add("add").add(ordered.path("moves"))));
            ArrayNode made = create("stock.shipment.in", shipment);
            admin.call("model.stock.shipment.in.receive", made);
            admin.call("model.stock.shipment.in.do", made);
        }

        @Override
        public void send(String reference, Sku sku, int units, LocalDate expected) {
            long from = warehouse("WH-EAST").path("storage_location").longValue();
            long to = warehouse("WH-WEST").path("storage_location").longValue();
            ObjectNode move = Values.object()
                    .put("company", 1)
                    .put("product", product(sku))
                    .put("unit", unit(sku))
                    .put("quantity", (double) units)
                    .put("from_location", from)
                    .put("to_location", to);
            ObjectNode shipment = Values.object()
                    .put("company", 1)
                    .put("from_location", from)
                    .put("to_location", to)
                    .put("reference", reference);
            shipment.set("planned_start_date", Values.date(today()));
            shipment.set("planned_date", Values.date(expected));
            shipment.set("moves", Values.creating(List.of(move)));
            ArrayNode made = create("stock.shipment.internal", shipment);
            admin.call("model.stock.shipment.internal.wait", made);
            admin.call("model.stock.shipment.internal.assign_force", made);
            admin.call("model.stock.shipment.internal.pack", made);
            admin.call("model.stock.shipment.internal.ship", made);
        }

        @Override
        public void takeIn(String reference) {
            admin.call("model.stock.shipment.internal.do", search("stock.shipment.internal", reference));
        }

        @Override
        public void takeIn(String reference, int units) {
            ArrayNode shipment = search("stock.shipment.internal", reference);
            JsonNode coming = read("stock.shipment.internal", id(shipment), "incoming_moves")
                    .path("incoming_moves");
            admin.call("model.stock.move.write", coming, Values.object().put("quantity", (double) units));
            try {
                admin.call("model.stock.shipment.internal.do", shipment);
            } catch (TrytonWarning differs) {
                // It asks whether less has come than was sent, as it asks people.
                admin.call(
                        "model.res.user.warning.skip",
                        Values.array().textNode(differs.name()),
                        Values.array().booleanNode(false));
                admin.call("model.stock.shipment.internal.do", shipment);
            }
        }

        @Override
        public void count(Sku sku, int units) {
            ObjectNode line = Values.object().put("product", product(sku)).put("quantity", (double) units);
            ObjectNode inventory = Values.object()
                    .put("company", 1)
                    .put(
                            "location",
                            warehouse("WH-EAST").path("storage_location").longValue());
            inventory.set("date", Values.date(today()));
            inventory.set("lines", Values.creating(List.of(line)));
            admin.call("model.stock.inventory.confirm", create("stock.inventory", inventory));
        }

        private JsonNode warehouse(String code) {
            ArrayNode found = (ArrayNode) admin.call(
                    "model.stock.location.search",
                    Filter.all(Filter.where("type", "=", "warehouse"), Filter.where("code", "=", code)));
            return read("stock.location", id(found), "input_location", "storage_location");
        }

        private long product(Sku sku) {
            return id((ArrayNode)
                    admin.call("model.product.product.search", Filter.all(Filter.where("code", "=", sku.value()))));
        }

        private long unit(Sku sku) {
            return read("product.product", product(sku), "default_uom")
                    .path("default_uom")
                    .longValue();
        }

        private long currency() {
            return read("company.company", 1, "currency").path("currency").longValue();
        }

        private ArrayNode search(String model, String reference) {
            return (ArrayNode)
                    admin.call("model." + model + ".search", Filter.all(Filter.where("reference", "=", reference)));
        }

        private JsonNode read(String model, long id, String... fields) {
            return admin.call("model." + model + ".read", Values.ids(List.of(id)), Values.texts(List.of(fields)))
                    .path(0);
        }

        private ArrayNode create(String model, JsonNode record) {
            return (ArrayNode)
                    admin.call("model." + model + ".create", Values.array().add(record));
        }

        private static long id(ArrayNode ids) {
            return ids.path(0).longValue();
        }

        /** Of the company: it warns of dates that are still to come there. */
        private static LocalDate today() {
            return LocalDate.now(ZoneId.of("America/New_York"));
        }
    }
}
