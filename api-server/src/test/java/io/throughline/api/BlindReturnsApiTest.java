package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goods without a receipt, by the committed configuration. */
final class BlindReturnsApiTest {
    private static final String PATH = "/v1/blind-returns";
    private static final String COUNTER = "/v1/counter-returns";

    private final TestingApi api = TestingApi.get();
    private final String customer = "card-" + UUID.randomUUID();

    @BeforeEach
    void goodsHaveHadPrices() {
        api.execute("insert into product values ('NW-MUG-RED', 'northwind', now()), ('NW-BAG-TAN', 'northwind', now())"
                + " on conflict do nothing");
        api.execute("insert into price values ('NW-MUG-RED', 'northwind', 'USD', now() - interval '200 days', 1800,"
                + " 'northwind', now(), now()), ('NW-BAG-TAN', 'northwind', 'USD', now() - interval '200 days', 9500,"
                + " 'northwind', now(), now()) on conflict do nothing");
    }

    @Test
    void aPreviewTellsTheCreditAndTheScoreAndKeepsNothing() {
        Answer preview = api.post(PATH + "?preview=true", Role.SUPPORT, body("NW-MUG-RED", 2, "OPENED"));

        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.text("/policyVersion")).isEqualTo("returns-3");
        assertThat(preview.json().path("allowed").asBoolean()).isTrue();
        assertThat(preview.text("/refund/total")).isEqualTo("25.92");
        assertThat(preview.json().at("/refund/taxes")).isEmpty();
        assertThat(preview.text("/lines/0/lowestPrice")).isEqualTo("18.00");
        assertThat(preview.text("/lines/0/disposition")).isEqualTo("REFURBISH");
        assertThat(preview.text("/creditBy")).isEqualTo("northwind");
        assertThat(preview.json().at("/needsSecondPerson").asBoolean(true)).isFalse();
        assertThat(preview.body()).doesNotContain(customer);
        assertThat(api.query("select ref from person where content #>> '{}' = '" + customer + "'"))
                .isEmpty();
    }

    @Test
    void isTakenAndApprovedByAnother() {
        String key = UUID.randomUUID().toString();
        Answer taken = api.postOnce(PATH, Role.SUPPORT, key, body("NW-BAG-TAN", 2, "NEW"));

        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        String id = taken.text("/returnId");
        assertThat(taken.header("Location")).isEqualTo(TestingApi.PUBLIC_URL + COUNTER + "/" + id);
        assertThat(taken.text("/money")).isEqualTo("UNAPPROVED");
        assertThat(taken.text("/refund/total")).isEqualTo("114.00");
        assertThat(taken.json().has("sale")).isFalse();
        assertThat(taken.json().at("/blind/score/points").asInt()).isEqualTo(20 + 15);
        assertThat(taken.text("/blind/secondPersonBecause/0")).contains("75.00");
        assertThat(taken.body()).doesNotContain(customer);
        assertThat(api.postOnce(PATH, Role.SUPPORT, key, body("NW-BAG-TAN", 2, "NEW"))
                        .header("Idempotent-Replayed"))
                .isEqualTo("true");
        assertThat(api.postOnce(PATH, Role.SUPPORT, key, body("NW-BAG-TAN", 1, "NEW"))
                        .status())
                .isEqualTo(422);

        Answer approved = api.post(COUNTER + "/" + id + "/approvals", Role.FINANCE, "");
        assertThat(approved.status()).as(approved.body()).isEqualTo(202);
        assertThat(approved.text("/money")).isEqualTo("TO_REFUND");
        assertThat(api.get("/v1/stores/ST-HARBOR/sales/" + id, Role.VIEWER).status())
                .isEqualTo(200);
        assertThat(api.get(COUNTER + "/" + id + "/gift-card", Role.SUPPORT).status())
                .as("the shop has not shown it yet")
                .isEqualTo(404);
        assertThat(api.get(COUNTER + "?id=" + id, Role.VIEWER).text("/returns/0/returnId"))
                .isEqualTo(id);
    }

    @Test
    void theCodeOfACardIsToldOnceTheShopHasShownIt() {
        String id = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body("NW-MUG-RED", 1, "NEW"))
                .text("/returnId");
        api.execute("update counter_return_part set reference = '4711', ours = true, given_by = 'a gift card',"
                + " given_at = now(), confirmed_at = now() where return_id = '" + id + "'");

        Answer card = api.get(COUNTER + "/" + id + "/gift-card", Role.SUPPORT);

        assertThat(card.status()).as(card.body()).isEqualTo(200);
        assertThat(card.text("/code")).matches("[2-9a-z]{16}");
        assertThat(card.text("/amount")).isEqualTo("14.40");
        assertThat(card.header("Cache-Control")).isEqualTo("no-store");
        assertThat(api.get(COUNTER + "/" + id + "/gift-card", Role.VIEWER).status())
                .isEqualTo(403);
        assertThat(api.get(COUNTER + "/" + id, Role.VIEWER).body()).doesNotContain(card.text("/code"));
    }

    @Test
    void peopleSeeTheScoreAndApproveOrRefuseOnTheConsole() {
        String id = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body("NW-BAG-TAN", 2, "NEW"))
                .text("/returnId");

        String page = "/console/counter-returns/" + id;
        Visitor finance = Visitor.signedIn(api, Role.FINANCE);
        Visitor viewer = Visitor.signedIn(api, Role.VIEWER);

        assertThat(finance.page(page))
                .contains("worth-much", "A second person has to look", "is above 75.00", "No receipt")
                .contains("/approvals", "/refusal", "gift_card", "The shop")
                .doesNotContain(customer);
        assertThat(viewer.page(page)).contains("easily-sold").doesNotContain("/approvals\"", "/refusal\"");
        assertThat(viewer.page("/console/counter-returns")).contains(id, "No receipt", ">35<");
        assertThat(viewer.page("/console/returns")).doesNotContain(id);
        Visitor.done(finance.post(page + "/approvals", Map.of()));
        assertThat(finance.page(page))
                .contains("To refund", "A second person had to look", "In the day of ST-HARBOR")
                .doesNotContain("/approvals\"", "/refusal\"");
    }

    @Test
    void whatPeopleRefuseOnTheConsoleIsInNoDay() {
        String serial = "SN-" + customer.substring(5, 13).toUpperCase(Locale.ROOT);
        Answer taken = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), """
                {"store":"ST-HARBOR","customer":"%s",
                 "lines":[{"sku":"NW-BAG-TAN","quantity":1,"reason":"UNWANTED","grade":"NEW","serial":"%s"},
                          {"sku":"NW-MUG-RED","quantity":2,"reason":"UNWANTED","grade":"NEW"}]}
                """.formatted(customer, serial));
        String page = "/console/counter-returns/" + taken.text("/returnId");
        Visitor finance = Visitor.signedIn(api, Role.FINANCE);
        assertThat(finance.page(page)).as(taken.body()).contains(serial, "Refuse the return");

        Visitor.done(finance.post(page + "/refusal", Map.of("reason", "the number is of another bag")));

        assertThat(finance.page(page)).contains("Refused", "Nothing of it is in a store's day");
    }

    @Test
    void limitsAreToldWithTheirRules() {
        for (int i = 0; i < 3; i++) {
            Answer taken = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body("NW-MUG-RED", 1, "NEW"));
            assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        }

        Answer more = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body("NW-MUG-RED", 1, "NEW"));

        assertThat(more.status()).isEqualTo(409);
        assertThat(more.body()).contains("blind.limits.perCustomer");
        Answer preview = api.post(PATH + "?preview=true", Role.SUPPORT, body("NW-MUG-RED", 1, "NEW"));
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.json().path("allowed").asBoolean(true)).isFalse();
        assertThat(preview.text("/score/reasons/0/signal")).isEqualTo("came-before");
    }

    @ParameterizedTest
    @CsvSource({
        "NW-NOTHING, 1, NEW, ST-HARBOR, card-0004711, , /lines/0/sku",
        "NW-MUG-RED, 0, NEW, ST-HARBOR, card-0004711, , /lines/0/quantity",
        "NW-MUG-RED, 1, shiny, ST-HARBOR, card-0004711, , /lines/0/grade",
        "NW-MUG-RED, 2, NEW, ST-HARBOR, card-0004711, SN-1, /lines/0/serial",
        "NW-MUG-RED, 1, NEW, ST-HARBOR, card-0004711, ?, /lines/0/serial",
        "NW-MUG-RED, 1, NEW, WH-EAST, card-0004711, , /store",
        "NW-MUG-RED, 1, NEW, ST-NOWHERE, card-0004711, , /store",
        "NW-MUG-RED, 1, NEW, ST-HARBOR, ann@example.com, , /customer",
        "NW-MUG-RED, 1, NEW, ST-HARBOR, 15550100200, , /customer"
    })
    void whatBreaksARuleIsNamed(
            String sku,
            int quantity,
            String grade,
            String store,
            String token,
            @Nullable String serial,
            String pointer) {
        String more = serial == null ? "" : ",\"serial\":\"" + serial + "\"";
        Answer answer = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), """
                {"store":"%s","customer":"%s",
                 "lines":[{"sku":"%s","quantity":%d,"reason":"UNWANTED","grade":"%s"%s}]}
                """.formatted(
                        store, token, sku, quantity, grade, more));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.body()).doesNotContain("ann@example.com");
    }

    @Test
    void whatIsNotTakenNamesTheRule() {
        Answer never = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body("NW-SOCK-2PK", 1, "NEW"));
        assertThat(never.status()).isEqualTo(409);
        assertThat(never.text("/errors/0/pointer")).isEqualTo("/lines/0");
        assertThat(never.text("/errors/0/detail")).startsWith("notReturnable.underwear");
        assertThat(api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body("NW-GIFT-50", 1, "NEW"))
                        .text("/errors/0/detail"))
                .startsWith("blind.values.gift-cards");
    }

    @Test
    void onlyThoseWhoMayTakeGoodsBack() {
        assertThat(api.post(PATH, Role.VIEWER, body("NW-MUG-RED", 1, "NEW")).status())
                .isEqualTo(403);
        assertThat(api.post(PATH, Role.SUPPORT, body("NW-MUG-RED", 1, "NEW")).status())
                .isEqualTo(400);
    }

    private String body(String sku, int quantity, String grade) {
        return """
                {"store":"ST-HARBOR","customer":"%s",
                 "lines":[{"sku":"%s","quantity":%d,"reason":"UNWANTED","grade":"%s"}]}
                """.formatted(customer, sku, quantity, grade);
    }
}
