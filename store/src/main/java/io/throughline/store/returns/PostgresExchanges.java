package io.throughline.store.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangedParts;
import io.throughline.domain.returns.Exchanges;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What is exchanged for returns, in PostgreSQL, whose triggers refuse that an order is paid by more than its return is worth. */
public final class PostgresExchanges implements Exchanges {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresExchanges(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Optional<Exchange> find(ReturnId id) {
        return transactions.with(handle -> ExchangeRows.find(handle, id));
    }

    @Override
    public void ask(ReturnId id, Money owed, Instant until) {
        changed(id, handle -> {
            if (ExchangeRows.ask(handle, id, owed, until)) {
                append(
                        handle,
                        id,
                        "return.exchange-owed",
                        owed + " are to be paid by " + until + " for what is taken for " + id,
                        Map.of("owed", owed.toString(), "until", until.toString()));
            }
        });
    }

    @Override
    public void place(ReturnId id, Money credit) {
        changed(id, handle -> {
            Exchange exchange = ExchangeRows.find(handle, id).orElseThrow();
            if (exchange.owed(credit).isPositive() || !ExchangeRows.place(handle, exchange, credit, clock.instant())) {
                return;
            }
            String order = OrderId.of(exchange.orderKey()).value();
            append(
                    handle,
                    id,
                    "return.exchange-ordered",
                    credit + " of the credit of " + id + " pay order " + order,
                    Map.of("newOrder", order, "credit", credit.toString()));
            trace.append(
                    handle,
                    order,
                    "exchange",
                    "order.of-exchange",
                    "taken in exchange for return " + id + ", whose credit pays " + credit,
                    Map.of("return", id.value(), "credit", credit.toString()),
                    List.of());
        });
    }

    @Override
    public void settle(ReturnId id, Money taken) {
        changed(id, handle -> {
            Exchange exchange = ExchangeRows.find(handle, id).orElseThrow();
            if (!exchange.isOpen()) {
                return;
            }
            Exchange.Placed placed = exchange.placed().orElseThrow();
            Map<String, MoneyBag> parts = ExchangedParts.of(
                    ReturnRows.find(handle, id)
                            .orElseThrow()
                            .repayment()
                            .orElseThrow()
                            .refund(),
                    taken);
            ExchangeRows.exchanged(handle, id, parts);
            Money left = placed.credit().minus(taken);
            String why = "order " + placed.order() + " is done"
                    + (left.isPositive() ? ", of which " + left + " are not handed over" : "");
            ExchangeRows.end(handle, id, new Exchange.Ended(true, taken, why, clock.instant()));
            append(
                    handle,
                    id,
                    "return.exchanged",
                    id + " was exchanged for order " + placed.order()
                            + (left.isPositive() ? ", which takes " + taken + " of " + placed.credit() : ""),
                    Map.of("newOrder", placed.order().value(), "credit", taken.toString()));
        });
    }

    @Override
    public void giveUp(ReturnId id, String why) {
        changed(id, handle -> {
            if (ExchangeRows.giveUp(handle, id, why, clock.instant())) {
                append(
                        handle,
                        id,
                        "return.exchange-given-up",
                        "nothing is taken in exchange for " + id,
                        Map.of("why", why));
            }
        });
    }

    private void changed(ReturnId id, Consumer<Handle> work) {
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            work.accept(handle);
        });
    }

    private void append(Handle handle, ReturnId id, String kind, String summary, Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("return", id.value());
        trace.append(handle, id.value(), kind, summary, detail);
    }
}
