package io.throughline.activities.marketplace;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.marketplace.Marketplace;
import io.throughline.domain.marketplace.Marketplace.BuyerRefund;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundGateway;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The money of returns of a marketplace's orders: it has taken it, so it is told to give it back, and owes us that much less. What it has heard is kept before it counts as done,
 * so that the order reads as given back from then on.
 */
public final class MarketplaceRefunds implements RefundGateway {
    private final Marketplace port;
    private final MarketplaceOrders orders;
    private final Clock clock;

    public MarketplaceRefunds(Marketplace port, MarketplaceOrders orders, Clock clock) {
        this.port = port;
        this.orders = orders;
        this.clock = clock;
    }

    /** The goods as the marketplace has sold them; of the delivery it knows no parts. */
    @Override
    public Money suggest(Claim claim) {
        Money delivery = claim.delivery().shop();
        return port.paidFor(claim.order(), claim.units(), delivery.currency()).plus(delivery);
    }

    @Override
    public Optional<Receipt> findRefund(Claim claim) {
        return port.findRefund(told(claim)).map(receipt -> kept(claim, receipt));
    }

    @Override
    public Reply refund(Claim claim, String vendorKey) {
        if (claim.tenders().stream().anyMatch(Refund.ToTender::isStoreCredit)) {
            return Reply.refused(FailureCode.CHANNEL_REFUSED, "a marketplace gives its buyers no store credit");
        }
        Reply reply = port.refund(told(claim), vendorKey);
        return reply instanceof Reply.Done(Receipt receipt) ? Reply.done(kept(claim, receipt)) : reply;
    }

    private static BuyerRefund told(Claim claim) {
        return new BuyerRefund(
                claim.order(),
                claim.reference(),
                claim.units(),
                Money.sum(
                        claim.delivery().shop().currency(),
                        claim.tenders().stream().map(to -> to.amount().shop()).toList()));
    }

    private Receipt kept(Claim claim, Receipt receipt) {
        MarketplaceRefund refund = new MarketplaceRefund(
                receipt.reference(),
                claim.reference(),
                claim.units(),
                claim.tenders().stream()
                        .map(to -> new MarketplaceRefund.Part(to.payment(), to.amount()))
                        .toList(),
                clock.instant());
        OrderId order = OrderId.of(claim.order());
        orders.refunded(order, refund);
        MarketplaceRefund first = first(order, refund);
        Map<String, String> transactions = first.parts().stream()
                .map(MarketplaceRefund.Part::payment)
                .collect(Collectors.toMap(RefundGateway::ofPayment, first::transaction));
        return new Receipt(first.id(), transactions);
    }

    /** As it was kept first: the order is told with that, also where an answer that named it otherwise has come since. */
    private MarketplaceRefund first(OrderId order, MarketplaceRefund refund) {
        return orders.refunds(order).stream()
                .filter(kept -> kept.reference().equals(refund.reference()))
                .findFirst()
                .orElse(refund);
    }
}
