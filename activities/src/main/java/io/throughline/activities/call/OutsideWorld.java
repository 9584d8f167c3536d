package io.throughline.activities.call;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.notification.CustomerNotifier;
import io.throughline.domain.order.OrderCancellation;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.payment.PaymentGateway;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.Subscriptions;
import io.throughline.domain.returns.RefundGateway;
import java.util.Map;
import java.util.Optional;

/** The ports of every connected system, found by the account that is spoken of. What a system doesn't offer is absent. */
public record OutsideWorld(
        Accounts accounts,
        Map<OutsideSystem, OrderSource> sources,
        Map<OutsideSystem, FacilitySystem> facilitySystems,
        Map<OutsideSystem, FulfillmentMirror> mirrors,
        Map<OutsideSystem, PaymentGateway> gateways,
        Map<OutsideSystem, OrderCancellation> cancellations,
        Map<OutsideSystem, RefundGateway> refunds,
        Map<OutsideSystem, Subscriptions> subscriptions,
        Map<OutsideSystem, EventFeed> feeds,
        Erp erp,
        CustomerNotifier notifier) {
    public OutsideWorld {
        sources = Map.copyOf(sources);
        facilitySystems = Map.copyOf(facilitySystems);
        mirrors = Map.copyOf(mirrors);
        gateways = Map.copyOf(gateways);
        cancellations = Map.copyOf(cancellations);
        refunds = Map.copyOf(refunds);
        subscriptions = Map.copyOf(subscriptions);
        feeds = Map.copyOf(feeds);
    }

    public OrderSource source(AccountId account) {
        return need(sources, account, "orders");
    }

    public FacilitySystem facilitySystem(AccountId account) {
        return need(facilitySystems, account, "work for facilities");
    }

    public FulfillmentMirror mirror(AccountId account) {
        return need(mirrors, account, "a picture of the fulfillment");
    }

    public PaymentGateway gateway(AccountId account) {
        return need(gateways, account, "payments");
    }

    public RefundGateway refunds(AccountId account) {
        return need(refunds, account, "refunds");
    }

    public Optional<OrderCancellation> cancellation(AccountId account) {
        return Optional.ofNullable(cancellations.get(systemOf(account)));
    }

    /** Only where changes are sent: to mend a subscription changes the channel, and what no webhook tells is found by reading. */
    public Optional<Subscriptions> subscriptions(AccountId account) {
        return accounts.get(account).isLive()
                ? Optional.ofNullable(subscriptions.get(systemOf(account)))
                : Optional.empty();
    }

    public Optional<EventFeed> feed(AccountId account) {
        return Optional.ofNullable(feeds.get(systemOf(account)));
    }

    /** The account that messages to customers are sent from. */
    public Account messagingAccount() {
        return accounts.all().stream()
                .filter(account -> account.system() == OutsideSystem.MESSAGING)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no messaging account is configured"));
    }

    private OutsideSystem systemOf(AccountId account) {
        return accounts.get(account).system();
    }

    private <P> P need(Map<OutsideSystem, P> ports, AccountId account, String what) {
        P port = ports.get(systemOf(account));
        if (port == null) {
            throw new IllegalStateException(systemOf(account) + " (account " + account + ") offers no " + what);
        }
        return port;
    }
}
