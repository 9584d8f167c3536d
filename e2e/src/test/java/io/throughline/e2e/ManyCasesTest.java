package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many orders that one cause has stopped, on the whole system: one decision for all of them, and none at all once the first is through. */
@Timeout(900)
final class ManyCasesTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final int MANY = 40;
    private static final int BEFORE_THE_DEATH = 8;

    private static House house;
    private static Stage stage;

    @BeforeAll
    static void open() {
        house = House.open("many-cases");
        stage = house.stage();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void oneDecisionSetsAllGoingWhoeverDiesMeanwhile() throws InterruptedException {
        List<OrderId> orders = stopped("NW-CAP-NVY", 2, "40.00", 7_960_000_000_000L, MANY);
        JsonNode group = group("NW-CAP-NVY", MANY);
        String decisions = "/v1/case-groups/" + group.path("fingerprint").asText() + "/decisions";
        restore("NW-CAP-NVY");

        JsonNode preview = stage.api().post(decisions + "?preview=true", retry());
        assertThat(preview.path("cases").asInt()).isEqualTo(MANY);
        assertThat(decided()).as("a preview decides nothing").isZero();
        String bulk = stage.api().post(decisions, retry()).path("id").asText();
        await(bulk, progress -> progress.path("decided").asInt() >= BEFORE_THE_DEATH);
        house.stack().kill(StackPart.WORKER);
        house.stack().kill(StackPart.API_SERVER);
        assertThat(decided()).as("dead in the middle of it").isBetween((long) BEFORE_THE_DEATH, MANY - 1L);
        house.stack().start(StackPart.API_SERVER);
        house.stack().start(StackPart.WORKER);
        JsonNode done = await(bulk, progress -> progress.path("state").asText().equals("DONE"));

        assertThat(done.path("decided").asInt() + done.path("skipped").asInt()).isEqualTo(MANY);
        for (OrderId order : orders) {
            assertThat(stage.end(order).posting()).isEqualTo("CONFIRMED");
        }
        assertThat(decisionsTwice())
                .as("cases that were decided more than once")
                .isZero();
        assertThat(fastestSecond(bulk)).as("cases decided within a second").isLessThanOrEqualTo(10);
        assertThat(stillOpen()).isZero();
    }

    @Test
    void whereTheFirstOneIsThroughNobodyDecidesAboutTheOthers() throws InterruptedException {
        List<OrderId> orders = stopped("NW-JKT-GRN-L", 3, "132.00", 7_961_000_000_000L, 5);
        group("NW-JKT-GRN-L", orders.size());
        restore("NW-JKT-GRN-L");

        stage.decide(stage.openCase(orders.getFirst(), "ERP_REJECTED"), "RETRY", "the product is in the ERP again");

        for (OrderId order : orders) {
            assertThat(stage.end(order).posting()).isEqualTo("CONFIRMED");
        }
        assertThat(Facts.number(
                        house.stack(),
                        "select count(*) from support_case where detail like '%NW-JKT-GRN-L%' "
                                + "and decision ->> 'actor' = 'throughline' and outcome = 'the step is through'"))
                .isEqualTo(orders.size() - 1L);
    }

    private static List<OrderId> stopped(String sku, int variant, String price, long first, int number) {
        stage.sandbox().post("/tryton/products/" + sku + "/remove", Json.object());
        List<OrderId> orders = new ArrayList<>();
        for (int i = 1; i <= number; i++) {
            orders.add(stage.place(
                    SHOP,
                    OrderBody.usd(first + i)
                            .line(variant, sku, 1, price)
                            .shipping("4.90")
                            .toJson()));
        }
        return orders;
    }

    private static JsonNode group(String sku, int cases) throws InterruptedException {
        return stage.await(
                cases + " cases of one cause",
                () -> Json.list(stage.api().get("/v1/cases/groups").path("groups")).stream()
                        .filter(group -> group.path("detail").asText().contains(sku))
                        .findFirst(),
                group -> group.path("cases").asInt() == cases);
    }

    private static void restore(String sku) {
        stage.sandbox().post("/tryton/products/" + sku + "/restore", Json.object());
    }

    private static JsonNode retry() {
        return Json.object().put("action", "RETRY").put("note", "the product is in the ERP again");
    }

    private static JsonNode await(String bulk, Predicate<JsonNode> enough) throws InterruptedException {
        return stage.await(
                bulk + " to go on", () -> Optional.of(stage.api().get("/v1/bulk-decisions/" + bulk)), enough);
    }

    private static long decided() {
        return Facts.number(house.stack(), "select count(*) from bulk_decision_case where state = 'DECIDED'");
    }

    private static long stillOpen() {
        return Facts.number(
                house.stack(),
                "select count(*) from support_case where status <> 'CLOSED' and detail like '%NW-CAP-NVY%'");
    }

    private static long decisionsTwice() {
        return Facts.number(house.stack(), """
                select count(*) from (
                    select (body::json #>> '{detail,case}') from trace_entry
                    where (body::json ->> 'kind') = 'case.decided' group by 1 having count(*) > 1) twice
                """);
    }

    /** As the trace dates the decisions of one bulk. */
    private static long fastestSecond(String bulk) {
        return Facts.number(house.stack(), """
                with decided as (
                    select (body::json ->> 'at')::timestamptz as at from trace_entry
                    where (body::json ->> 'kind') = 'case.decided' and (body::json #>> '{detail,case}') in (
                        select 'C-' || number from bulk_decision_case where 'B-' || bulk = ?))
                select max(n) from (select (select count(*) from decided other
                    where other.at >= one.at and other.at < one.at + interval '1 second') as n from decided one) seconds
                """, bulk);
    }
}
