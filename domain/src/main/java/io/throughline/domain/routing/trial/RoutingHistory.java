package io.throughline.domain.routing.trial;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.StockTurnover;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What has happened, as far as a trial needs it. */
public interface RoutingHistory {
    /** The orders of the window that wanted to be routed, the oldest first; whether these are all, for there are {@code most} of them at most. */
    boolean forEachOrder(Window window, int most, Consumer<RecordedOrder> reader);

    /** What there was of a SKU, and how that changed by anything but the orders of the window. */
    StockRecord stock(Sku sku, Window window);

    /** How a SKU moved at each facility by then. */
    Map<FacilityId, StockTurnover> turnover(Sku sku, Instant at);

    /** As the catalogue calls it today. */
    Optional<String> brand(Sku sku);

    /** How long work of the window has stayed with a facility on average; nothing where none has left. */
    Map<FacilityId, Duration> handling(Window window);
}
