package io.throughline.store.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.store.PostgresExtension;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatermarksTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Test
    void aWatermarkNeverMovesBack() {
        Watermarks watermarks = POSTGRES.database().watermarks();
        Instant noon = Instant.parse("2026-11-23T12:00:00Z");
        assertThat(watermarks.completeUpTo(SampleAccounts.SHOP, "orders")).isEmpty();

        watermarks.advance(SampleAccounts.SHOP, "orders", noon);
        watermarks.advance(SampleAccounts.SHOP, "orders", noon.minusSeconds(1));
        assertThat(watermarks.completeUpTo(SampleAccounts.SHOP, "orders")).contains(noon);

        watermarks.advance(SampleAccounts.SHOP, "orders", noon.plusSeconds(1));
        assertThat(watermarks.completeUpTo(SampleAccounts.SHOP, "orders")).contains(noon.plusSeconds(1));
        assertThat(watermarks.completeUpTo(SampleAccounts.SHOP, "stock")).isEmpty();
        assertThat(watermarks.completeUpTo(SampleAccounts.SHOP_JP, "orders")).isEmpty();
    }
}
