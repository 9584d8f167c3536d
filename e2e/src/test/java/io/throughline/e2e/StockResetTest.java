package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.throughline.local.demo.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A process that carries stock, a store's day, a catalogue or a customer may be reset to any of its tasks, with the signals after it or
 * without: stock, books, prices, people and what shops were told stay as they are, and it goes on. By itself this takes the first task, the
 * last one and one between of each run; {@code -Dthroughline.resets=all} takes every one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(3600)
final class StockResetTest {
    private static final boolean ALL =
            System.getProperty("throughline.resets", "").equals("all");

    /** What is reset here. */
    static final List<String> TYPES = List.of(
            "StockFeed",
            "InventorySync",
            "ErpStock",
            "StockImport",
            "StoreDay",
            "CatalogSync",
            "ProductNews",
            "CustomerUpdate");

    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String STORE = "ST-HARBOR";
    private static final int RESET_AT_ONCE = 4;

    private static final List<String> CATALOGUES =
            List.of("northwind", "northwind-jp", "northwind-kw", "tryton-northwind");

    private final ClosedStore store = new ClosedStore();
    private House house;
    private StockMoves moves;
    private Histories histories;
    private Resets resets;
    private ShopShelves shelves;
    private Instant opened;

    @BeforeAll
    void open() {
        Map<String, String> variables = new HashMap<>(store.variables("PT1S"));
        variables.put("THROUGHLINE_SWEEP_STOCK_EVERY", "5s");
        variables.put("THROUGHLINE_ASK_ERP_WITHIN", "5s");
        // The tills find goods of which the ERP never hears.
        variables.put("THROUGHLINE_COMPARE_ERP_EVERY", "12h");
        house = House.open(House.newDirectory("stock-resets"), variables);
        moves = new StockMoves(house.stage());
        opened = Instant.now();
        histories = new Histories(house.stack().temporal());
        resets = new Resets(histories);
        shelves = new ShopShelves(house.stage(), SHOP);
    }

    @AfterAll
    void close() {
        histories.close();
        house.close();
    }

