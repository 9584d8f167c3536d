package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was lost and found of the stock, as finance reads it. */
class AdjustedStockApiTest {
    private final TestingApi api = TestingApi.get();

    @Test
    void aDayTellsWhatWasLostAndFoundAndWhatHasNoValue() {
        adjusted("ADJ-A", -3, "2.00", "600");
        adjusted("ADJ-B", 1, "2.35", "235");
        adjusted("ADJ-C", -4, null, null);

        Answer day = api.get("/v1/stock-adjustments?date=2024-02-29", Role.FINANCE);

        assertThat(day.status()).as(day.body()).isEqualTo(200);
        JsonNode sums = day.json().path("adjustments");
        assertThat(sums).hasSize(2);
        assertThat(sums.path(0).path("facility").asText()).isEqualTo("ST-HARBOR");
        assertThat(sums.path(0).path("lost").asText()).isEqualTo("6.00");
        assertThat(sums.path(0).path("found").asText()).isEqualTo("2.35");
        assertThat(sums.path(0).path("unitsUntold").asInt()).isEqualTo(4);
        assertThat(sums.path(1).has("currency")).isFalse();
        assertThat(sums.path(1).path("unitsLost").asInt()).isEqualTo(4);
        assertThat(sums.path(1).has("lost")).isFalse();
        assertThat(api.get("/v1/stock-adjustments?date=yesterday", Role.FINANCE).status())
                .isEqualTo(400);
        assertThat(api.get("/v1/stock-adjustments?date=2024-02-29", Role.SUPPORT)
                        .status())
                .isEqualTo(403);
    }

    /** Each with its journal, without which the database keeps none. */
    private void adjusted(String sku, int units, @Nullable String cost, @Nullable String worth) {
        api.execute("""
            with kept as (
                insert into stock_adjustment (company, facility, sku, units, unit_cost, currency, worth, cost_taken, reason,
                    source, source_id, version, business_date, occurred_at, recorded_at)
                values ('tryton-northwind', 'ST-HARBOR', '%1$s', %2$d, %3$s, %4$s, %5$s, false, 'COUNT', 'people', '%1$s', 1,
                    '2024-02-29', '2024-02-29T12:00:00Z', '2024-02-29T12:00:00Z')
                returning number, units, worth),
            booked as (
                insert into journal (reference, stock_place, kind, business_date, currency, stored_at)
                select 'adjustment/' || number, 'stock/ST-HARBOR/%1$s', 'STOCK_ADJUSTMENT', '2024-02-29', 'USD', now()
                from kept where worth is not null
                returning reference)
            insert into journal_line (reference, number, role, detail, currency, debit, credit)
            select 'adjustment/' || number, line.position, line.role, '', 'USD',
                case when (units < 0) = (line.position = 1) then worth else 0 end,
                case when (units < 0) = (line.position = 1) then 0 else worth end
            from kept, (values (1, 'STOCK_ADJUSTMENT'), (2, 'INVENTORY')) line (position, role)
            where worth is not null
            """.formatted(sku, units, cost, cost == null ? null : "'USD'", worth));
    }
}
