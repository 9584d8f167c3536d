package io.throughline.store.inventory;

import io.throughline.domain.inventory.StockRules;
import io.throughline.store.finance.AdjustmentLedger;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;

/** What the ledger's transactions are made of. */
record LedgerParts(
        Transactions transactions,
        TraceWriter trace,
        CaseWriter cases,
        Clock clock,
        StockRules rules,
        Balances balances,
        Movements movements,
        Backorders backorders) {
    static LedgerParts of(
            Transactions transactions, TraceWriter trace, CaseWriter cases, Clock clock, StockRules rules) {
        Balances balances = new Balances(rules.safetyStocks());
        return new LedgerParts(
                transactions,
                trace,
                cases,
                clock,
                rules,
                balances,
                new Movements(
                        rules,
                        balances,
                        new Shortfalls(rules.authorities(), cases, trace),
                        new StockLine(trace),
                        new AdjustmentLedger(trace, rules.companies())),
                new Backorders(balances, rules.preorders()));
    }
}
