package io.throughline.activities;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.marketplace.Marketplace;
import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A marketplace that keeps what it is told, as the vendor does. */
public final class TestingMarketplace implements Marketplace {
    private final TestingVendor vendor;
    private final List<CallingOff> calledOff = new CopyOnWriteArrayList<>();

    TestingMarketplace(TestingVendor vendor) {
        this.vendor = vendor;
    }

    public List<CallingOff> calledOff() {
        return List.copyOf(calledOff);
    }

    @Override
    public Optional<Receipt> findAcknowledgement(OrderKey order) {
        return vendor.find("acknowledge", order.externalId());
    }

    @Override
    public Reply acknowledge(OrderKey order, String vendorKey) {
        return vendor.change("acknowledge", order.externalId(), vendorKey);
    }

    @Override
    public Optional<Receipt> findShipment(Shipment shipment) {
        return vendor.find("confirm", shipment.reference());
    }

    @Override
    public Reply confirmShipment(Shipment shipment, String vendorKey) {
        return vendor.change("confirm", shipment.reference(), vendorKey);
    }

    @Override
    public Optional<Receipt> findCallingOff(OrderKey order) {
        return vendor.find("call-off", order.externalId());
    }

    @Override
    public Reply callOff(CallingOff callingOff, String vendorKey) {
        calledOff.add(callingOff);
        return vendor.change("call-off", callingOff.order().externalId(), vendorKey);
    }
}
