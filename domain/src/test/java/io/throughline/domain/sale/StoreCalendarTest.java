package io.throughline.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.SampleFacilities;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCalendarTest {
    private final StoreCalendar calendar =
            new StoreCalendar(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));

    /** The store is five hours behind UTC in November, four in July; its day is cut at four. */
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            2026-11-23T17:00:00Z, 2026-11-23
            2026-11-24T05:30:00Z, 2026-11-23
            2026-11-24T08:59:59Z, 2026-11-23
            2026-11-24T09:00:00Z, 2026-11-24
            2026-07-24T07:59:59Z, 2026-07-23
            2026-07-24T08:00:00Z, 2026-07-24
            """)
    void aDayBeginsAtTheCutOfTheStoresOwnClock(Instant soldAt, String date) {
        assertThat(calendar.dayOf(SampleSales.STORE, soldAt).date()).hasToString(date);
    }

    @Test
    void aDayClosesByTheStoresOwnClock() {
        assertThat(calendar.planOf(SampleSales.DAY).closesAt()).isEqualTo("2026-11-24T03:00:00Z");
        assertThat(calendar.planOf(new StoreDayId(SampleFacilities.ST_DUBLIN, SampleSales.DAY.date()))
                        .closesAt())
                .isEqualTo("2026-11-23T22:00:00Z");
    }

    @Test
    void aDayIsKnownByItsName() {
        assertThat(SampleSales.DAY).hasToString("store-day/ST-HARBOR/2026-11-23");
        assertThat(StoreDayId.of("store-day/ST-HARBOR/2026-11-23")).contains(SampleSales.DAY);
        assertThat(StoreDayId.of("store-day/ST-HARBOR/2026-11-31")).isEmpty();
        assertThat(StoreDayId.of("stock/ST-HARBOR/NW-MUG-RED")).isEmpty();
    }
}
