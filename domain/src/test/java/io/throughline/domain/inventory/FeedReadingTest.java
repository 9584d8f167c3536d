package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.FeedReading.Read;
import io.throughline.domain.inventory.FeedRow.Field;
import io.throughline.domain.inventory.WarehouseFeed.Mode;
import io.throughline.domain.inventory.WarehouseFeed.Unnamed;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rows of a warehouse feed state, and why some are refused. */
class FeedReadingTest {
    private static final Instant AS_OF = Instant.parse("2026-11-23T10:00:00Z");

    private final FeedReading reading = new FeedReading(
            sku -> !sku.value().equals("NW-NOTHING"),
            sku -> sku.value().equals("NW-SET")
                    ? List.of(new Bundles.Part(Sku.of("NW-MUG"), 1), new Bundles.Part(Sku.of("NW-SOCK"), 1))
                    : List.of(new Bundles.Part(sku, 1)));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        RECEIPT      |  5 |  5
        TRANSFER_OUT |  5 | -5
        REJECT       |  5 | -5
        SALE         |  5 | -5
        ADJUSTMENT   | -5 | -5
        ADJUSTMENT   |  5 |  5
        COUNT        |  5 |  5
        """)
    void theKindTellsWhetherUnitsCameOrLeft(String kind, String quantity, int moved) {
        Movement movement = stated(delta(), row("KIND", kind, "QUANTITY", quantity));

        assertThat(movement.quantity()).isEqualTo(moved);
        assertThat(movement.source()).isEqualTo(new StockSource("wms", "movement/M1", 1));
        assertThat(movement.occurredAt()).isEqualTo(AS_OF);
    }

    @Test
    void aLevelIsACountOfItsInstant() {
        Movement count = stated(full(), row("QUANTITY", "12", "MEASURE", "DAMAGED"));

        assertThat(count.kind()).isEqualTo(Movement.Kind.COUNT);
        assertThat(count.measure()).isEqualTo(Measure.DAMAGED);
        assertThat(count.occurredAt()).isEqualTo(AS_OF);
        assertThat(count.source().version()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        SKU         | NW-NOTHING | NW-NOTHING is not in the catalogue
        SKU         | ''         | sku must be given
        QUANTITY    | 1.5        | quantity must be a whole number
        QUANTITY    | -1         | quantity must be a whole number from 0
        QUANTITY    | 99999999   | quantity must be a whole number from 0
        QUANTITY    | ''         | quantity must be given
        KIND        | LOST       | kind must be one of SALE, RETURN, RECEIPT
        KIND        | OPENING    | kind must be one of
        KIND        | REJECT     | reason must be given
        ID          | ''         | id must be given
        VERSION     | 0          | version must be a whole number from 1
        MEASURE     | WEIGHT     | measure must be empty or one of
        OCCURRED_AT | yesterday  | occurred_at must be an ISO 8601 instant
        """)
    void aRowThatCannotBeTakenIsToldWhatWouldBeRight(String field, String text, String told) {
        Map<String, String> fields = fields("REASON", "");
        fields.put(field, text);

        assertThat(reading.read(delta(), of(fields)))
                .isInstanceOfSatisfying(
                        Read.Refused.class, refused -> assertThat(refused.why()).startsWith(told));
    }

    @Test
    void aBundleHasNoStockToCount() {
        assertThat(reading.read(full(), row("SKU", "NW-SET"))).isInstanceOf(Read.Refused.class);
        assertThat(reading.read(delta(), row("SKU", "NW-SET"))).isInstanceOf(Read.Stated.class);
    }

    private Movement stated(WarehouseFeed feed, FeedRow row) {
        return ((Read.Stated) reading.read(feed, row)).movement();
    }

    private static FeedRow row(String... changes) {
        return of(fields(changes));
    }

    private static FeedRow of(Map<String, String> texts) {
        Map<Field, String> fields = new EnumMap<>(Field.class);
        texts.forEach((name, text) -> fields.put(Field.valueOf(name), text));
        return FeedRow.of(1, fields);
    }

    private static Map<String, String> fields(String... changes) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "ID", "M1",
                "KIND", "RECEIPT",
                "SKU", "NW-MUG",
                "QUANTITY", "5",
                "REASON", "dropped",
                "OCCURRED_AT", AS_OF.toString()));
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return fields;
    }

    private static WarehouseFeed delta() {
        return new WarehouseFeed(
                AccountId.of("wms"),
                SampleFacilities.WH_WEST,
                "moves",
                1,
                Mode.DELTA,
                Optional.empty(),
                Unnamed.UNTOUCHED);
    }

    private static WarehouseFeed full() {
        return new WarehouseFeed(
                AccountId.of("wms"),
                SampleFacilities.WH_WEST,
                "nightly",
                3,
                Mode.FULL,
                Optional.of(AS_OF),
                Unnamed.ZERO);
    }
}
