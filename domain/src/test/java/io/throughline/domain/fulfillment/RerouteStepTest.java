package io.throughline.domain.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RerouteStepTest {
    @ParameterizedTest
    @ValueSource(strings = {"reroute.place", "reroute.take-away", "customer.tell-moved", "customer.tell-choices"})
    void namesTheWorkThatItIsAbout(String name) {
        assertThat(RerouteStep.work(name + " O-7K2M9Q4XTA-F12")).contains(new FulfillmentOrderId("O-7K2M9Q4XTA-F12"));
    }

    @Test
    void isNoneOfAnOrdersOwn() {
        assertThat(RerouteStep.work("customer.tell O-7K2M9Q4XTA-F1")).isEmpty();
        assertThat(RerouteStep.work("facility.release O-7K2M9Q4XTA-F1")).isEmpty();
        assertThat(RerouteStep.work("reroute.place")).isEmpty();
    }
}
