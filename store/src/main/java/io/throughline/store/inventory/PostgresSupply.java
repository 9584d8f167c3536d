package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.StockRules;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is on order, in PostgreSQL, with the promises that follow from it. */
public final class PostgresSupply implements IncomingSupply {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Balances balances;
    private final Backorders backorders;

    public PostgresSupply(Transactions transactions, TraceWriter trace, StockRules rules) {
        this.transactions = transactions;
        this.trace = trace;
        this.balances = new Balances(rules.safetyStocks());
        this.backorders = new Backorders(balances, rules.preorders());
    }

    @Override
    public List<Repromised> expect(Expected supply) {
        return transactions.in(handle -> {
            Set<Sku> skus = new TreeSet<>(Set.of(supply.sku()));
            Supplies.skuOf(handle, supply.source()).ifPresent(skus::add);
            balances.lock(handle, skus.stream().map(Place::unrouted).collect(Collectors.toSet()));
            if (!Supplies.put(handle, supply)) {
                return List.of();
            }
            List<Repromised> changed = new ArrayList<>();
            skus.forEach(sku -> changed.addAll(backorders.promise(handle, sku, trace.now())));
            new Telling()
                    .repromised(
                            changed,
                            supply.source().system() + " expects " + supply.outstanding() + " at "
                                    + supply.expectedAt())
                    .write(handle, trace);
            return changed;
        });
    }

    @Override
    public boolean awaitedFrom(AccountId source) {
        return transactions.with(handle -> Supplies.awaitedFrom(handle, source));
    }

    @Override
    public List<Expected> open(Collection<Sku> skus) {
        return transactions.with(handle -> Supplies.open(handle, skus));
    }
}
