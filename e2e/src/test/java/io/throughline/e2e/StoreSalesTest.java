package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.Seeds;
import io.throughline.local.Progress;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A store that was offline for a day hands over what its tills have sold: in pieces, twice and in any order. Another time its tills tell
 * of each sale themselves. The ERP's books get it once, also when the worker halts in the middle.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
final class StoreSalesTest {
    private static final String STORE = "ST-HARBOR";
    private static final String HALT = "TRYTON.payment-AFTER_EFFECT_BEFORE_COMMIT";
    private static final int OPENING = 12;
    private static final String SCARF = "NW-SCARF-GRY";

    private final long seed = Seeds.next();
    private final ClosedStore store = new ClosedStore();
    private final String day = "store-day/" + STORE + "/" + store.date();

    private Instant firstSale;
    private TillSales sold;
    private House house;
    private StockMoves moves;
    private Path markers;
    private Reviver reviver;
    private JsonNode live = Json.object();

    @BeforeAll
    void open() throws IOException {
        Path directory = House.newDirectory("store-sales");
        markers = Files.createDirectories(directory.resolve("halts"));
        Map<String, String> variables = new HashMap<>(store.variables("PT15S"));
        variables.put("THROUGHLINE_RECONCILE_EVERY", "5s");
        variables.put("THROUGHLINE_HALT_AT", HALT.replace("-", ":"));
        variables.put("THROUGHLINE_HALT_MARKERS", markers.toString());
        house = House.open(
                directory,
                variables,
                // That the worker ends by itself is no problem here.
                Progress.silent());
        moves = new StockMoves(house.stage());
        reviver = new Reviver(house.stack(), StackPart.WORKER, () -> Leases.ofTheDeadEnd(house.stack()));
        // After the opening stock was booked, which covers what was sold before.
        firstSale = Instant.now();
        sold = new TillSales(seed, firstSale, 200);
    }

    @AfterAll
    void close() {
        reviver.close();
        house.close();
    }

    @Test
    @Order(1)
    void batchesInPiecesTwiceAndReorderedAreTakenOnce() {
        List<ObjectNode> shuffled = new ArrayList<>(sold.all());
        Collections.shuffle(shuffled, new Random(seed));
        List<List<ObjectNode>> pieces =
                List.of(shuffled.subList(120, 200), shuffled.subList(0, 90).reversed(), shuffled.subList(60, 150));

        int accepted = 0;
        int known = 0;
        for (List<ObjectNode> piece : pieces) {
            JsonNode answer = submit(piece);
            accepted += answer.path("accepted").asInt();
            known += answer.path("known").asInt();
        }

        assertThat(accepted).isEqualTo(200);
        assertThat(known).isEqualTo(80 + 90 + 90 - 200);
        sold.left().forEach((sku, units) -> assertThat(inStock(sku)).as(sku).isEqualTo(OPENING - units));
    }

    @Test
    @Order(2)
    void theBooksGetOneSummaryPerTenderAlthoughTheWorkerHalted() throws InterruptedException {
        JsonNode view = awaitDay(found -> settled(found, 1));

        assertThat(markers.resolve(HALT))
                .as("the worker halted with a payment booked and not written down")
                .exists();
        assertThat(view.path("summaries")).hasSize(1);
        assertThat(inTheBooks(1)).isEqualTo(sold.taken());
        assertThat(invoiced(1)).isEqualByComparingTo(sold.total());
        assertThat(statuses(view)).containsOnly("CONFIRMED");
        assertThat(view.path("posted").findValuesAsText("amount"))
                .as("what was sold is what is posted, by tender")
                .isEqualTo(view.path("sold").findValuesAsText("amount"));
        assertThat(postings())
                .as("in the ERP's own ledger")
                .allSatisfy(
                        (reference, times) -> assertThat(times).as(reference).isEqualTo(1))
                .hasSize(1 + sold.taken().size());
    }

    @Test
    @Order(3)
    void aLateSaleIsASupplementOfItsDay() throws InterruptedException {
        JsonNode answer = submit(List.of(new TillSales(seed, firstSale, 0).sell("R1-late", "NW-MUG-RED", 2, "cash")));
        assertThat(answer.at("/sales/0/late").asBoolean()).isTrue();

        awaitDay(found -> settled(found, 2));

        assertThat(inTheBooks(1)).as("the first summary stays").isEqualTo(sold.taken());
        assertThat(inTheBooks(2)).isEqualTo(Map.of("cash", new BigDecimal("42.50")));
        assertThat(day().path("late").findValuesAsText("saleId")).containsExactly("R1-late");
    }

