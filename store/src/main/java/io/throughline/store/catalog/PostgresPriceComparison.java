package io.throughline.store.catalog;

import io.throughline.domain.catalog.PriceComparison;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.money.Money;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Compares prices in PostgreSQL, one rule after the other, each from one reading. */
public final class PostgresPriceComparison implements PriceComparison {
    /** More cases than people could look at say no more than these; the others follow as these are closed. */
    private static final int MOST_CASES_PER_RULE = 200;

    private static final int FETCHED_AT_ONCE = 1_000;
    private static final String STEP = "price.parity ";
    private static final String SUBJECT = "product/";

    private final Transactions transactions;
    private final CaseWriter cases;
    private final Clock clock;

    public PostgresPriceComparison(Transactions transactions, CaseWriter cases, Clock clock) {
        this.transactions = transactions;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public int compare(List<PriceParity> rules) {
        return rules.stream().mapToInt(this::compare).sum();
    }

    private int compare(PriceParity rule) {
        Findings found = transactions.in(handle -> read(handle, rule, borne(handle, rule)));
        Set<String> open = transactions.with(handle -> openCases(handle, rule));
        for (String subject : open) {
            if (!found.subjects().contains(subject)) {
                transactions.run(handle -> CaseRows.current(handle, subject, STEP + rule.name())
                        .ifPresent(agreed -> cases.close(handle, agreed.id(), "the prices agree again")));
            }
        }
        found.asked().stream()
                .filter(difference -> !open.contains(difference.subject()))
                .forEach(difference -> transactions.run(handle -> cases.open(
                        handle,
                        rule.otherChannel(),
                        difference.subject(),
                        STEP + rule.name(),
                        FailureCode.PRICE_MISMATCH,
                        difference.detail())));
        return found.subjects().size();
    }

    /** A product that breaks a rule, and by which two prices. */
    private record Difference(String subject, String detail) {}

    /** All subjects that break the rule, and as many of those that nobody bears as become cases. */
    private record Findings(Set<String> subjects, List<Difference> asked) {}

    private Findings read(Handle handle, PriceParity rule, Set<Difference> borne) {
        Findings found = new Findings(new HashSet<>(), new ArrayList<>());
        try (Stream<Pair> pairs = handle
                // One product after the other by the keys, whatever the planner knows of a table that was just filled.
                .createQuery("""
                    select one.sku, one.minor as minor, other.minor as other
                    from (
                        select distinct on (sku) sku, minor from price
                        where channel = :channel and currency = :currency and valid_from <= :now
                        order by sku, valid_from desc) one
                    cross join lateral (
                        select minor from price
                        where sku = one.sku and channel = :otherChannel and currency = :otherCurrency
                            and valid_from <= :now
                        order by valid_from desc limit 1) other
                    order by one.sku
                    """)
                .setFetchSize(FETCHED_AT_ONCE)
                .bind("now", Columns.at(clock.instant()))
                .bind("channel", rule.channel().value())
                .bind("currency", rule.currency().code())
                .bind("otherChannel", rule.otherChannel().value())
                .bind("otherCurrency", rule.otherCurrency().code())
                .map((row, context) -> new Pair(
                        SUBJECT + row.getString("sku"),
                        Money.ofMinor(row.getLong("minor"), rule.currency()),
                        Money.ofMinor(row.getLong("other"), rule.otherCurrency())))
                .stream()) {
            pairs.filter(pair -> !rule.holds(pair.price(), pair.other())).forEach(pair -> {
                found.subjects().add(pair.subject());
                Difference difference = new Difference(
                        pair.subject(),
                        pair.price() + " at " + rule.channel() + ", " + pair.other() + " at " + rule.otherChannel());
                if (found.asked().size() < MOST_CASES_PER_RULE && !borne.contains(difference)) {
                    found.asked().add(difference);
                }
            });
        }
        return found;
    }

    private record Pair(String subject, Money price, Money other) {}

    private static Set<String> openCases(Handle handle, PriceParity rule) {
        return new TreeSet<>(
                handle.createQuery("select subject from support_case where step = :step and status <> 'CLOSED'")
                        .bind("step", STEP + rule.name())
                        .mapTo(String.class)
                        .list());
    }

    private static Set<Difference> borne(Handle handle, PriceParity rule) {
        return new HashSet<>(handle.createQuery("""
            select subject, detail from support_case
            where step = :step and status = 'CLOSED' and decision ->> 'action' = 'ACCEPT_DIFFERENCE'
            """)
                .bind("step", STEP + rule.name())
                .map((row, context) -> new Difference(row.getString("subject"), row.getString("detail")))
                .list());
    }

    @Override
    public void bear(CaseId id) {
        transactions.run(handle -> cases.close(handle, id, "the difference is borne"));
    }
}
