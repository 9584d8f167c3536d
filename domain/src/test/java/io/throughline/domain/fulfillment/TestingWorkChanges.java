package io.throughline.domain.fulfillment;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has changed of work at its channel, in memory. */
public final class TestingWorkChanges implements WorkChanges {
    private final FulfillmentOrders work;
    private final Map<FulfillmentOrderId, Readdressed> readdressed = new LinkedHashMap<>();
    private final List<Readdressed> settled = new ArrayList<>();
    private final Map<FulfillmentOrderId, FacilityId> targets = new LinkedHashMap<>();
    private final Map<FulfillmentOrderId, List<MovedPart>> parts = new LinkedHashMap<>();
    private volatile @Nullable Reroutes reroutes;

    public TestingWorkChanges(FulfillmentOrders work) {
        this.work = work;
    }

    /** Where reroutes are opened. */
    public void openIn(Reroutes opened) {
        reroutes = opened;
    }

    /** As the transaction does that stores the person. */
    public synchronized void heed(
            Optional<Destination> before, Optional<PersonalData> former, Order order, PersonalData now) {
        Optional<PostalAddress> was = former.flatMap(PersonalData::shipTo);
        Optional<PostalAddress> is = now.shipTo();
        if (was.isEmpty() || is.isEmpty() || was.equals(is)) {
            return;
        }
        boolean elsewhere = !before.equals(order.destination())
                || !was.flatMap(PostalAddress::postalCode).equals(is.flatMap(PostalAddress::postalCode));
        work.ofOrder(order.id()).stream()
                .filter(one -> one.method() == DeliveryMethod.SHIPPING)
                .filter(one -> !one.status().terminal() || one.status() == FulfillmentStatus.SHIPPED)
                .forEach(one -> readdressed.merge(
                        one.id(),
                        new Readdressed(one.id(), 1, elsewhere),
                        (old, fresh) -> new Readdressed(one.id(), old.number() + 1, elsewhere)));
    }

    @Override
    public synchronized List<Readdressed> readdressed(OrderId order) {
        List<Readdressed> open = new ArrayList<>(readdressed.values());
        open.removeIf(change -> !change.work().order().equals(order) || settled.contains(change));
        return open;
    }

    @Override
    public synchronized void settled(Readdressed change) {
        settled.add(change);
    }

    @Override
    public boolean moved(FulfillmentOrderId id, FacilityId target, String item) {
        return !work.get(id).facility().equals(target) && goes(id, target, List.of());
    }

    @Override
    public boolean parted(FulfillmentOrderId id, List<MovedPart> known) {
        FacilityId own = work.get(id).facility();
        return goes(
                id,
                known.stream()
                        .map(MovedPart::facility)
                        .filter(other -> !other.equals(own))
                        .findFirst()
                        .orElseThrow(),
                known);
    }

    private boolean goes(FulfillmentOrderId id, FacilityId target, List<MovedPart> known) {
        Reroutes opened = Objects.requireNonNull(reroutes, "openIn comes first");
        boolean asked = opened.latest(id)
                .filter(one -> !one.ended()
                        || one.leftItsFacility()
                        || (movedTo(id).equals(Optional.of(target)) && parts(id).equals(known)))
                .isPresent();
        if (asked || work.get(id).status().terminal()) {
            return false;
        }
        synchronized (this) {
            targets.put(id, target);
            parts.put(id, List.copyOf(known));
        }
        opened.open(id, RerouteCause.MOVED);
        return true;
    }

    @Override
    public synchronized Optional<FacilityId> movedTo(FulfillmentOrderId id) {
        return Optional.ofNullable(targets.get(id));
    }

    @Override
    public synchronized List<MovedPart> parts(FulfillmentOrderId id) {
        return parts.getOrDefault(id, List.of());
    }
}
