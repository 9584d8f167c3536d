package io.throughline.activities;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.marketplace.Marketplace;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A marketplace that keeps what it is told, as the vendor does. */
public final class TestingMarketplace implements Marketplace {
    private final TestingVendor vendor;
    private final List<CallingOff> calledOff = new CopyOnWriteArrayList<>();
    private final List<BuyerRefund> refunds = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<Money> prices = price -> price;

    private final TestingShop sold;

    /** {@code sold} knows what its buyers have paid. */
    TestingMarketplace(TestingVendor vendor, TestingShop sold) {
        this.vendor = vendor;
        this.sold = sold;
    }

    /** What it was told to give back, each once. */
    public List<BuyerRefund> refunds() {
        return List.copyOf(refunds);
    }

    /** It has sold for other prices than we were told. */
    public void hasSoldFor(UnaryOperator<Money> others) {
        prices = others;
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

    @Override
    public Money paidFor(OrderKey order, List<LineQuantity> units, CurrencyCode currency) {
        Order placed = sold.read(order).orElseThrow().order();
        return prices.apply(Money.sum(
                currency,
                units.stream()
                        .map(part -> paidFor(placed.line(part.lineId()), part.quantity()))
                        .toList()));
    }

    private static Money paidFor(OrderLine line, int units) {
        return line.total().share(0, units, line.quantity());
    }

    @Override
    public Optional<Receipt> findRefund(BuyerRefund refund) {
        return vendor.find("repay", refund.reference());
    }

    @Override
    public Reply refund(BuyerRefund refund, String vendorKey) {
        if (refunds.stream().noneMatch(one -> one.reference().equals(refund.reference()))) {
            refunds.add(refund);
        }
        return vendor.change("repay", refund.reference(), vendorKey);
    }
}
