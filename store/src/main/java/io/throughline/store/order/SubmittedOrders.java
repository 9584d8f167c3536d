package io.throughline.store.order;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.marketplace.MarketplaceOrder;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import io.throughline.store.marketplace.MarketplaceRows;
import io.throughline.store.returns.ClientRefundRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The orders that REST clients have handed over, in the role of their channel. A submitted order changes only by an edit, or by its marketplace
 * hearing that it is not carried out, or that something of it has come back: it gives back what it has taken.
 */
public final class SubmittedOrders implements OrderSource {
    private static final int PAGE = 200;

    private final Transactions transactions;

    public SubmittedOrders(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<ChannelOrder> read(OrderKey key) {
        return transactions.with(handle -> handle.createQuery("""
                        select body from submitted_order where account = :account and external_id = :externalId
                        """)
                .bind("account", key.account().value())
                .bind("externalId", key.externalId())
                .mapTo(String.class)
                .findOne()
                .map(body -> CanonicalJson.read(body, Order.class))
                .map(order -> MarketplaceRefund.told(order, MarketplaceRows.refunds(handle, order.id())))
                .map(order -> ClientRefund.told(order, ClientRefundRows.of(handle, order.id())))
                .map(order -> new ChannelOrder(
                        MarketplaceRows.find(handle, order.id())
                                .flatMap(MarketplaceOrder::calledOff)
                                .map(calledOff -> order.cancelled(
                                        calledOff.at(), order.refundsOfAll(calledOff.reference(), calledOff.at())))
                                .orElse(order),
                        PersonRows.find(handle, order.customer()).orElseGet(PersonalData::none))));
    }

    /** The cursor is the version and the external id of the last order of the page before. */
    @Override
    public Page changedSince(AccountId account, Instant since, Optional<String> cursor) {
        Instant from = cursor.map(text -> Instant.parse(text.substring(0, text.indexOf(' '))))
                .orElse(since);
        String after = cursor.map(text -> text.substring(text.indexOf(' ') + 1)).orElse("");
        List<Changed> changed = transactions.with(handle -> handle.createQuery("""
                        select external_id, version from submitted_order
                        where account = :account and (version, external_id) > (:from, :after)
                        order by version, external_id limit :page
                        """)
                .bind("account", account.value())
                .bind("from", Columns.at(from))
                .bind("after", after)
                .bind("page", PAGE)
                .map((row, context) -> new Changed(
                        new OrderKey(account, row.getString("external_id")), Columns.instant(row, "version")))
                .list());
        return new Page(
                changed,
                changed.size() < PAGE
                        ? Optional.empty()
                        : Optional.of(changed.getLast().version() + " "
                                + changed.getLast().key().externalId()));
    }
}
