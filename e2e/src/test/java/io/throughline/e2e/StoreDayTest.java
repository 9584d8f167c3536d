package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.local.demo.Demo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole system on one machine: who does what others don't, by the rules of the demonstration. */
@Timeout(420)
final class StoreDayTest {
    @Test
    void everyOrderEndsAsItsScriptSays() throws InterruptedException {
        try (House house = House.open(House.newDirectory("store-day"), Demo.environment())) {
            assertThat(Demo.playOnly(house.stack(), "reroutes", System.out)).isTrue();
        }
    }
}
