package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goods that have come to a place. Units of an order line count for the return's lines of it, one after the other; what is more was not
 * expected. {@code complete}: nobody waits for the rest any more.
 */
public record Arrival(FacilityId facility, List<Units> units, boolean complete) {
    public Arrival {
        units = List.copyOf(units);
    }

    /** Of one line of the order. */
    public record Units(String lineId, int quantity) {
        public Units {
            if (quantity < 1) {
                throw new IllegalArgumentException("line " + lineId + ": quantity must be at least 1");
            }
        }
    }

    /** What it means for a return: how many units each of its lines gets, by its number, and what comes beyond them. */
    public record Sorted(Map<Integer, Integer> received, List<Units> unexpected) {
        public Sorted {
            received = Map.copyOf(received);
            unexpected = List.copyOf(unexpected);
        }
    }

    public Sorted sortedFor(Return returned) {
        Map<Integer, Integer> received = new HashMap<>();
        List<Units> unexpected = new ArrayList<>();
        for (Units some : units) {
            int left = some.quantity();
            for (Return.Line line : returned.lines()) {
                int room = line.lineId().equals(some.lineId()) && returned.goods() != GoodsStatus.NOT_TO_COME
                        ? line.toCome() - received.getOrDefault(line.number(), 0)
                        : 0;
                int part = Math.min(left, room);
                if (part > 0) {
                    received.merge(line.number(), part, Integer::sum);
                    left -= part;
                }
            }
            if (left > 0) {
                unexpected.add(new Units(some.lineId(), left));
            }
        }
        return new Sorted(received, unexpected);
    }
}
