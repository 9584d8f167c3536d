package io.throughline.workflows.customer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CustomerUpdateTest {
    @Test
    void aChangeThatComesWhileItReadsIsReadToo() {
        try (CustomerUpdateScenario update = new CustomerUpdateScenario()) {
            assertThat(update.reads()).isEqualTo(2);
        }
    }
}
