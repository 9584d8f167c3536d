package io.throughline.api.availability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreadthTest {
    @Test
    void anAnswerAboutAWholeAssortmentInEveryStoreIsRefusedWithWhatToDo() {
        assertThat(AvailabilityResource.bounded(200 * 50, 200)).isEmpty();
        assertThat(AvailabilityResource.bounded(0, 0)).isEmpty();

        assertThat(AvailabilityResource.bounded(200 * 300, 200)).hasValueSatisfying(error -> {
            assertThat(error.pointer()).isEqualTo("/limit");
            assertThat(error.detail())
                    .isEqualTo("at most 50, or a facility, or fewer SKUs: 200 SKUs at 300 facilities each are more than"
                            + " 10000");
        });
    }
}
