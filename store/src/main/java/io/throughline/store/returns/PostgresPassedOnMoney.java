package io.throughline.store.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.PassedOn;
import io.throughline.domain.returns.PassedOnMoney;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What goes back to where credits came from, in PostgreSQL. The order that came first is always locked first. */
public final class PostgresPassedOnMoney implements PassedOnMoney {
    private final Transactions transactions;
    private final TraceWriter trace;

    public PostgresPassedOnMoney(Transactions transactions, TraceWriter trace) {
        this.transactions = transactions;
        this.trace = trace;
    }

    @Override
    public List<PassedOn> divide(ReturnId by, String reference, Money amount) {
        return transactions.in(handle -> {
            List<ReturnId> origins = PassedOnRows.origins(handle, by.order());
            origins.reversed().forEach(origin -> OrderLock.lock(handle, origin.order()));
            PassedOnRows.keepFailed(handle, PassedOnRows.by(handle, by).stream().filter(PassedOn::failed));
            Money needed = amount;
            for (ReturnId origin : origins) {
                needed = complete(handle, origin, by, reference, needed);
            }
            if (needed.isPositive()) {
                throw new IllegalStateException(needed + " of " + by + " go back to no payment");
            }
            return PassedOnRows.by(handle, by);
        });
    }

    /** Gives what goes on to what this credit had been made of itself. */
    private Money complete(Handle handle, ReturnId of, ReturnId by, String reference, Money needed) {
        Money missing = needed.minus(standing(handle, of, by, needed, false));
        if (missing.isPositive()) {
            Return.Repayment credit =
                    ReturnRows.find(handle, of).flatMap(Return::repayment).orElseThrow();
            for (Refund.ToTender part : PassedOn.divide(credit, missing)) {
                PassedOnRows.insert(handle, of, by, reference, part);
            }
        }
        return standing(handle, of, by, needed, true);
    }

    private static Money standing(Handle handle, ReturnId of, ReturnId by, Money like, boolean further) {
        return Money.sum(
                like.currency(),
                PassedOnRows.by(handle, by).stream()
                        .filter(part -> part.of().equals(of) && !part.failed() && (!further || part.goesFurther()))
                        .map(part -> part.part().amount().shop())
                        .toList());
    }

    @Override
    public List<PassedOn> by(ReturnId by) {
        return transactions.with(handle -> PassedOnRows.by(handle, by));
    }

    @Override
    public void passed(ReturnId of, ReturnId by, String reference, Map<String, String> made, Instant at) {
        transactions.run(handle -> {
            OrderLock.lock(handle, of.order());
            List<PassedOn> news = PassedOnRows.by(handle, by).stream()
                    .filter(part -> part.of().equals(of) && part.reference().equals(reference) && part.isUnderWay())
                    .toList();
            news.forEach(part -> handle.createUpdate("""
                update return_passed_on set passed_at = :at, transaction = :transaction
                where of_return = :of and payment = :payment and reference = :reference and passed_at is null
                """)
                    .bind("at", Columns.at(at))
                    .bind("transaction", made.get(part.part().payment()))
                    .bind("of", of.value())
                    .bind("payment", part.part().payment())
                    .bind("reference", reference)
                    .execute());
            if (!news.isEmpty()) {
                tell(handle, of, by, news, made);
            }
        });
    }

    private void tell(Handle handle, ReturnId of, ReturnId by, List<PassedOn> news, Map<String, String> made) {
        Money sum = news.stream()
                .map(part -> part.part().amount().shop())
                .reduce(Money::plus)
                .orElseThrow();
        List<String> links = new ArrayList<>(made.values());
        links.add(by.value());
        trace.append(
                handle,
                of.value(),
                "return.passed-on",
                sum + " that the credit of " + of + " had paid go back, for what was taken for it comes back by " + by,
                Map.of("return", of.value(), "by", by.value(), "amount", sum.toString()),
                links);
    }

    @Override
    public void giveUp(ReturnId by) {
        transactions.run(handle -> {
            PassedOnRows.origins(handle, by.order())
                    .reversed()
                    .forEach(origin -> OrderLock.lock(handle, origin.order()));
            PassedOnRows.keepFailed(handle, PassedOnRows.by(handle, by).stream().filter(PassedOn::isUnderWay));
        });
    }

    @Override
    public List<OrderId> origins(OrderId order) {
        return transactions.with(handle -> PassedOnRows.origins(handle, order)).reversed().stream()
                .map(ReturnId::order)
                .toList();
    }
}
