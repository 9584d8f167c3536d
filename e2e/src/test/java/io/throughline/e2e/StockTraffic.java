package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.demo.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What happens to stock beside orders: a store finds a piece, its tills sell one, live or handed in later, the ERP takes in a purchase, a
 * warehouse sends a file.
 * Whoever hands something to the API tries again until it is taken, as tills and warehouses do. At the end each is to be booked once,
 * shown in the shops, and the store's day is to be in the books to the cent.
 */
final class StockTraffic implements AutoCloseable {
    private static final String STORE = "ST-HARBOR";
    private static final String CAP = "NW-CAP-NVY";
    private static final String MUG = "NW-MUG-RED";
    private static final String SOCKS = "NW-SOCK-2PK";

    private final House house;
    private final ClosedStore store;
    private final ShopShelves shelves;
    private final StockMoves moves;
    private final WarehouseFiles files;
    private final Instant opened = Instant.now();
    private final TillSales sales = new TillSales(7, opened, 0);
    private final ExecutorService tills = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> handedOver = new ArrayList<>();
    private final List<Future<String>> imports = new ArrayList<>();
    private BigDecimal live = BigDecimal.ZERO;
    private int rungUp;
    private int events;
    private int found;
    private int received;

    StockTraffic(House house, ClosedStore store) {
        this.house = house;
        this.store = store;
        this.shelves = new ShopShelves(house.stage(), ShopOrders.SHOP);
        this.moves = new StockMoves(house.stage());
        this.files = new WarehouseFiles(house);
    }

    /** The next of the four, by turns. */
    void happens() {
        int number = ++events;
        switch (number % 4) {
            case 0 -> receive(number);
            case 1 -> find();
            case 2 -> sell(number);
            default -> file(number);
        }
    }

    private void find() {
        found++;
        moves.adjust(CAP, 1);
    }

    private void sell(int number) {
        if (number % 8 == 2) {
            live = live.add(StockMoves.total(moves.ringUp(CAP, 1)));
            rungUp++;
            return;
        }
        List<ObjectNode> batch = List.of(sales.sell("R1-" + number, CAP, 1, "square_cash"));
        handedOver.add(tills.submit(() -> untilTaken(() -> moves.handIn(STORE, batch))));
    }

    private void receive(int number) {
        received++;
        moves.purchase("PO-" + number, MUG, 1);
        moves.receive("PO-" + number);
    }

    private void file(int number) {
        List<String> rows = List.of("F" + number + ",RECEIPT," + SOCKS + ",1," + Instant.now());
        imports.add(tills.submit(() -> untilTaken(() -> files.hand("file-" + number, rows))));
    }

    private static <T> T untilTaken(Supplier<T> handing) {
        while (true) {
            try {
                return handing.get();
            } catch (RuntimeException | AssertionError notYet) {
                if (Thread.currentThread().isInterrupted()) {
                    throw notYet;
                }
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    /** The summaries of the store's day that the ERP was told. */
    int summaries() {
        return day().path("summaries").size();
    }

    int events() {
        return events;
    }

    /** Waits until everything should have been taken in; gives a line for each thing that is not as it should be. */
    List<String> judge(Duration patience) {
        List<String> wrong = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(patience)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        wrong.clear();
                        look(wrong);
                        return wrong.isEmpty();
                    });
        } catch (ConditionTimeoutException late) {
            // What is still wrong is what there is to tell.
        }
        return wrong;
    }

    private void look(List<String> wrong) {
        int sold = sales.left().getOrDefault(CAP, 0) + rungUp;
        expect(
                wrong,
                "hand-overs",
                0,
                handedOver.stream().filter(one -> !one.isDone()).count());
        expect(
                wrong,
                "files handed over",
                imports.size(),
                imports.stream().filter(Future::isDone).count());
        moved(wrong, "what the store found", "square-northwind", "%/LHARBOR/%", CAP, found, found);
        moved(wrong, "what the tills sold", "throughline", "sale/" + STORE + "/%", CAP, sold, -sold);
        moved(wrong, "what came in", "tryton-northwind", "%", MUG, received, received);
        moved(wrong, "what the warehouse told", "wms-west", "%", SOCKS, imports.size(), imports.size());
        shown(wrong, CAP, STORE);
        shown(wrong, MUG, "WH-EAST");
        shown(wrong, SOCKS, "WH-WEST");
        if (sold > 0) {
            posted(wrong);
        }
    }

    private void moved(
            List<String> wrong, String what, String source, String sourceIds, String sku, long times, long units) {
        String of = " from stock_movement where source = '" + source + "' and source_id like '" + sourceIds
                + "' and sku = '" + sku + "' and kind <> 'OPENING'";
        expect(wrong, what + ", movements", times, Facts.number(house.stack(), "select count(*)" + of));
        expect(wrong, what + ", units", units, Facts.number(house.stack(), "select coalesce(sum(quantity), 0)" + of));
    }

    private void shown(List<String> wrong, String sku, String facility) {
        long ours = Facts.number(
                house.stack(),
                "select on_hand from stock_balance where sku = '" + sku + "' and facility = '" + facility + "'");
        expect(
                wrong,
                sku + " of " + facility + " in the shop",
                ours,
                shelves.of(sku, facility).onHand());
    }

    private void posted(List<String> wrong) {
        JsonNode day = day();
        Json.list(day.path("summaries")).stream()
                .filter(summary -> !summary.path("settledAt").isTextual())
                .forEach(summary ->
                        wrong.add("summary " + summary.path("number") + " of the store's day is not settled"));
        BigDecimal paid = Json.list(house.stage().sandbox().get("/tryton/payments")).stream()
                .filter(payment -> payment.path("reference").asText().startsWith("store-day/" + STORE + "/"))
                .filter(payment -> payment.path("state").asText().equals("succeeded"))
                .map(payment -> new BigDecimal(payment.at("/amount/decimal").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal taken = sales.total().add(live);
        if (paid.compareTo(taken) != 0) {
            wrong.add("the ERP has " + paid + " of the store's " + taken);
        }
    }

    private JsonNode day() {
        return house.stage().api().get("/v1/stores/" + STORE + "/days/" + store.date());
    }

    private static void expect(List<String> wrong, String what, long wanted, long found) {
        if (wanted != found) {
            wrong.add(what + ": " + found + " instead of " + wanted);
        }
    }

    @Override
    public void close() {
        tills.shutdownNow();
    }
}