    @Test
    @Order(1)
    void whereverTheyAreResetToTheyLeaveWhatTheyHadLeft() {
        aDayOfStock();
        List<String> before = awaitRest();
        assertThat(List.of(
                        "moved by square-",
                        "moved by tryton-",
                        "moved by wms-",
                        "journal ",
                        "import: 1",
                        "product NW-",
                        "price NW-",
                        "customer northwind ",
                        "outside tryton"))
                .allSatisfy(mark -> assertThat(before).anyMatch(line -> line.startsWith(mark)));
        List<WorkflowExecutionInfo> runs = runs();
        assertThat(runs.stream().map(run -> run.getType().getName()).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(TYPES);

        // A run that is reset ends the one that its process has now.
        Beside.of(
                List.copyOf(runs.stream()
                        .collect(Collectors.groupingBy(run -> run.getExecution().getWorkflowId()))
                        .values()),
                RESET_AT_ONCE,
                this::resetEach);

        assertThat(awaitRest()).isEqualTo(before);
        assertThat(new Footprints(house).repeated()).isEmpty();
    }

    /** Gives how many runs they were. */
    private int resetEach(List<WorkflowExecutionInfo> runsOfOne) {
        for (WorkflowExecutionInfo run : runsOfOne) {
            String name = run.getExecution().getWorkflowId();
            List<Long> boundaries = resets.boundaries(run.getExecution());
            for (long boundary : ALL ? boundaries : some(boundaries)) {
                for (boolean withSignals : List.of(true, false)) {
                    WorkflowExecution again = resets.reset(run.getExecution(), boundary, withSignals);
                    Resets.await(name + ", reset to " + boundary + ", to wait or end", () -> atRest(again));
                }
            }
            resets.tell(name + " of " + boundaries.size() + " tasks");
        }
        return runsOfOne.size();
    }

    @Test
    @Order(2)
    void andGoOn() {
        int caps = moves.onHand("NW-CAP-NVY", STORE);
        int mugs = moves.onHand("NW-MUG-RED", STORE);
        int bags = moves.onHand("NW-BAG-TAN", "WH-EAST");

        moves.adjust("NW-CAP-NVY", 3);
        purchase("PO-2", 4);
        sell("R1-after", "NW-MUG-RED", 1);
        customerIsCalled("Farringdon");
        reprice("NW-SCARF-GRY", "31.00");

        Resets.await("what the store counted", () -> moves.onHand("NW-CAP-NVY", STORE) == caps + 3);
        Resets.await("what came in", () -> moves.onHand("NW-BAG-TAN", "WH-EAST") == bags + 4);
        Resets.await("what the tills sold", () -> moves.onHand("NW-MUG-RED", STORE) == mugs - 1);
        Resets.await("a supplement of the day", () -> settled(2));
        awaitShown("NW-BAG-TAN", "WH-EAST");
        awaitShown("NW-CAP-NVY", STORE);
        awaitCustomer("Farringdon");
        awaitPrice(3100);
    }

    private void aDayOfStock() {
        for (int i = 1; i <= 5; i++) {
            moves.adjust("NW-CAP-NVY", i);
        }
        purchase("PO-1", 10);
        new WarehouseFiles(house)
                .hand(
                        "morning",
                        List.of(
                                "M1,RECEIPT,NW-TEE-BLK-M,7," + Instant.now(),
                                "M2,RECEIPT,NW-NOTHING,1," + Instant.now()));
        for (int i = 1; i <= 4; i++) {
            sell("R1-" + i, "NW-MUG-RED", 1);
        }
        Resets.await("the day to be posted", () -> settled(1));
        // A shop tells of its customers once it has been asked to, which is one of the first things that are done.
        Resets.await("the first customer to be told", () -> {
            customerIsCalled("Abernathy");
            return known("Abernathy");
        });
        awaitCatalogues(Instant.EPOCH);
        // What a shop asked for a product that was just being introduced counts with its next sync.
        // Before the syncs, which compare the prices.
        shopAsks("NW-SCARF-GRY", "33.00");
        awaitPrice(3300);
        Resets.await(
                "the news of a product to be read",
                () -> histories.runs("WorkflowType = 'ProductNews'").stream()
                        .anyMatch(
                                run -> run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED));
        Instant anew = Instant.now();
        CATALOGUES.forEach(account -> house.stage().api().post("/v1/catalog/syncs/" + account, Json.object()));
        awaitCatalogues(anew);
    }

    private void awaitPrice(int minor) {
        Resets.await(
                "what the shop asks for its scarf",
                () -> Facts.number(
                                house.stack(),
                                "select count(*) from price where sku = 'NW-SCARF-GRY' and channel = 'northwind' and"
                                        + " minor = ?",
                                minor)
                        == 1);
    }

    private void awaitCatalogues(Instant since) {
        Resets.await(
                "every catalogue to be taken in",
                () -> Facts.number(
                                house.stack(),
                                "select count(*) from catalog_sync where finished_at >= started_at"
                                        + " and started_at > cast(? as timestamptz)",
                                since.toString())
                        == CATALOGUES.size());
    }

    private void customerIsCalled(String lastName) {
        house.stage()
                .sandbox()
                .put(
                        "/shopify/" + SHOP + "/customers",
                        Json.object()
                                .put("id", 7_460_001)
                                .put("first_name", "Ottoline")
                                .put("last_name", lastName));
    }

    private void awaitCustomer(String lastName) {
        Resets.await(lastName + " to be known", () -> known(lastName));
    }

    private boolean known(String lastName) {
        return Facts.number(
                        house.stack(), "select count(*) from person where content::text like ?", "%" + lastName + "%")
                == 1;
    }

    private void reprice(String sku, String price) {
        shopAsks(sku, price);
        house.stage().api().post("/v1/catalog/syncs/northwind", Json.object());
    }

    private void shopAsks(String sku, String price) {
        house.stage()
                .sandbox()
                .put(
                        "/shopify/" + SHOP + "/variants",
                        Json.object().put("sku", sku).put("price", price));
    }

    private void purchase(String reference, int units) {
        moves.purchase(reference, "NW-BAG-TAN", units);
        moves.receive(reference);
    }

    private void sell(String sale, String sku, int units) {
        moves.handIn(STORE, List.of(new TillSales(7, opened.plusMillis(1), 0).sell(sale, sku, units, "cash")));
    }

    private boolean settled(int summary) {
        return house.stage()
                .api()
                .get("/v1/stores/" + STORE + "/days/" + store.date())
                .at("/summaries/" + (summary - 1) + "/settledAt")
                .isTextual();
    }

    private void awaitShown(String sku, String facility) {
        Resets.await(sku + " to be shown", () -> shelves.of(sku, facility).onHand() == moves.onHand(sku, facility));
    }

    private List<WorkflowExecutionInfo> runs() {
        return histories.runs("").stream()
                .filter(run -> TYPES.contains(run.getType().getName()))
                .toList();
    }

    private static Set<Long> some(List<Long> boundaries) {
        return new TreeSet<>(
                List.of(boundaries.getFirst(), boundaries.get(boundaries.size() / 2), boundaries.getLast()));
    }

    private boolean atRest(WorkflowExecution run) {
        return histories.status(run) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                || histories.atRest(run);
    }

    /** Waits until nothing has moved for longer than it takes to look through a shop or the tills again. */
    private List<String> awaitRest() {
        awaitShown("NW-BAG-TAN", "WH-EAST");
        awaitShown("NW-CAP-NVY", STORE);
        awaitShown("NW-TEE-BLK-M", "WH-WEST");
        List<String> seen = new ArrayList<>();
        Awaitility.await()
                .during(Duration.ofSeconds(8))
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    List<String> before = List.copyOf(seen);
                    seen.clear();
                    seen.addAll(StockMarks.of(house));
                    return seen.equals(before);
                });
        return seen;
    }
}
