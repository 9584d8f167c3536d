package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StockCompaniesTest {
    @Test
    void anErpThatMovesTheStockIsNotToldOfIt() {
        assertThat(movedBy(SampleAccounts.ERP).of(SampleFacilities.ST_HARBOR)).isEmpty();
        assertThat(movedBy(AccountId.of(SampleStockRules.POS)).of(SampleFacilities.ST_HARBOR))
                .hasValueSatisfying(books -> {
                    assertThat(books.company()).isEqualTo(SampleAccounts.ERP);
                    assertThat(books.businessDate(Instant.parse("2026-11-23T04:30:00Z")))
                            .as("it is still the day before there")
                            .isEqualTo("2026-11-22");
                });
        assertThat(movedBy(AccountId.of(SampleStockRules.POS)).of(new FacilityId("ST-NOWHERE")))
                .isEmpty();
    }

    private static StockCompanies movedBy(AccountId system) {
        return StockCompanies.configured(
                new SampleFacilities(),
                new SampleAccounts(),
                (facility, measure) -> new Authority(system.value(), Basis.MOVEMENTS));
    }
}
