package io.throughline.domain.transfer;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Inbound;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.inventory.TestingInventory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is sent for orders, in memory: all of it or nothing. Whoever calls this wakes the process, as the message of the step would. */
public final class TestingOrderTransfers implements OrderTransfers {
    public static final Duration WITHIN = Duration.ofDays(2);

    private static final TransferTerms TERMS = new TransferTerms("stock-1", "to-the-stores", WITHIN, 0, 0);

    private final TestingFulfillmentOrders work;
    private final TestingInventory inventory;
    private final Reroutes reroutes;
    private final Map<FulfillmentOrderId, TransferStatus> statuses = new LinkedHashMap<>();

    public TestingOrderTransfers(TestingFulfillmentOrders work, TestingInventory inventory, Reroutes reroutes) {
        this.work = work;
        this.inventory = inventory;
        this.reroutes = reroutes;
    }

    @Override
    public synchronized Optional<Transfer> of(FulfillmentOrderId id) {
        FulfillmentOrder waiting = work.get(id);
        return waiting.inbound()
                .map(goods -> new Transfer(
                        TransferId.of("orders", id.value()),
                        goods.from(),
                        waiting.facility(),
                        statuses.getOrDefault(id, TransferStatus.REQUESTED),
                        List.of(),
                        TERMS,
                        work.now().plus(WITHIN),
                        0,
                        false,
                        id.order().value(),
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Optional.of(id)));
    }

    public synchronized void send(FulfillmentOrderId id) {
        FacilityId from = work.get(id).inbound().orElseThrow().from();
        inventory.departs(id, from);
        statuses.put(id, TransferStatus.SENT);
        work.inbound(id, new Inbound(from, false), Optional.of(work.now().plus(WITHIN)));
    }

    public synchronized void receive(FulfillmentOrderId id) {
        FulfillmentOrder waiting = work.get(id);
        inventory.arrives(id, waiting.facility());
        statuses.put(id, TransferStatus.RECEIVED);
        work.inbound(id, new Inbound(waiting.inbound().orElseThrow().from(), true), Optional.empty());
    }

    /** Who was to send it says no. */
    public void refuse(FulfillmentOrderId id) {
        giveUp(id, RerouteCause.REJECTED);
    }

    @Override
    public void giveUp(FulfillmentOrderId id, RerouteCause cause) {
        synchronized (this) {
            if (!work.get(id).awaitsGoods()) {
                return;
            }
            if (statuses.get(id) == null) {
                statuses.put(id, TransferStatus.CANCELLED);
            }
            inventory.release(id, true);
            work.rejected(id, FulfillmentOrder.NOT_BROUGHT);
        }
        reroutes.open(id, cause);
    }
}
