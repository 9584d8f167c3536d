package io.throughline.domain.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {
    private static final String ORDER = "O-7K2M9Q4XTA";

    @ParameterizedTest
    @CsvSource(textBlock = """
        order.status, APPROVED, order.accepted.v1
        order.status, COMPLETED, order.completed.v1
        order.status, CANCELLED, order.cancelled.v1
        order.paid, '', order.paid.v1
        work.status, SHIPPED, shipment.confirmed.v1
        work.status, PICKING, fulfillment.picking.v1
        work.status, PACKED, fulfillment.packed.v1
        work.status, READY_FOR_PICKUP, pickup.ready.v1
        """)
    void aStatusThatIsReachedIsToldByItsName(String kind, String to, String type) {
        assertThat(EventType.of(ORDER, kind, Map.of("to", to)))
                .extracting(EventType::fullName)
                .containsExactly(type);
    }

    @Test
    void aCancellationThatIsDeclinedIsToldWithoutTheWordsOfTheTrace() {
        Map<String, String> detail = Map.of("why", "WH-EAST was asked to give its work back and goes on with it");

        assertThat(EventType.of(ORDER, "order.cancel-declined", detail))
                .containsExactly(EventType.CANCELLATION_DECLINED);
        assertThat(EventType.CANCELLATION_DECLINED.data(ORDER, detail)).isEqualTo(Map.of("order", ORDER));
    }

    @Test
    void aRefundOfAnOrderIsToldInBothVersionsAndOneOverTheCounterInTheSecond() {
        assertThat(EventType.of(ORDER, "refund.issued", Map.of("to", "PARTIALLY_REFUNDED")))
                .containsExactly(EventType.REFUND_ISSUED, EventType.REFUND_ISSUED_ANYWHERE);
        assertThat(EventType.of("store-day/ST-HARBOR/2026-11-23", "refund.issued", Map.of()))
                .containsExactly(EventType.REFUND_ISSUED_ANYWHERE);
    }

    @Test
    void aRerouteIsToldOnceOthersHaveTheWorkWithWhatEachIsToDo() {
        Map<String, String> detail = new HashMap<>(Map.of(
                "reroute",
                ORDER + "-F1-1",
                "work",
                ORDER + "-F1",
                "from",
                "ST-HARBOR",
                "cause",
                "SHORT",
                "to",
                "REROUTED"));
        detail.putAll(UnitDetails.write("lines", List.of(new UnitDetails.Units(List.of(), 3, "A  B 7"))));
        detail.putAll(UnitDetails.write(
                "parts",
                List.of(
                        new UnitDetails.Units(List.of(ORDER + "-F3", "WH-EAST"), 2, "A  B 7"),
                        new UnitDetails.Units(List.of(ORDER + "-F4", "WH-WEST"), 1, "A  B 7"))));

        assertThat(EventType.of(ORDER, "reroute.ended", detail)).containsExactly(EventType.ORDER_REROUTED);
        assertThat(EventType.ORDER_REROUTED.data(ORDER, detail))
                .containsEntry("lines", List.of(Map.of("quantity", 3L, "sku", "A  B 7")))
                .containsEntry(
                        "parts",
                        List.of(
                                Map.of("work", ORDER + "-F3", "facility", "WH-EAST", "quantity", 2L, "sku", "A  B 7"),
                                Map.of("work", ORDER + "-F4", "facility", "WH-WEST", "quantity", 1L, "sku", "A  B 7")))
                .doesNotContainKey("to");
        assertThat(EventType.of(ORDER, "reroute.ended", Map.of("to", "KEPT"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"order.status, VALIDATED", "order.payment, CAPTURED", "work.status, ACKNOWLEDGED", "inbox.handled, ''"})
    void mostEntriesAreNobodysBusiness(String kind, String to) {
        assertThat(EventType.of(ORDER, kind, Map.of("to", to))).isEmpty();
    }

    /** What an order lacks and what a place lacks have entries of one kind. */
    @Test
    void theLineDecidesWhatAnEntryMeans() {
        assertThat(EventType.of(ORDER, "stock.short", Map.of("units", "1"))).isEmpty();
        assertThat(EventType.of("stock/ST-HARBOR/NW-TEE", "stock.short", Map.of()))
                .containsExactly(EventType.INVENTORY_SHORTFALL);
    }

    @Test
    void onlyWhatTheTableNamesIsTold() {
        assertThat(EventType.SHIPMENT_CONFIRMED.data(
                        ORDER,
                        Map.of(
                                "work",
                                ORDER + "-F1",
                                "facility",
                                "WH-EAST",
                                "to",
                                "SHIPPED",
                                "reason",
                                "for Ms. Smith")))
                .isEqualTo(Map.of("order", ORDER, "work", ORDER + "-F1", "facility", "WH-EAST"));
        assertThat(EventType.INVENTORY_SHORTFALL.data(
                        "stock/ST-HARBOR/A/B \"☃\"", Map.of("shortfall", "2", "uncovered", "0")))
                .isEqualTo(Map.of("facility", "ST-HARBOR", "sku", "A/B \"☃\"", "shortfall", 2L, "uncovered", 0L));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(EventType type) {
        assertThat(EventType.named(type.fullName())).contains(type);
        assertThat(type.fullName()).matches("[a-z_]+\\.[a-z]+\\.v[1-9][0-9]*");
    }

    @Test
    void namesAreDistinct() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::fullName)).doesNotHaveDuplicates();
    }
}
