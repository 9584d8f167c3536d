package io.throughline.bench;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.Order;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.routing.PostalAreas;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.routing.trial.PolicyTrial;
import io.throughline.domain.routing.trial.Surroundings;
import io.throughline.domain.routing.trial.TrialReport;
import io.throughline.domain.routing.trial.Window;
import io.throughline.local.Directories;
import io.throughline.local.EmbeddedDatabase;
import io.throughline.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A dry run of two policies over orders and a ledger that a database has recorded. */
final class DryRun {
    private final StockRules rules;
    private final List<Facility> facilities;

    DryRun(StockRules rules, List<Facility> facilities) {
        this.rules = rules;
        this.facilities = List.copyOf(facilities);
    }

    /** How many orders go through both policies in a second, in the second of two runs. */
    double ordersPerSecond(
            List<Order> orders, Map<FacilityId, Map<Sku, Integer>> stock, RoutingPolicy active, RoutingPolicy candidate)
            throws Exception {
        Path directory = Files.createTempDirectory("throughline-bench-routing");
        try (EmbeddedDatabase server = new EmbeddedDatabase(
                directory.resolve("postgres"), ServerProcess.freePort(), directory.resolve("postgres.log"))) {
            server.start(process -> {});
            try (Database database = new BenchDatabase(server, "routing").open()) {
                Window window = record(database, orders, stock);
                PolicyTrial.Question question =
                        new PolicyTrial.Question(active, candidate, window, Duration.ofDays(2), orders.size());
                seconds(database, question);
                return orders.size() / seconds(database, question);
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private Window record(Database database, List<Order> orders, Map<FacilityId, Map<Sku, Integer>> stock) {
        InventoryLedger ledger = database.stock(rules).inventory();
        stock.forEach((facility, here) -> here.forEach((sku, units) -> ledger.record(new Movement(
                facility,
                sku,
                units,
                Movement.Kind.RECEIPT,
                StockSource.PEOPLE,
                facility + "/" + sku,
                Instant.EPOCH))));
        Instant from = Instant.now();
        for (Order order : orders) {
            database.orders().hint(order.key(), order.channel(), new OrderRules("standard-1", Set.of()));
            database.orders().accept(order, PersonalData.none(), Instant.now());
        }
        return new Window(from, Instant.now().plusSeconds(1));
    }

    private double seconds(Database database, PolicyTrial.Question question) {
        PolicyTrial trial = new PolicyTrial(
                database.stock(rules).routingHistory(),
                new Surroundings(
                        facilities,
                        rules.bundles(),
                        (channel, facility, sku) -> true,
                        new Whereabouts(database.people(), PostalAreas.none())));
        long start = System.nanoTime();
        TrialReport report = trial.of(question);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (report.after().orders() != question.mostOrders() || report.moved() == 0) {
            throw new IllegalStateException("not all orders were tried, or nothing is different: " + report.after());
        }
        return seconds;
    }
}
