package io.throughline.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkuTest {
    @Test
    void whatIsWrittenDownIsReadWithoutTheSpaceAroundIt() {
        assertThat(Sku.read(" NW-CAP-NVY\n")).contains(Sku.of("NW-CAP-NVY"));
        assertThat(Sku.read("X".repeat(100))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NW\tCAP", "NW-CAP\u0000"})
    void whatCannotBeOneIsNone(String written) {
        assertThat(Sku.read(written)).isEmpty();
    }

    @Test
    void norIsWhatIsTooLong() {
        assertThat(Sku.read("X".repeat(101))).isEmpty();
        assertThatThrownBy(() -> Sku.of("X".repeat(101))).isInstanceOf(IllegalArgumentException.class);
    }
}
