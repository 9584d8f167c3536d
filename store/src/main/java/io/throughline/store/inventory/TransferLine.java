package io.throughline.store.inventory;

import io.throughline.domain.order.OrderId;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.Transfer.Line;
import io.throughline.store.internal.TraceWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/** What is told in a transfer's own line: which units by SKU, how many in all, and by whom; of one for an order's work, which work. */
final class TransferLine {
    private final TraceWriter trace;

    TransferLine(TraceWriter trace) {
        this.trace = trace;
    }

    void requested(Handle handle, Transfer transfer, String actor) {
        tell(handle, transfer, "transfer.requested", actor, Line::requested, Map.of());
    }

    void sent(Handle handle, Transfer transfer, String actor) {
        tell(
                handle,
                transfer,
                "transfer.sent",
                actor,
                Line::sent,
                Map.of("expectedAt", transfer.expectedAt().toString()));
    }

    void received(Handle handle, Transfer transfer, String actor) {
        long difference = transfer.lines().stream().mapToLong(Line::difference).sum();
        tell(
                handle,
                transfer,
                "transfer.received",
                actor,
                Line::received,
                Map.of("difference", Long.toString(difference)));
    }

    /** The units that came back. */
    void cancelled(Handle handle, Transfer transfer, String actor) {
        tell(handle, transfer, "transfer.cancelled", actor, Line::sent, Map.of());
    }

    /** Nothing had left, and the order that it was for needs nothing more of it. */
    void calledOff(Handle handle, Transfer transfer, OrderId order) {
        tell(
                handle,
                transfer,
                "transfer.cancelled",
                order.value(),
                Line::sent,
                Map.of("reason", order + " waits for it no more"));
    }

    private void tell(
            Handle handle,
            Transfer transfer,
            String kind,
            String actor,
            ToIntFunction<Line> units,
            Map<String, String> more) {
        Map<String, String> detail = new TreeMap<>();
        transfer.lines().forEach(line -> detail.put(line.sku().value(), Integer.toString(units.applyAsInt(line))));
        detail.putAll(more);
        long all = transfer.lines().stream().mapToLong(units::applyAsInt).sum();
        detail.put("units", Long.toString(all));
        detail.put("sender", transfer.from().value());
        detail.put("receiver", transfer.to().value());
        detail.put("actor", actor);
        List<String> links = new ArrayList<>(List.of(transfer.id().value()));
        transfer.forWork().ifPresent(work -> {
            detail.put("work", work.value());
            links.add(work.value());
        });
        trace.append(
                handle,
                transfer.id().subject(),
                kind,
                transfer.from() + " to " + transfer.to() + " is " + transfer.status(),
                detail,
                links);
    }
}