    @Test
    @Order(4)
    void whatTheErpRefusesIsACaseAndPostedWhenItWasMended() throws InterruptedException {
        house.stage().sandbox().post("/tryton/products/NW-JKT-GRN-L/remove", Json.object());
        submit(List.of(new TillSales(seed, firstSale, 0).sell("R1-refused", "NW-JKT-GRN-L", 1, "cash")));
        String refused = openCase(day, "STORE_DAY_REJECTED").path("id").asText();

        house.stage().sandbox().post("/tryton/products/NW-JKT-GRN-L/restore", Json.object());
        house.stage().decide(refused, "RETRY", "the product is there again");

        awaitDay(found -> settled(found, 3));
        assertThat(inTheBooks(3)).isEqualTo(Map.of("cash", new BigDecimal("21.25")));
    }

    @Test
    @Order(5)
    void moneyThatWasGivenBackIsPartOfWhatWasTakenBefore() throws InterruptedException {
        submit(List.of(new TillSales(seed, firstSale, 0).sell("R1-back", "NW-MUG-RED", -1, "cash")));

        JsonNode view = awaitDay(found -> settled(found, 4));

        assertThat(invoiced(4)).isEqualByComparingTo("-21.25");
        assertThat(inTheBooks(4)).isEqualTo(Map.of("cash", new BigDecimal("21.25")));
        assertThat(statuses(view)).containsOnly("CONFIRMED");
    }

    @Test
    @Order(6)
    void aLiveSaleMovesStockAtOnceAndBeginsNoProcess() throws InterruptedException {
        int before = inStock(SCARF);
        live = moves.ringUp(SCARF, 2);
        Instant soldAt = Instant.now();

        JsonNode sale = awaitSale(live);
        System.out.println("  booked " + Duration.between(soldAt, Instant.now()).toMillis() + " ms after the sale");
        assertThat(inStock(SCARF)).isEqualTo(before - 2);
        assertThat(kinds(sale.at("/trace/entries"))).contains("sale.recorded");

        JsonNode view = awaitDay(found -> settled(found, 5));
        assertThat(inTheBooks(5)).isEqualTo(Map.of("square_cash", StockMoves.total(live)));
        assertThat(invoiced(5)).isEqualByComparingTo(StockMoves.total(live));
        assertThat(statuses(view)).containsOnly("CONFIRMED");
        assertThat(awaitSale(live).at("/entries/0/journals").findValuesAsText("documentNumber"))
                .hasSize(2);
        assertThat(kinds(awaitSale(live).at("/trace/entries"))).contains("inbox.handled");
        assertThat(Facts.number(
                        house.stack(), "select count(*) from customer_order where account = 'square-northwind'"))
                .isZero();
    }

    @Test
    @Order(7)
    void itIsFoundByTheNamesOfTheTillsSystem() {
        for (String name : List.of(
                live.path("id").asText(), live.at("/tenders/0/payment_id").asText())) {
            JsonNode found = house.stage().api().get("/v1/lookup?id=" + name);

            assertThat(found.path("storeSale").asText())
                    .as(name)
                    .endsWith(
                            "/v1/stores/" + STORE + "/sales/" + live.path("id").asText());
            assertThat(found.path("storeDay").asText())
                    .as(name)
                    .endsWith("/v1/stores/" + STORE + "/days/" + store.date());
        }
    }

    @Test
    @Order(8)
    void goodsThatComeBackToTheTillAreANegativeSale() throws InterruptedException {
        int before = inStock(SCARF);

        JsonNode back = awaitSale(moves.bringBack(live, SCARF, 1));

        assertThat(inStock(SCARF)).isEqualTo(before + 1);
        awaitDay(found -> settled(found, 6));
        assertThat(invoiced(6)).isEqualByComparingTo(back.path("total").asText());
        assertThat(inTheBooks(6))
                .isEqualTo(
                        Map.of("square_cash", new BigDecimal(back.path("total").asText()).negate()));
    }

    @Test
    @Order(9)
    void aSaleWhoseWebhooksWereLostIsFoundAndBookedInTheSameWay() throws InterruptedException {
        int before = inStock(SCARF);
        JsonNode lost = moves.ringUp(SCARF, 1, "?webhooks=none");

        awaitSale(lost);

        assertThat(inStock(SCARF)).isEqualTo(before - 1);
        awaitDay(found -> settled(found, 7));
        assertThat(inTheBooks(7)).isEqualTo(Map.of("square_cash", StockMoves.total(lost)));
    }

