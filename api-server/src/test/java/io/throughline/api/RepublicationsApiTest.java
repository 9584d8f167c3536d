package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.trace.TraceEntry;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shop is to show the ledger's number again: by the API, on the page of the SKU, and as the decision of a case. */
final class RepublicationsApiTest {
    private static final AccountId SHOP = AccountId.of("northwind");

    private final TestingApi api = TestingApi.get();

    @Test
    void allShopsThatAreToldOfThePlaceShowItAgainAndTheSameAgainIsTheSame() {
        count("ST-HARBOR", "NW-BAG-TAN");

        Answer asked = ask(Role.SUPPORT, "ST-HARBOR", "{\"sku\":\"NW-BAG-TAN\"}");

        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        assertThat(asked.json().at("/accounts").findValuesAsText("account"))
                .containsExactly("northwind", "northwind-jp", "northwind-kw");
        assertThat(asked.json().at("/accounts").findValuesAsText("outcome")).containsOnly("ASKED");
        assertThat(ask(Role.ADMIN, "ST-HARBOR", "{\"sku\":\"NW-BAG-TAN\",\"account\":\"northwind-jp\"}")
                        .json()
                        .at("/accounts")
                        .findValuesAsText("outcome"))
                .containsExactly("ASKED_BEFORE");
        assertThat(api.database().trace().of("stock/ST-HARBOR/NW-BAG-TAN"))
                .filteredOn(entry -> entry.kind().equals("stock.publish-again"))
                .hasSize(3)
                .extracting(TraceEntry::detail)
                .allSatisfy(detail -> assertThat(detail.get("actor")).startsWith("SUPPORT (key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ST-PARIS; {\"sku\":\"NW-MUG-RED\"}; 404",
                "ST-DUBLIN; {\"sku\":\"NOTHING\"}; 422",
                "ST-DUBLIN; {\"sku\":\"NW-MUG-RED\",\"account\":\"nobody\"}; 422",
                "ST-DUBLIN; {\"sku\":\"NW-MUG-RED\",\"account\":\"square-northwind\"}; 422",
                "ST-DUBLIN; {\"sku\":\"NW-MUG-RED\",\"account\":\"tryton-northwind\"}; 422"
            })
    void whatCannotBeToldIsRefusedWithWhatToDo(String facility, String body, int status) {
        Answer answer = ask(Role.SUPPORT, facility, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void whatTheLedgerHasNeverHadIsCountedFirst() {
        Answer answer = ask(Role.SUPPORT, "WH-WEST", "{\"sku\":\"NW-SCARF-GRY\",\"account\":\"northwind\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(409);
        assertThat(answer.body()).contains("Count it first");
    }

    @Test
    void whoOnlyLooksMayNot() {
        assertThat(ask(Role.VIEWER, "ST-HARBOR", "{\"sku\":\"NW-MUG-RED\"}").status())
                .isEqualTo(403);
        assertThat(ask(Role.FINANCE, "ST-HARBOR", "{\"sku\":\"NW-MUG-RED\"}").status())
                .isEqualTo(403);
    }

    @Test
    void thePageOfTheSkuHasAButtonForIt() {
        count("ST-DOWNTOWN", "NW-CAP-NVY");
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        assertThat(support.page("/console/stock?sku=NW-CAP-NVY")).contains("value=\"northwind-kw ST-DOWNTOWN\"");

        HttpResponse<String> done = support.post(
                "/console/stock/republications", Map.of("sku", "NW-CAP-NVY", "where", "northwind-kw ST-DOWNTOWN"));

        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        Visitor viewer = Visitor.signedIn(api, Role.VIEWER);
        assertThat(viewer.page("/console/stock?sku=NW-CAP-NVY"))
                .contains("To be shown again", "northwind-kw")
                .doesNotContain("/console/stock/republications");
        assertThat(viewer.post(
                                "/console/stock/republications",
                                Map.of("sku", "NW-CAP-NVY", "where", "northwind-kw ST-DOWNTOWN"))
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"'',422", "northwind,422", "nobody ST-DOWNTOWN,422", "square-northwind ST-DOWNTOWN,422"})
    void whatAFormCannotMeanIsSaidOnThePage(String where, int status) {
        HttpResponse<String> refused = Visitor.signedIn(api, Role.SUPPORT)
                .post("/console/stock/republications", Map.of("sku", "NW-CAP-NVY", "where", where));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains("role=\"alert\"", "Stock of NW-CAP-NVY");
    }

    @Test
    void aCaseShowsBothHistoriesSideBySideAndCanBePublishedAgain() {
        count("ST-HARBOR", "NW-MUG-RED");
        StockSource source =
                new StockSource(SHOP.value(), "gid://InventoryLevel/" + UUID.randomUUID() + "/on_hand=3", 1);
        api.database()
                .stock(SampleStockRules.plain())
                .stockObservations()
                .observe(new Level(
                        source,
                        new FacilityId("ST-HARBOR"),
                        Sku.of("NW-MUG-RED"),
                        Measure.ON_HAND,
                        3,
                        Instant.now(),
                        Optional.empty()));
        Case open = drift("ST-HARBOR", true);
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);

        assertThat(support.page("/console/cases/" + open.id()))
                .contains(
                        "<h3 id=\"of-ledger\">The ledger</h3>",
                        "<h3 id=\"of-other\">northwind</h3>",
                        "<th scope=\"col\">When</th>",
                        "Count",
                        "Tells of",
                        source.id(),
                        "value=\"PUBLISH_AGAIN\"",
                        "northwind tells of 3.")
                .doesNotContain("one sentence of all that");

        Visitor.done(support.post("/console/cases/" + open.id() + "/decisions", Map.of("action", "PUBLISH_AGAIN")));
        Case decided = api.database().cases().find(open.id()).orElseThrow();
        assertThat(decided.status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(decided.decision().orElseThrow().action()).isEqualTo(Action.PUBLISH_AGAIN);
    }

    @Test
    void whereNothingWasToldThePageSaysSo() {
        Case open = drift("WH-WEST", false);

        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/cases/" + open.id()))
                .contains("Nothing has moved.", "It has told nothing.");
        assertThat(Visitor.signedIn(api, Role.SUPPORT).page("/console/cases/" + open.id()))
                .contains("value=\"ACCEPT_DIFFERENCE\"")
                .doesNotContain("value=\"PUBLISH_AGAIN\"");
        assertThat(api.post("/v1/cases/" + open.id() + "/decisions", Role.SUPPORT, "{\"action\":\"PUBLISH_AGAIN\"}")
                        .status())
                .as("nobody is told of it there")
                .isEqualTo(409);
    }

    private Case drift(String facility, boolean shown) {
        return api.database()
                .cases()
                .open(
                        SHOP,
                        new StockSubject(new FacilityId(facility), Sku.of("NW-MUG-RED")).toString(),
                        new DriftStep(SHOP, Measure.ON_HAND, shown).toString(),
                        FailureCode.STOCK_DISCREPANCY,
                        "northwind tells of 3. The ledger since 2026: one sentence of all that.");
    }

    private Answer ask(Role role, String facility, String body) {
        return api.post("/v1/facilities/" + facility + "/republications", role, body);
    }

    private void count(String facility, String sku) {
        String body = "{\"countId\":\"%s\",\"countedAt\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"counted\":7}]}"
                .formatted(UUID.randomUUID(), Instant.now(), sku);
        assertThat(api.post("/v1/facilities/" + facility + "/counts", Role.SUPPORT, body)
                        .status())
                .isEqualTo(200);
    }
}
