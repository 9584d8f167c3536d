package io.throughline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.local.demo.Route.Work;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClosingTableTest {
    @Test
    void aRowTellsThePathTheTimeTheAxesAndTheDocuments() {
        List<String> lines = ClosingTable.of(List.of(played("split shipment", split(), "7", "INV2026-000005")));

        assertThat(lines.getFirst().split(" {2,}"))
                .containsExactly(
                        "order", "id", "path", "time", "status", "payment", "fulfillment", "books", "ERP documents");
        assertThat(lines.getLast().split(" {2,}"))
                .containsExactly(
                        "split shipment",
                        "O-0123456789A",
                        "split WH-WEST + ST-HARBOR",
                        "8.7 s",
                        "COMPLETED",
                        "CAPTURED",
                        "SHIPPED",
                        "CONFIRMED",
                        "7 INV2026-000005");
    }

    @Test
    void theWholeDayFitsATerminalOf140Columns() {
        List<Played> day = new Scenarios(0)
                .all().stream()
                        .map(scenario -> played(scenario.name(), split(), "17", "INV2026-000015", "INV2026-000016"))
                        .toList();

        List<String> lines = ClosingTable.of(day);

        assertThat(lines).hasSize(1 + 2 * day.size()).allMatch(line -> line.length() <= 140);
    }

    @Test
    void anOrderThatWentWrongSaysHow() {
        Played wrong = new Played(scenario("webhook lost"), Duration.ZERO, null, "it ended REJECTED");

        assertThat(ClosingTable.of(List.of(wrong)))
                .endsWith("webhook lost did not end as its script says: it ended REJECTED");
    }

    private static Route split() {
        return new Route(
                false,
                "COMPLETED",
                List.of(new Work("WH-WEST", "SHIPPING", "SHIPPED"), new Work("ST-HARBOR", "SHIPPING", "SHIPPED")));
    }

    private static Played played(String name, Route route, String... documents) {
        Ending ending =
                new Ending("O-0123456789A", List.of(), "COMPLETED", "CAPTURED", "CONFIRMED", route, List.of(documents));
        return new Played(scenario(name), Duration.ofMillis(8700), ending, null);
    }

    private static Scenario scenario(String name) {
        return Scenario.of(name, "shop > ERP", stage -> {
            throw new UnsupportedOperationException("not played");
        });
    }
}
