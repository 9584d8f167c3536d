package io.throughline.connectors.tryton;

import io.throughline.domain.catalog.Sku;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;

/** The stock contract against the stand-in. */
class SandboxStockTest extends StockContract {
    private static final SandboxTryton TRYTON = new SandboxTryton();

    @AfterAll
    static void stop() {
        TRYTON.close();
    }

    @Override
    ErpUnderTest erp() {
        return TRYTON;
    }

    @Override
    Warehouse warehouse() {
        return new Warehouse() {
            @Override
            public void buy(String reference, Sku sku, int units, LocalDate expected) {
                TRYTON.control(
                        "/purchases",
                        Values.object()
                                .put("reference", reference)
                                .put("facility", "WH-EAST")
                                .put("sku", sku.value())
                                .put("quantity", units)
                                .put("expected", expected.toString()));
            }

            @Override
            public void receive(String reference) {
                TRYTON.control("/purchases/" + reference + "/receive", Values.object());
            }

            @Override
            public void send(String reference, Sku sku, int units, LocalDate expected) {
                TRYTON.control(
                        "/transfers",
                        Values.object()
                                .put("reference", reference)
                                .put("from", "WH-EAST")
                                .put("to", "WH-WEST")
                                .put("sku", sku.value())
                                .put("quantity", units)
                                .put("expected", expected.toString()));
            }

            @Override
            public void takeIn(String reference) {
                TRYTON.control("/transfers/" + reference + "/receive", Values.object());
            }

            @Override
            public void takeIn(String reference, int units) {
                TRYTON.control(
                        "/transfers/" + reference + "/receive", Values.object().put("units", units));
            }

            @Override
            public void count(Sku sku, int units) {
                TRYTON.control(
                        "/counts",
                        Values.object()
                                .put("facility", "WH-EAST")
                                .put("sku", sku.value())
                                .put("counted", units));
            }
        };
    }
}
