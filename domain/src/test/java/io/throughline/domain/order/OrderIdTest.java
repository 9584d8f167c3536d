package io.throughline.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdTest {
    @Test
    void aSubjectMayBeAnOrder() {
        assertThat(OrderId.about("O-7K2M9Q4XTA")).contains(new OrderId("O-7K2M9Q4XTA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"O-7K2M9Q4XTA-R1", "O-7K2M9Q4XTA-F2", "return/northwind/O-7K2M9Q4XTA-R1", "O-", ""})
    void orSomethingElse(String subject) {
        assertThat(OrderId.about(subject)).isEmpty();
    }
}
