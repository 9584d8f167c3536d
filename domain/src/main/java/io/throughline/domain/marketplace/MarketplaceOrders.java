package io.throughline.domain.marketplace;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The orders of marketplaces with their deadlines, in PostgreSQL. Each change writes the order's trace in the same transaction; what was
 * written once stays, so each may be repeated.
 */
public interface MarketplaceOrders {
    /** Empty where the order is none of a marketplace. */
    Optional<MarketplaceOrder> find(OrderId order);

    /** Its marketplace has heard that we take it on. */
    void acknowledged(OrderId order);

    /** Its marketplace has heard that all of it has left. */
    void shipped(OrderId order);

    /** Its marketplace asks for its cancellation. */
    void cancellationAsked(OrderId order);

    /** Its marketplace has heard that it is not carried out, and gives the money back. */
    void calledOff(OrderId order, CancellationReason reason, String reference);

    /** Its marketplace asks to take something back, which is the return; {@code request} is its own name of that. */
    void returnAsked(OrderId order, ReturnId as, String request);

    /** Its marketplace has given something back for what came back. */
    void refunded(OrderId order, MarketplaceRefund refund);

    /** In the order in which they were given. */
    List<MarketplaceRefund> refunds(OrderId order);

    /** What of orders that are open has got worse since it was {@link #noted}, the most pressing first. */
    List<Pressing> pressing(Collection<AccountId> accounts, int limit);

    /** It was said of an order how late it is. */
    void noted(Pressing pressing);

    /** How bad it is. */
    enum Urgency {
        AT_RISK,
        MISSED
    }

    record Pressing(OrderId order, AccountId account, MarketplaceDeadlines.Kind kind, Urgency urgency, Instant by) {}
}
