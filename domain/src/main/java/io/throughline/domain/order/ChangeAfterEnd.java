package io.throughline.domain.order;

import io.throughline.domain.money.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a change at its channel matters to an order that has ended, of which nobody would take it in any more: its money, its
 * quantities, its cancellation. What our own work leaves there (fulfilled, captured, tags, notes) does not; nor, where we ended the order
 * ourselves, that its money goes back and its lines become empty: only that money is taken all the same.
 */
public final class ChangeAfterEnd {
    private final Order before;
    private final Order after;
    private final List<String> words = new ArrayList<>();

    private ChangeAfterEnd(Order before, Order after) {
        this.before = before;
        this.after = after;
    }

    /** In words for a person, which are the same for the same change; empty where nothing of it matters. */
    public static Optional<String> between(OrderStatus ended, Order before, Order after) {
        ChangeAfterEnd change = new ChangeAfterEnd(before, after);
        if (ended == OrderStatus.COMPLETED) {
            change.cancellation();
            change.money("total", before.total().shop(), after.total().shop());
            change.money("paid", before.paid(), after.paid());
            change.money("given back", before.refunded(), after.refunded());
            change.quantities();
        } else if (after.paid().compareTo(before.paid()) > 0) {
            change.money("paid", before.paid(), after.paid());
        }
        return change.words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", change.words));
    }

    private void cancellation() {
        if (before.cancelledAt().isEmpty() && after.cancelledAt().isPresent()) {
            words.add("cancelled");
        }
    }

    private void money(String what, Money was, Money is) {
        if (!was.equals(is)) {
            words.add(what + " " + is + ", before " + was);
        }
    }

    private void quantities() {
        Map<String, OrderLine> lines = new LinkedHashMap<>();
        before.lines().forEach(line -> lines.put(line.id(), line));
        after.lines().forEach(line -> lines.putIfAbsent(line.id(), line));
        lines.forEach((id, line) -> {
            int was = before.quantity(id);
            int is = after.quantity(id);
            if (was != is) {
                words.add(line.sku() + " × " + is + ", before " + was);
            }
        });
    }
}
