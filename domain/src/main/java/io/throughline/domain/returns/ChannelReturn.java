package io.throughline.domain.returns;

import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;

/**
 * A return as its channel tells of it. {@code untakeable} is why it can't become one of ours as it stands, such as that something is wanted in exchange.
 * {@code processed}: somebody has done something about its goods there; {@code refunded}: units of it were paid back.
 */
public record ChannelReturn(
        ChannelReturnId id,
        OrderKey order,
        Status status,
        List<Units> units,
        Optional<String> untakeable,
        boolean processed,
        boolean refunded) {
    public ChannelReturn {
        units = List.copyOf(units);
    }

    /** Whether it waits for somebody to say yes or no. */
    public boolean isRequested() {
        return status == Status.REQUESTED;
    }

    /** Where it stands. What a channel says beyond these is UNKNOWN. */
    public enum Status {
        REQUESTED,
        OPEN,
        CLOSED,
        CANCELLED,
        DECLINED,
        UNKNOWN
    }

    /** Units of an order line that come back for one reason. */
    public record Units(String lineId, int quantity, ReturnReason reason) {}
}
