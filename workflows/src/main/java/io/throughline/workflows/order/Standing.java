package io.throughline.workflows.order;

import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.order.OrderStatus;
import io.throughline.workflows.fulfillment.LegState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slim view of the facts by which the process decides; {@code stock} is null when there is no trouble with it, {@code routing} until the
 * order was routed. {@code mayBeKept} says that an order that is to be cancelled lies with facilities that need not give it back, {@code
 * cancelDeclined} that it goes on although it was to be cancelled before, {@code disputed} that a dispute about its payment holds its work. {@code
 * authorisationFrom} is from when on its authorised money is to be seen to, and {@code authorisedUntil} until when that is there; null where nothing is
 * to be done about it.
 */
public record Standing(
        OrderStatus status,
        PostingStatus posting,
        boolean cancelRequested,
        boolean channelChanged,
        List<LegState> legs,
        @Nullable StockStanding stock,
        @Nullable String routing,
        boolean mayBeKept,
        boolean cancelDeclined,
        boolean disputed,
        @Nullable Instant authorisationFrom,
        @Nullable Instant authorisedUntil) {
    public Standing {
        legs = List.copyOf(legs);
    }

    public boolean anythingHandedOver() {
        return legs.stream().anyMatch(leg -> leg.status().handedOver());
    }
}
