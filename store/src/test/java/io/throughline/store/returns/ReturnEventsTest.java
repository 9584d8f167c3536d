package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.event.EventType;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.SampleOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What subscribers hear of a return, in its order's line. */
class ReturnEventsTest extends ReturnsFixture {
    @Test
    void aReturnIsToldFromItsAuthorisationToItsEnd() {
        ReturnId id = authorised("L1", 2);
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(submission(), id, finding("L1", 1, Disposition.SCRAP)));
        returns.giveUp(id);
        returns.booked(id, find(id).toBook());
        returns.endMoney(id, "somebody bears it");
        returns.close(id);
        returns.close(id);

        String tee = SampleOrder.TEE.value();
        assertThat(told(EventType.RETURN_AUTHORISED))
                .containsExactly(Map.of(
                        "order",
                        order.id().value(),
                        "return",
                        id.value(),
                        "kind",
                        "BY_CHOICE",
                        "refundTo",
                        "ORIGINAL",
                        "units",
                        2L,
                        "lines",
                        List.of(Map.of("quantity", 2L, "sku", tee))));
        assertThat(told(EventType.RETURN_RECEIVED))
                .containsExactly(Map.of(
                        "order", order.id().value(),
                        "return", id.value(),
                        "facility", "ST-HARBOR",
                        "units", 1L,
                        "lines", List.of(Map.of("quantity", 1L, "sku", tee))));
        assertThat(told(EventType.RETURN_INSPECTED))
                .containsExactly(Map.of(
                        "order", order.id().value(),
                        "return", id.value(),
                        "facility", "ST-HARBOR",
                        "units", 1L,
                        "lines", List.of(Map.of("disposition", "SCRAP", "quantity", 1L, "sku", tee))));
        assertThat(told(EventType.RETURN_CLOSED))
                .containsExactly(Map.of("order", order.id().value(), "return", id.value()));
    }

    private List<Map<String, Object>> told(EventType type) {
        String line = order.id().value();
        return POSTGRES.database().trace().of(line).stream()
                .filter(entry ->
                        EventType.of(line, entry.kind(), entry.detail()).contains(type))
                .map(TraceEntry::detail)
                .map(detail -> type.data(line, detail))
                .toList();
    }
}
