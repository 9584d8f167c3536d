package io.throughline.store.returns;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.AdvanceDebt;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnDebts;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.OrderLock;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What is owed of money that was given first, in PostgreSQL: the debt and its case are one transaction. */
public final class PostgresReturnDebts implements ReturnDebts {
    private static final String STEP = "return.advance";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter cases;
    private final Clock clock;

    public PostgresReturnDebts(Transactions transactions, TraceWriter trace, CaseWriter cases, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public void settle(ReturnId id, Function<Return, Optional<AdvanceDebt.Owed>> reckoning) {
        transactions.run(handle -> {
            OrderLock.lock(handle, id.order());
            Return returned = PostgresReturns.locked(handle, id);
            if (find(handle, id).isEmpty()) {
                reckoning.apply(returned).ifPresent(owed -> open(handle, returned, owed));
            }
        });
    }

    private void open(Handle handle, Return returned, AdvanceDebt.Owed owed) {
        String id = returned.id().value();
        handle.createUpdate("""
            insert into return_debt (return_id, order_id, currency, amount, owed_at)
            values (:id, :order, :currency, :amount, :now)
            """)
                .bind("id", id)
                .bind("order", returned.id().order().value())
                .bind("currency", owed.amount().currency().code())
                .bind("amount", owed.amount().minor())
                .bind("now", Columns.at(clock.instant()))
                .execute();
        String words = owed.amount() + " of what was given first for " + id + " is owed: " + owed.why();
        cases.open(handle, returned.order().account(), id, STEP, FailureCode.ADVANCE_OWED, words);
        trace.append(
                handle,
                id,
                "return.advance-owed",
                words,
                Map.of("return", id, "amount", owed.amount().toString()));
    }

    @Override
    public void decide(ReturnId id, Outcome outcome, String by) {
        transactions.run(handle -> {
            boolean first = handle.createUpdate("""
                update return_debt set outcome = :outcome, decided_by = :by, decided_at = :now
                where return_id = :id and outcome is null
                """)
                            .bind("outcome", outcome)
                            .bind("by", by)
                            .bind("now", Columns.at(clock.instant()))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (first) {
                String end = outcome.name().toLowerCase(Locale.ROOT);
                trace.append(
                        handle,
                        id.value(),
                        "return.advance-" + end,
                        "what is owed for " + id + " is " + end,
                        Map.of("return", id.value(), "actor", by));
            }
        });
    }

    @Override
    public Optional<Debt> find(ReturnId id) {
        return transactions.with(handle -> find(handle, id));
    }

    private static Optional<Debt> find(Handle handle, ReturnId id) {
        return handle.createQuery("select currency, amount, outcome from return_debt where return_id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Debt(
                        Money.ofMinor(row.getLong("amount"), CurrencyCode.of(row.getString("currency"))),
                        Columns.optionalText(row, "outcome").map(Outcome::valueOf)))
                .findOne();
    }
}
