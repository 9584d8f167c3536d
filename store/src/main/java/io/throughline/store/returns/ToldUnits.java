package io.throughline.store.returns;

import io.throughline.domain.event.UnitDetails;
import io.throughline.domain.event.UnitDetails.Units;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.ReturnRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Goods of a return as the trace and the subscribers are told them: by SKU as it was ordered. */
final class ToldUnits {
    private ToldUnits() {}

    static Map<String, String> asked(Order order, List<ReturnRequest.Line> lines) {
        return write(lines.stream().flatMap(line -> units(order, line.lineId(), line.quantity(), List.of())));
    }

    static Map<String, String> arrived(Order order, List<Arrival.Units> come) {
        return write(come.stream().flatMap(some -> units(order, some.lineId(), some.quantity(), List.of())));
    }

    static Map<String, String> found(Order order, List<Finding.Units> found) {
        return write(found.stream()
                .flatMap(some -> units(
                        order,
                        some.lineId(),
                        some.quantity(),
                        List.of(some.disposition().name()))));
    }

    private static Map<String, String> write(Stream<Units> units) {
        return UnitDetails.write("lines", units.toList());
    }

    private static Stream<Units> units(Order order, String lineId, int quantity, List<String> whose) {
        return order.lines().stream()
                .filter(line -> line.id().equals(lineId))
                .map(line -> new Units(whose, quantity, line.sku().value()));
    }
}
