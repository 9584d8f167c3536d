package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.util.List;

/** Who serves which lines of a delivery. {@code fewest}: it is known that fewer facilities can't do it. */
record Split(List<Share> shares, boolean fewest) {
    Split {
        shares = List.copyOf(shares);
    }

    static Split allTo(Facility facility, List<LineQuantity> lines) {
        return new Split(List.of(new Share(facility, lines)), true);
    }

    List<Facility> facilities() {
        return shares.stream().map(Share::facility).toList();
    }

    record Share(Facility facility, List<LineQuantity> lines) {
        Share {
            lines = List.copyOf(lines);
        }

        int units() {
            return lines.stream().mapToInt(LineQuantity::quantity).sum();
        }
    }
}
