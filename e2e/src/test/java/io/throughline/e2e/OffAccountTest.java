package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.schedules.ScheduleListDescription;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.workflows.catalog.CatalogSyncWorkflow;
import io.throughline.workflows.inventory.StockFeedInput;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shop that was live is switched off: it is listened to no more, and its orders begin nothing, while its sister's go on. */
@Timeout(900)
final class OffAccountTest {
    private static final Set<String> OFF_SHOP = listeners(SampleAccounts.SHOP);
    private static final Set<String> LIVE_SHOP = listeners(SampleAccounts.SHOP_JP);

    @Test
    void whatWasListenedToIsLeftAlone() {
        Path directory = House.newDirectory("off");
        // The third shop has never been anything but off.
        try (House house = House.open(directory, Map.of("NORTHWIND_KW_MODE", "OFF"));
                Histories histories = new Histories(house.stack().temporal())) {
            Resets.await(
                    "both shops to be heard",
                    () -> running(histories).containsAll(OFF_SHOP)
                            && running(histories).containsAll(LIVE_SHOP));
            assertThat(schedules(histories))
                    .contains("reconcile/northwind", "reconcile/northwind-jp")
                    .doesNotContain("reconcile/northwind-kw");
        }

        Map<String, String> off = Map.of("NORTHWIND_MODE", "OFF", "THROUGHLINE_RECONCILE_EVERY", "5s");
        try (House house = House.open(directory, off);
                Histories histories = new Histories(house.stack().temporal())) {
            ShopOrders shops = new ShopOrders(house.stage(), 7_900_000_000_000L);
            Placed unheard = shops.place(Kind.WAREHOUSE);
            Placed heard = shops.place(Kind.STORE);

            Resets.await(
                    "the other shop's order to begin",
                    () -> processes(histories).contains(heard.process()));
            Resets.await("the shop to be heard no more", () -> Collections.disjoint(running(histories), OFF_SHOP));
            assertThat(running(histories)).containsAll(LIVE_SHOP);
            assertThat(schedules(histories)).contains("reconcile/northwind-jp").doesNotContain("reconcile/northwind");
            assertThat(processes(histories)).doesNotContain(unheard.process());
            assertThat(house.stage().api().get("/v1/orders").toString())
                    .doesNotContain(unheard.id().value());
        }
    }

    /** The processes that hear of an account's stock and products. */
    private static Set<String> listeners(AccountId account) {
        return Set.of(StockFeedInput.workflowId(account), CatalogSyncWorkflow.idOf(account));
    }

    private static List<String> running(Histories histories) {
        return workflows(histories, "ExecutionStatus = 'Running' and WorkflowType in ('StockFeed', 'CatalogSync')");
    }

    private static List<String> processes(Histories histories) {
        return workflows(histories, "WorkflowType = 'OrderToCash'");
    }

    private static List<String> workflows(Histories histories, String filter) {
        return histories.runs(filter).stream()
                .map(run -> run.getExecution().getWorkflowId())
                .toList();
    }

    private static List<String> schedules(Histories histories) {
        try (Stream<ScheduleListDescription> all = histories.schedules().listSchedules()) {
            return all.map(ScheduleListDescription::getScheduleId).toList();
        }
    }
}