    @Test
    @Order(10)
    void whatCanNotBeBookedIsACaseThatSaysWhatToDo() throws InterruptedException {
        ObjectNode typedIn = Json.object().put("location", "LHARBOR").put("tender", "CASH");
        typedIn.putArray("items").addObject().put("name", "Gift wrapping").put("price", 350);
        String id = house.stage()
                .sandbox()
                .post("/square/sales", typedIn)
                .path("id")
                .asText();
        String subject = "till-sale/square-northwind/" + id;

        JsonNode open = openCase(subject, "SALE_NOT_BOOKED");

        assertThat(open.path("detail").asText())
                .contains("custom-amount", "then try again")
                .doesNotContain("Gift wrapping");
        assertThat(house.stage()
                        .api()
                        .get("/v1/lookup?id=" + id)
                        .path("subject")
                        .asText())
                .isEqualTo(subject);
        house.stage().decide(open.path("id").asText(), "ACCEPT_DIFFERENCE", "it was entered by hand");
        Resets.await(
                "the case to be closed",
                () -> house.stage()
                        .api()
                        .get("/v1/cases/" + open.path("id").asText())
                        .path("status")
                        .asText()
                        .equals("CLOSED"));
    }

    private JsonNode awaitSale(JsonNode rungUp) throws InterruptedException {
        String id = rungUp.path("id").asText();
        return house.stage()
                .await("sale " + id + " to be booked", () -> house.stage().sale(id), _ -> true);
    }

    private static List<String> kinds(JsonNode entries) {
        return entries.findValuesAsText("kind");
    }

    private JsonNode submit(List<ObjectNode> sales) {
        return moves.handIn(STORE, sales);
    }

    private JsonNode day() {
        return house.stage().api().get("/v1/stores/" + STORE + "/days/" + store.date());
    }

    private JsonNode awaitDay(Predicate<JsonNode> enough) throws InterruptedException {
        return house.stage().await("the day to be posted", () -> Optional.of(day()), found -> {
            reviver.check();
            return enough.test(found);
        });
    }

    private static boolean settled(JsonNode view, int summary) {
        return view.at("/summaries/" + (summary - 1) + "/settledAt").isTextual();
    }

    private static List<String> statuses(JsonNode view) {
        return view.findValuesAsText("status");
    }

    private JsonNode openCase(String subject, String code) throws InterruptedException {
        return house.stage()
                .await(
                        "the case of " + subject,
                        () ->
                                Json.list(house.stage()
                                                .api()
                                                .get("/v1/cases?status=OPEN&limit=200")
                                                .path("cases"))
                                        .stream()
                                        .filter(one -> one.path("subject")
                                                        .asText()
                                                        .equals(subject)
                                                && one.path("code").asText().equals(code))
                                        .findFirst(),
                        found -> true);
    }

    /** The booked payments of a summary as the ERP has them, by tender. */
    private Map<String, BigDecimal> inTheBooks(int summary) {
        String prefix = day + "/" + summary + "/USD/payment/";
        Map<String, BigDecimal> payments = new TreeMap<>();
        for (JsonNode payment : house.stage().sandbox().get("/tryton/payments")) {
            String reference = payment.path("reference").asText();
            if (reference.startsWith(prefix)) {
                assertThat(payment.path("state").asText()).isEqualTo("succeeded");
                payments.merge(reference.substring(prefix.length()), amount(payment.path("amount")), BigDecimal::add);
            }
        }
        return payments;
    }

    private BigDecimal invoiced(int summary) {
        JsonNode invoices =
                house.stage().sandbox().get("/tryton/invoices?reference=" + day + "/" + summary + "/USD/invoice");
        assertThat(invoices).hasSize(1);
        assertThat(invoices.at("/0/state").asText())
                .as("settled by its payments")
                .isEqualTo("paid");
        return amount(invoices.at("/0/total_amount"));
    }

    private static BigDecimal amount(JsonNode typed) {
        return new BigDecimal(typed.path("decimal").asText());
    }

    /** How often each document of the first summary was booked. */
    private Map<String, Integer> postings() {
        Map<String, Integer> times = new TreeMap<>();
        for (JsonNode row : house.stage().sandbox().get("/ledger")) {
            String operation = row.path("operation").asText();
            boolean books = operation.equals("account.invoice.post") || operation.equals("account.payment.succeed");
            if (books && row.path("subject").asText().startsWith(day + "/1/")) {
                times.merge(row.path("subject").asText(), 1, Integer::sum);
            }
        }
        return times;
    }

    private int inStock(String sku) {
        JsonNode quantities = moves.quantities(sku, STORE);
        return quantities.path("onHand").asInt() - quantities.path("shortfall").asInt();
    }
}
