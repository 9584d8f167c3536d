package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The stock contract against the stand-in. */
class SandboxStockTest extends StockContract {
    private static final SandboxTryton TRYTON = new SandboxTryton();

    @AfterAll
    static void stop() {
        TRYTON.close();
    }

    @Test
    void whatComesInPartIsSplitAndTheRestIsPutOffOrCalledOff() {
        Sku cap = Sku.of("NW-CAP-NVY");
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(9);
        String purchase = "/purchases/PART-" + Long.toString(System.nanoTime(), 36);
        warehouse().buy(purchase.substring("/purchases/".length()), cap, 10, day);
        String whole = awaited(10).source().id();

        TRYTON.control(purchase + "/receive", Values.object().put("units", 6));
        Expected rest = awaited(4);
        assertThat(rest.source().id()).isNotEqualTo(whole);
        assertThat(told(whole)).isZero();

        TRYTON.control(
                purchase + "/postpone",
                Values.object().put("expected", day.plusDays(3).toString()));
        assertThat(awaited(4).expectedAt()).isAfter(rest.expectedAt().plus(Duration.ofDays(2)));
        TRYTON.control(purchase + "/cancel", Values.object());
        assertThat(told(rest.source().id())).isZero();
        assertThat(onOrder())
                .noneMatch(one -> one.source().id().equals(rest.source().id()));
    }

    private Expected awaited(int units) {
        return onOrder().stream()
                .filter(one -> one.outstanding() == units)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** What of this line is still to come, as it was told last. */
    private int told(String line) {
        return read().awaited().stream()
                .filter(one -> one.source().id().equals(line))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .outstanding();
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
