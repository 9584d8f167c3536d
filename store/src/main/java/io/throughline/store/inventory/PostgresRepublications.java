package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Wishes to show the ledger's number again, in PostgreSQL. {@link PostgresPublications#learn} carries them out. */
public final class PostgresRepublications implements Republications {
    private static final int PAGE = 250;

    private final Transactions transactions;
    private final Bundles bundles;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresRepublications(Transactions transactions, Bundles bundles, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.bundles = bundles;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Outcome ask(AccountId account, StockSubject place, String askedBy) {
        return transactions.in(handle -> ask(handle, account, place, askedBy));
    }

    private Outcome ask(Handle handle, AccountId account, StockSubject place, String askedBy) {
        boolean byOurselves = askedBy.equals(Decision.OURSELVES);
        if (!RepublicationRows.insert(handle, account, place, askedBy, clock.instant())) {
            if (!byOurselves) {
                ToldAgain.forget(handle, account.value(), place);
            }
            return Outcome.ASKED_BEFORE;
        }
        if (!RepublicationRows.stir(handle, account, place, bundles)) {
            RepublicationRows.delete(handle, account, place);
            return Outcome.NOTHING_THERE;
        }
        // Who wishes for the ledger's number does not let a difference be any more.
        handle.execute(
                """
                delete from stock_difference_accepted
                where source = ? and sku = ? and facility = ? and measure = 'ON_HAND'
                """, account.value(), place.sku().value(), place.facility().value());
        if (byOurselves) {
            ToldAgain.count(handle, account, place, clock.instant());
        } else {
            ToldAgain.forget(handle, account.value(), place);
        }
        trace.append(
                handle,
                place.toString(),
                "stock.publish-again",
                account + " is to show the ledger's number again",
                // What a comparison does by itself is no act of a person.
                Map.of("account", account.value(), byOurselves ? "by" : "actor", askedBy));
        return Outcome.ASKED;
    }

    @Override
    public int askedByUs(AccountId account, StockSubject place, Instant since) {
        return transactions.with(handle -> ToldAgain.since(handle, account, place, since));
    }

    @Override
    public void countAnew(AccountId account, StockSubject place) {
        transactions.run(handle -> ToldAgain.forget(handle, account.value(), place));
    }

    /** Page by page, in transactions that are over soon. */
    @Override
    public void remind(AccountId account) {
        Optional<StockSubject> after = Optional.empty();
        do {
            Optional<StockSubject> from = after;
            after = transactions.in(handle -> {
                List<StockSubject> wished = RepublicationRows.after(handle, account, from, PAGE);
                RepublicationRows.stirAll(handle, account, wished, bundles);
                return wished.size() < PAGE ? Optional.empty() : Optional.of(wished.getLast());
            });
        } while (after.isPresent());
    }

    @Override
    public List<Wish> pending(Sku sku) {
        return transactions.with(handle -> RepublicationRows.of(handle, sku));
    }
}
