package io.throughline.domain.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PickupCodeTest {
    private static final FulfillmentOrderId WORK = new FulfillmentOrderId("O-7K2M9Q4XTA-F1");

    @Test
    void whatACustomerWritesIsRead() {
        PickupCode code = PickupCode.random(new Random(7));

        assertThat(PickupCode.of(code.spelled().toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(code);
        assertThat(PickupCode.of(" " + code.value() + " ")).isEqualTo(code);
        assertThatThrownBy(() -> PickupCode.of("1234")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCodeIsGoodForItsOwnWorkOnlyAndShownNowhere() {
        PickupCode code = PickupCode.random(new Random(7));

        assertThat(code.digest(WORK)).isNotEqualTo(code.digest(new FulfillmentOrderId("O-7K2M9Q4XTA-F2")));
        assertThat(code.digest(WORK)).doesNotContain(code.value());
        assertThat(code).hasToString("PickupCode[not shown]");
    }
}
