package io.throughline.sandbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleRetailerTest {

    private final SampleRetailer retailer = SampleRetailer.load();

    @Test
    void everyShopPricesEveryProduct() {
        assertThat(retailer.shops()).hasSize(3);
        assertThat(retailer.products())
                .hasSize(9)
                .allSatisfy(product ->
                        assertThat(product.prices().keySet()).containsExactlyInAnyOrder("USD", "JPY", "KWD"));
    }

    @Test
    void theBagIsScarceSoThatOrdersMustBeSplit() {
        assertThat(retailer.stock("ST-HARBOR", "NW-BAG-TAN")).isEqualTo(1);
        assertThat(retailer.stock("WH-WEST", "NW-BAG-TAN")).isEqualTo(2);
        assertThat(retailer.stock("WH-EAST", "NW-BAG-TAN")).isZero();
        assertThat(retailer.stock("WH-EAST", "NW-TEE-BLK-M")).isEqualTo(50);
        assertThat(retailer.stock("ST-DUBLIN", "NW-SCARF-GRY")).isEqualTo(12);
    }

    @Test
    void storesAreAlsoSquareLocations() {
        assertThat(retailer.facilities())
                .hasSize(5)
                .allSatisfy(facility -> assertThat(facility.squareLocationId().isPresent())
                        .isEqualTo(facility.kind() == SampleRetailer.Kind.STORE));
    }
}
