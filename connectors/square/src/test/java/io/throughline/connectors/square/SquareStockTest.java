package io.throughline.connectors.square;

import static io.throughline.connectors.square.TestingStores.POS;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReports.Page;
import io.throughline.domain.inventory.StockReports.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sandbox Square tells of its stock. */
class SquareStockTest {
    private static final FacilityId HARBOR = new FacilityId("ST-HARBOR");
    private static final Sku MUG = Sku.of("NW-MUG-RED");

    private final TestingStores testing = new TestingStores();
    private final StockReports stock = testing.square.stockReports();

    @AfterEach
    void close() {
        testing.close();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, IN_STOCK, 3, RECEIPT, 3",
        "RECEIVED_FROM_VENDOR, IN_STOCK, 3, RECEIPT, 3",
        "UNLINKED_RETURN, IN_STOCK, 1, RETURN, 1",
        "IN_STOCK, WASTE, 2, ADJUSTMENT, -2",
        "IN_STOCK, SOLD, 2, SALE, -2",
        "IN_STOCK, SOMETHING_NEW, 2, ADJUSTMENT, -2",
        "SOMETHING_NEW, IN_STOCK, 2, ADJUSTMENT, 2"
    })
    void whatEntersOrLeavesTheStockIsAMovement(String from, String to, int quantity, Kind kind, int units) {
        adjust("\"from\":\"%s\",\"to\":\"%s\",\"quantity\":%d,\"at\":\"2026-11-25T10:00:00Z\""
                .formatted(from, to, quantity));

        assertThat(movements()).singleElement().satisfies(moved -> {
            assertThat(moved.kind()).isEqualTo(kind);
            assertThat(moved.quantity()).isEqualTo(units);
            assertThat(moved.facility()).isEqualTo(HARBOR);
            assertThat(moved.sku()).isEqualTo(MUG);
            assertThat(moved.measure()).isEqualTo(Measure.ON_HAND);
            assertThat(moved.source().system()).isEqualTo(POS.value());
            assertThat(moved.reason()).contains(from + " to " + to);
            assertThat(moved.occurredAt()).isEqualTo("2026-11-25T10:00:00Z");
        });
    }

    @Test
    void whatMovesElsewhereIsNoneOfOurs() {
        adjust("\"from\":\"WASTE\",\"to\":\"SOMETHING_NEW\",\"quantity\":2");

        assertThat(all(Instant.EPOCH)).isEmpty();
    }

    @Test
    void goodsOnTheirWayAreAnotherMeasure() {
        adjust("\"from\":\"IN_STOCK\",\"to\":\"IN_TRANSIT\",\"quantity\":2");

        assertThat(movements())
                .extracting(Movement::measure, Movement::kind, Movement::quantity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Measure.ON_HAND, Kind.TRANSFER_OUT, -2),
                        org.assertj.core.groups.Tuple.tuple(Measure.IN_TRANSIT, Kind.ADJUSTMENT, 2));
        assertThat(movements()).extracting(Movement::source).doesNotHaveDuplicates();
    }

    @Test
    void aCountSaysHowManyAreThere() {
        adjust("\"counted\":7");

        assertThat(movements()).singleElement().satisfies(moved -> {
            assertThat(moved.kind()).isEqualTo(Kind.COUNT);
            assertThat(moved.quantity()).isEqualTo(7);
        });
    }

    @Test
    void aCountOfOursIsToldWithItsVersion() {
        testing.control("POST", "/square/adjustments", """
                {"location":"LHARBOR","sku":"NW-MUG-RED","counted":7,"reference":"throughline:42"}
                """);

        assertThat(all(Instant.EPOCH)).singleElement().isInstanceOfSatisfying(Report.Told.class, told -> {
            assertThat(told.level().publication()).contains(42L);
            assertThat(told.level().units()).isEqualTo(7);
        });
    }

    @Test
    void aSaleAtTheTillIsLeftToItsOrder() {
        testing.sell("{\"location\":\"LHARBOR\",\"items\":[{\"sku\":\"NW-MUG-RED\",\"quantity\":2}]}");

        assertThat(all(Instant.EPOCH)).singleElement().isInstanceOfSatisfying(Report.SoldByOrder.class, sold -> {
            assertThat(sold.movement().kind()).isEqualTo(Kind.SALE);
            assertThat(sold.movement().quantity()).isEqualTo(-2);
        });
    }

    @Test
    void aPageSaysUpToWhenAndWhereTheNextOneBegins() {
        for (int i = 0; i < 510; i++) {
            adjust("\"quantity\":1");
        }

        Page first = stock.since(POS, Instant.EPOCH, Optional.empty());
        Page second = stock.since(POS, Instant.EPOCH, first.next());

        assertThat(first.reports()).hasSize(500);
        assertThat(second.reports()).hasSize(10);
        assertThat(second.next()).isEmpty();
        assertThat(second.upTo().orElseThrow()).isAfterOrEqualTo(first.upTo().orElseThrow());
        assertThat(stock.since(POS, second.upTo().orElseThrow().plusMillis(1), Optional.empty()))
                .isEqualTo(Page.empty());
    }

    @Test
    void levelsAreWhatIsThere() {
        Instant before = Instant.parse("2026-06-01T00:00:00Z");
        adjust("\"counted\":7");

        assertThat(stock.levels(POS, before, Optional.empty()).reports())
                .singleElement()
                .isInstanceOfSatisfying(Report.Told.class, told -> {
                    assertThat(told.level().units()).isEqualTo(7);
                    assertThat(told.level().facility()).isEqualTo(HARBOR);
                    assertThat(told.level().source().version()).isGreaterThan(1_700_000_000_000_000L);
                });
    }

    @Test
    void allLevelsAreThoseThatHaveLainThereForLongToo() {
        assertThat(stock.levels(POS, Instant.now().minusSeconds(86_400), Optional.empty())
                        .reports())
                .isEmpty();

        assertThat(mugsAtHarbor())
                .singleElement()
                .satisfies(level -> assertThat(level.units()).isPositive());
    }

    @Test
    void whatWasSoldBeyondTheStockIsNothing() {
        testing.sell("{\"location\":\"LHARBOR\",\"items\":[{\"sku\":\"NW-MUG-RED\",\"quantity\":900}]}");

        assertThat(mugsAtHarbor())
                .singleElement()
                .satisfies(level -> assertThat(level.units()).isZero());
    }

    private List<Level> mugsAtHarbor() {
        List<Level> levels = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = stock.allLevels(POS, cursor);
            page.reports().forEach(report -> levels.add(((Report.Told) report).level()));
            cursor = page.next();
        } while (cursor.isPresent());
        levels.removeIf(level -> !level.sku().equals(MUG) || !level.facility().equals(HARBOR));
        return levels;
    }

    @Test
    void aTillWhoseClockIsAheadIsBoundBySquaresOwn() {
        adjust("\"quantity\":1,\"at\":\"2126-11-25T10:00:00Z\"");

        assertThat(movements())
                .singleElement()
                .satisfies(moved ->
                        assertThat(moved.occurredAt()).isBefore(Instant.now().plusSeconds(60)));
    }

    @Test
    void whatIsOfNoFacilityIsKeptAsItWasTold() {
        String raw = """
                {"type":"ADJUSTMENT","adjustment":{"id":"A1","from_state":"NONE","to_state":"IN_STOCK","location_id":"%s",
                "catalog_object_id":"%s","quantity":"%s","occurred_at":"2026-11-25T10:00:00Z"}}
                """;

        assertThat(again(raw.formatted("LPARIS", "SQ-NW-MUG-RED", "1")))
                .extracting(Report.Unplaced::thing)
                .containsExactly("location LPARIS");
        assertThat(again(raw.formatted("LHARBOR", "SQ-NOBODY", "1")))
                .extracting(Report.Unplaced::thing)
                .containsExactly("variation SQ-NOBODY");
        assertThat(again(raw.formatted("LHARBOR", "SQ-NW-MUG-RED", "1.5")))
                .extracting(Report.Unplaced::thing)
                .containsExactly("variation SQ-NW-MUG-RED in fractions");
        Report.Unplaced kept =
                again(raw.formatted("LPARIS", "SQ-NW-MUG-RED", "1")).getFirst();
        assertThat(stock.again(POS, List.of(kept.raw()))).containsExactly(kept);
        assertThat(stock.again(POS, List.of(kept.raw().replace("LPARIS", "LHARBOR"))))
                .singleElement()
                .isInstanceOf(Report.Moved.class);
    }

    private List<Report.Unplaced> again(String raw) {
        return stock.again(POS, List.of(raw)).stream()
                .map(Report.Unplaced.class::cast)
                .toList();
    }

    private void adjust(String what) {
        testing.control(
                "POST", "/square/adjustments", "{\"location\":\"LHARBOR\",\"sku\":\"NW-MUG-RED\"," + what + "}");
    }

    private List<Movement> movements() {
        return all(Instant.EPOCH).stream()
                .map(report -> ((Report.Moved) report).movement())
                .toList();
    }

    private List<Report> all(Instant since) {
        List<Report> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = stock.since(POS, since, cursor);
            all.addAll(page.reports());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }
}
