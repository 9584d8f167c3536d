package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.api.intervention.AmendmentSchema;
import io.throughline.domain.access.Role;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.AmendmentKind;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people amend: held against its form, kept, shown, and decided by its id. */
final class AmendmentsTest {
    private static final String STREET = "77 Canary Wharf";

    private final TestingApi api = TestingApi.get();
    private final Order order = ShippedOrders.fresh().paid().build();

    @Test
    void anAddressIsKeptShownToSupportAloneAndDecidedByItsId() {
        Case refused = open(FailureCode.CARRIER_REFUSED);

        Answer kept = keep(refused, Role.SUPPORT, "\"shipToStreet\":\"" + STREET + "\"");

        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        assertThat(kept.text("/changes/0/field")).isEqualTo("shipToStreet");
        assertThat(kept.text("/changes/0/was")).isEqualTo("1 Main Street");
        assertThat(kept.text("/changes/0/becomes")).isEqualTo(STREET);
        String id = kept.text("/id");
        assertThat(kept.text("/input")).isEqualTo("\"" + refused.id() + " AMEND_AND_RETRY " + id + "\"");
        assertThat(api.get("/v1/cases/" + refused.id() + "/amendments/" + id, Role.VIEWER)
                        .body())
                .contains("not shown (" + id + ")")
                .doesNotContain("Canary", "Main Street");
        assertThat(person().shipTo()).as("nothing is decided").isEqualTo(SamplePeople.ADA.shipTo());

        Answer decided = decide(refused, "{\"action\":\"AMEND_AND_RETRY\",\"amendmentId\":\"" + id + "\"}");

        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(decided.text("/decision/changes/0/becomes")).isEqualTo(STREET);
        assertThat(person().shipTo().flatMap(PersonalData.PostalAddress::street))
                .contains(STREET);
        for (Role other : List.of(Role.VIEWER, Role.FINANCE, Role.ADMIN)) {
            assertThat(api.get("/v1/cases/" + refused.id(), other).body()).doesNotContain("Canary", "Main Street");
        }
        assertThat(api.get("/v1/orders/" + order.id() + "/trace", Role.ADMIN).body())
                .doesNotContain("Canary Wharf");
    }

