package io.throughline.domain.routing.trial;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.RoutingPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks what would have come of recorded orders, had they followed a candidate policy and not the active one. Each policy has a world of its own,
 * with the stock as it stood and whatever changed it but these orders; nothing leaves this process, and nothing is written.
 *
 * <p>An order that was cancelled later wants its stock all the same. What is short is what nobody has in that world: no supply is waited for, and no
 * facility says no. How fast stock goes, and how long it has lain, is what it was when the window began.
 */
public final class PolicyTrial {
    private final RoutingHistory history;
    private final Surroundings surroundings;

    public PolicyTrial(RoutingHistory history, Surroundings surroundings) {
        this.history = history;
        this.surroundings = surroundings;
    }

    /** {@code promise}: until when an order shall have left, counted from when it was placed. At most so many orders are tried. */
    public record Question(
            RoutingPolicy active, RoutingPolicy candidate, Window window, Duration promise, int mostOrders) {}

    public TrialReport of(Question question) {
        return of(question, () -> {});
    }

    /** {@code tried} is told of each order that was tried by both. */
    public TrialReport of(Question question, Runnable tried) {
        Window window = question.window();
        Yardstick yardstick = new Yardstick(surroundings, question.active(), question.candidate(), question.promise());
        Comparison comparison = new Comparison(surroundings.whereabouts(), question, yardstick);
        Map<Sku, StockRecord> records = new HashMap<>();
        Map<FacilityId, Duration> handling = history.handling(window);
        Function<Sku, StockRecord> stock = sku -> records.computeIfAbsent(sku, unknown -> record(unknown, question));
        World before = new World(question.active(), surroundings, stock, new Workload(handling), comparison::before);
        World after = new World(question.candidate(), surroundings, stock, new Workload(handling), comparison::after);
        boolean whole = history.forEachOrder(window, question.mostOrders(), recorded -> {
            comparison.begins(recorded.order());
            before.arrives(recorded);
            after.arrives(recorded);
            tried.run();
        });
        before.ends(window.until());
        after.ends(window.until());
        return comparison.report(whole);
    }

    private StockRecord record(Sku sku, Question question) {
        boolean turnover =
                question.active().mindsTurnover() || question.candidate().mindsTurnover();
        boolean brands = question.active().mindsBrands() || question.candidate().mindsBrands();
        return history.stock(sku, question.window())
                .with(
                        turnover ? history.turnover(sku, question.window().from()) : Map.of(),
                        brands ? history.brand(sku) : Optional.empty());
    }
}
