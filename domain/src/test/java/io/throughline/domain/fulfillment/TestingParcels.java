package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The parcels of what is shipped, in memory. Work is not delivered by them. */
public final class TestingParcels implements Parcels {
    private final Map<ParcelId, Parcel> parcels = new LinkedHashMap<>();
    private final Map<OrderId, OrderKey> orders = new LinkedHashMap<>();

    /** Packed without a label. */
    public synchronized Parcel pack(FulfillmentOrderId work, List<LineQuantity> lines) {
        ParcelId id = ParcelId.of(work, ofWork(work).size() + 1);
        return put(id, lines, ParcelStatus.TO_BE_LABELLED, Optional.empty(), Optional.empty());
    }

    @Override
    public synchronized List<Parcel> ofWork(FulfillmentOrderId work) {
        return parcels.values().stream()
                .filter(parcel -> parcel.id().work().equals(work))
                .toList();
    }

    @Override
    public synchronized List<Parcel> ofOrder(OrderId order) {
        return parcels.values().stream()
                .filter(parcel -> parcel.id().work().order().equals(order))
                .toList();
    }

    @Override
    public synchronized void labelled(ParcelId id, AccountId carrier, Label label) {
        put(id, lines(id), ParcelStatus.LABELLED, Optional.of(label.tracking()), Optional.of(carrier));
    }

    @Override
    public void labelRefused(ParcelId id, AccountId carrier, String why) {}

    @Override
    public synchronized void leftToFacility(FulfillmentOrderId work, String why) {
        ofWork(work).stream()
                .filter(parcel -> parcel.status() == ParcelStatus.TO_BE_LABELLED)
                .forEach(parcel ->
                        put(parcel.id(), parcel.lines(), ParcelStatus.UNLABELLED, Optional.empty(), Optional.empty()));
    }

    @Override
    public synchronized void voided(ParcelId id) {
        put(id, lines(id), ParcelStatus.VOIDED, Optional.empty(), Optional.empty());
    }

    /** A parcel of this order that is on its way. */
    public synchronized void send(OrderKey key, ParcelId id, Tracking tracking, List<LineQuantity> lines) {
        orders.put(id.work().order(), key);
        put(id, lines, ParcelStatus.IN_TRANSIT, Optional.of(tracking), Optional.empty());
    }

    @Override
    public synchronized List<Heard> hear(String carrierName, String number, TrackingNews news) {
        Optional<Tracking> told = Optional.of(new Tracking(carrierName, number));
        List<Parcel> bearing = parcels.values().stream()
                .filter(parcel -> parcel.tracking().equals(told))
                .toList();
        return bearing.stream()
                .map(parcel -> parcel.status().mayBecome(news.status())
                        ? put(parcel.id(), parcel.lines(), news.status(), told, parcel.boughtFrom())
                        : parcel)
                .map(parcel -> new Heard(
                        parcel,
                        Objects.requireNonNull(orders.get(parcel.id().work().order()))))
                .toList();
    }

    @Override
    public List<String> unheardOf(String carrierName, Instant before, int limit) {
        throw new UnsupportedOperationException("the database's business");
    }

    @Override
    public int takeAsDelivered(Instant before, int limit) {
        throw new UnsupportedOperationException("the database's business");
    }

    private List<LineQuantity> lines(ParcelId id) {
        return ofWork(id.work()).stream()
                .filter(parcel -> parcel.id().equals(id))
                .findFirst()
                .map(Parcel::lines)
                .orElseThrow();
    }

    private Parcel put(
            ParcelId id,
            List<LineQuantity> lines,
            ParcelStatus status,
            Optional<Tracking> tracking,
            Optional<AccountId> boughtFrom) {
        Parcel parcel = new Parcel(
                id, lines, OptionalInt.empty(), status, tracking, Optional.empty(), boughtFrom, Optional.empty());
        parcels.put(id, parcel);
        return parcel;
    }
}