    @Test
    void whatIsToldAtOnceIsKeptAllTheSameAndToldAgainIsTheSame() {
        Case refused = open(FailureCode.MESSAGE_REFUSED);
        String body = "{\"action\":\"AMEND_AND_RETRY\",\"amendment\":{\"customerEmail\":\"canary@example.com\"}}";

        Answer first = decide(refused, body);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.text("/decision/amendment/customerEmail")).startsWith("AM-");
        assertThat(decide(refused, body).text("/decision/amendment/customerEmail"))
                .isEqualTo(first.text("/decision/amendment/customerEmail"));
        assertThat(person().email()).contains("canary@example.com");
        assertThat(decide(refused, body.replace("canary@", "other@")).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CARRIER_REFUSED | "shipToStreet":"x","house":"12" | /amendment/house | can't be amended here
            CARRIER_REFUSED | "shipToCity":" " | /amendment/shipToCity | must be a city
            CARRIER_REFUSED | "shipToCountry":"usa" | /amendment/shipToCountry | two letters
            CARRIER_REFUSED | "shipToCountry":"CA" | /amendment/shipToCountry | must stay US: taxes were reckoned for it
            CARRIER_REFUSED | "shipToPostalCode":"0213°" | /amendment/shipToPostalCode | letters and digits
            CARRIER_REFUSED | "customerEmail":"ada@example.com" | /amendment/customerEmail | can't be amended here
            CARRIER_REFUSED | "shipToCity":"AM-17" | /amendment | has the values themselves
            MESSAGE_REFUSED | "customerEmail":"ada(at)example.com" | /amendment/customerEmail | an e-mail address
            MESSAGE_REFUSED | "customerPhone":"soon" | /amendment/customerPhone | a telephone number
            UNKNOWN_SKU | "productNames":"NOT-OURS" | /amendment/productNames | pairs
            UNKNOWN_SKU | "productNames":"NOT-OURS=NW-NOTHING" | /amendment/productNames | the catalogue has no NW-NOTHING
            UNKNOWN_SKU | "productNames":"NW-CAP-NVY=NW-TEE-BLK-M" | /amendment/productNames | it knows NW-CAP-NVY
            UNKNOWN_SKU | "productNames":"\\u2003=NW-TEE-BLK-M" | /amendment/productNames | visible characters
            UNKNOWN_SKU | "productNamesFor":"ALL" | /amendment/productNamesFor | ORDER, for this order alone
            """)
    void whatDoesNotFitIsNamedAndChangesNothing(FailureCode code, String fields, String pointer, String rule) {
        Case refused = open(code);
        Map<String, String> before = api.rows();

        Answer kept = keep(refused, Role.SUPPORT, fields);
        Answer decided = decide(refused, "{\"action\":\"AMEND_AND_RETRY\",\"amendment\":{" + fields + "}}");

        for (Answer answer : List.of(kept, decided)) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
            assertThat(answer.body()).contains(rule);
        }
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void onlyWhoDecidesAmendsAndOnlyByWhatIsOfTheCase() {
        Case refused = open(FailureCode.CARRIER_REFUSED);
        String city = "\"shipToCity\":\"Boston\"";
        String id = keep(refused, Role.SUPPORT, city).text("/id");
        Case other = open(FailureCode.MESSAGE_REFUSED);

        assertThat(keep(refused, Role.FINANCE, city).status()).isEqualTo(403);
        assertThat(keep(refused, Role.VIEWER, city).status()).isEqualTo(403);
        assertThat(api.get("/v1/cases/" + other.id() + "/amendments/" + id, Role.SUPPORT)
                        .status())
                .isEqualTo(404);
        for (String foreign : List.of(id, "AM-999999999", "canary")) {
            Answer answer = decide(other, "{\"action\":\"AMEND_AND_RETRY\",\"amendmentId\":\"" + foreign + "\"}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("/errors/0/pointer")).isEqualTo("/amendmentId");
        }
        Answer both = decide(
                refused,
                "{\"action\":\"AMEND_AND_RETRY\",\"amendment\":{" + city + "},\"amendmentId\":\"" + id + "\"}");
        assertThat(both.status()).isEqualTo(422);
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaOfAKindSaysWhatItsFieldsAre(AmendmentKind kind) {
        Map<String, Object> schema = AmendmentSchema.of(kind);

        assertThat(schema).containsEntry("additionalProperties", false).containsEntry("minProperties", 1);
        assertThat(((Map<?, ?>) Objects.requireNonNull(schema.get("properties"))).keySet())
                .isEqualTo(kind.fields().stream().map(Amendable::key).collect(Collectors.toSet()));
    }

    @Test
    void aCaseTellsTheSchemaAndWhatIsThereToSupport() {
        Case refused = open(FailureCode.CARRIER_REFUSED);

        JsonNode form =
                api.get("/v1/cases/" + refused.id(), Role.SUPPORT).json().at("/more/amendment");
        assertThat(form.path("kind").asText()).isEqualTo("SHIP_TO");
        assertThat(form.at("/now/shipToCity").asText()).isEqualTo("Cambridge");
        for (Amendable field : AmendmentKind.SHIP_TO.fields()) {
            assertThat(form.at("/schema/properties/" + field.key() + "/type").asText())
                    .isEqualTo("string");
        }
        assertThat(api.get("/v1/cases/" + refused.id(), Role.VIEWER).json().at("/more/amendment/now"))
                .isEmpty();
    }

    @Test
    void thePageShowsWhatWouldChangeBeforeItIsDecided() {
        Case refused = open(FailureCode.CARRIER_REFUSED);
        String page = "/console/cases/" + refused.id();
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        assertThat(support.page(page)).contains("name=\"shipToStreet\"", "1 Main Street", "name=\"shipToPhone\"");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page(page)).doesNotContain("1 Main Street");

        HttpResponse<String> wrong = support.post(
                page + "/decisions", Map.of("action", "AMEND_AND_RETRY", "shipToPostalCode", "nowhere at all, sorry"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("shipToPostalCode", "letters and digits");
        HttpResponse<String> kept =
                support.post(page + "/decisions", Map.of("action", "AMEND_AND_RETRY", "shipToStreet", STREET));

        assertThat(kept.statusCode()).as(kept.body()).isEqualTo(303);
        String next = kept.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]*", "");
        assertThat(next).startsWith(page + "?amendment=AM-");
        assertThat(api.database().cases().find(refused.id()).map(Case::status)).contains(CaseStatus.OPEN);
        String shown = support.page(next.replaceFirst("#.*", ""));
        assertThat(shown).contains("<del>1 Main Street</del>", "<ins>" + STREET + "</ins>", "not reckoned anew");
        String id = next.replaceFirst(".*amendment=(AM-[0-9]+).*", "$1");

        Visitor.done(support.post(page + "/decisions", Map.of("action", "AMEND_AND_RETRY", "amendmentId", id)));

        assertThat(person().shipTo().flatMap(PersonalData.PostalAddress::street))
                .contains(STREET);
        assertThat(support.page(page)).contains("<ins>" + STREET + "</ins>");
        assertThat(Visitor.signedIn(api, Role.FINANCE).page(page))
                .contains("not shown (" + id + ")")
                .doesNotContain(STREET);
    }

    @Test
    void aNameThatIsRememberedIsShownAndForgotten() {
        Case unknown = open(FailureCode.UNKNOWN_SKU);
        String name = "OLD-" + order.key().externalId();
        Answer decided = decide(
                unknown,
                "{\"action\":\"AMEND_AND_RETRY\",\"amendment\":{\"productNames\":\"" + name + "=" + SampleOrders.CAP
                        + "\",\"productNamesFor\":\"ACCOUNT\"}}");
        assertThat(decided.status()).as(decided.body()).isEqualTo(200);
        assertThat(decided.body()).contains(name);

        String names = "/v1/catalog/names/" + order.key().account();
        assertThat(api.get(names, Role.VIEWER).body()).contains("\"" + name + "\"", SampleOrders.CAP.value());
        String one = names + "?name=" + name;
        assertThat(api.send(api.to(one, Role.VIEWER).DELETE()).status()).isEqualTo(403);
        assertThat(api.send(api.to(one, Role.SUPPORT).DELETE()).status()).isEqualTo(204);
        assertThat(api.send(api.to(one, Role.SUPPORT).DELETE()).status()).isEqualTo(404);
        assertThat(api.get(names, Role.VIEWER).body()).doesNotContain("\"" + name + "\"");
    }

    /** An address is one customer's. */
    @Test
    void whatIsOfOneCaseIsNotDecidedForMany() {
        Case refused = open(FailureCode.MESSAGE_REFUSED);
        String cause = api.get("/v1/cases/" + refused.id(), Role.SUPPORT).text("/fingerprint");

        Answer answer = api.post(
                "/v1/case-groups/" + cause + "/decisions?preview=true",
                Role.SUPPORT,
                "{\"action\":\"AMEND_AND_RETRY\",\"amendment\":{\"customerEmail\":\"ada@example.com\"}}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/amendment/customerEmail");
    }

    private Case open(FailureCode code) {
        if (api.database().orders().find(order.id()).isEmpty()) {
            api.database().orders().accept(order, SamplePeople.ADA, Instant.now());
        }
        return api.database()
                .cases()
                .open(
                        order.key().account(),
                        order.id().value(),
                        code.name().toLowerCase(Locale.ROOT) + " " + order.id() + "-F1",
                        code,
                        "for the test " + order.id());
    }

    private PersonalData person() {
        return api.database().people().find(order.customer()).orElseThrow();
    }

    private Answer keep(Case about, Role role, String fields) {
        return api.post("/v1/cases/" + about.id() + "/amendments", role, "{\"amendment\":{" + fields + "}}");
    }

    private Answer decide(Case about, String body) {
        return api.post("/v1/cases/" + about.id() + "/decisions", Role.SUPPORT, body);
    }
}
