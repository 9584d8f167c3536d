package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.SamplePolicies;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A routing policy is tried on what was ordered. */
class RoutingTrialTest {
    private static final String TRIALS = "/v1/policies/routing/trials?from=";
    private static final String HARBOR_ONLY = """
            version: routing-9
            effectiveFrom: 2030-01-01T00:00:00Z
            groups: {}
            postalAreas: false
            capacity: {}
            hours: {}
            rules:
              harbor-only:
                candidates: { facilities: [ST-HARBOR] }
                objective: [SPLITS, DISTANCE]
                otherwise: { do: CASE }
            """;

    private final TestingApi api = TestingApi.get();
    private final Sku tee = Sku.of("TRIED-" + UUID.randomUUID());

    @Test
    void bothPoliciesAreShownSideBySideAndNothingChanges() {
        Instant from = Instant.now();
        stock(SampleFacilities.WH_EAST, 5);
        stock(SampleFacilities.ST_HARBOR, 2);
        Order first = ordered(2);
        ordered(2);
        Map<String, String> before = api.rows();

        Answer answer = ask(from, "&promise=P1D", HARBOR_ONLY);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/active/policy")).isEqualTo("routing-1");
        assertThat(answer.text("/active/placed")).isEqualTo("2");
        assertThat(answer.text("/active/loads/0/facility")).isEqualTo("WH-EAST");
        assertThat(answer.text("/candidate/policy")).isEqualTo("routing-9");
        assertThat(answer.text("/candidate/fillRate")).isEqualTo("50.0");
        assertThat(answer.text("/candidate/left/0/otherwise")).isEqualTo("CASE");
        assertThat(answer.text("/moved")).isEqualTo("2");
        assertThat(answer.text("/moves/0/order")).isEqualTo(first.id().value());
        assertThat(answer.text("/moves/0/from")).isEqualTo("WH-EAST (2)");
        assertThat(answer.text("/moves/0/to")).isEqualTo("ST-HARBOR (2)");
        assertThat(answer.text("/moves/0/why")).isEqualTo("harbor-only, WH-EAST NOT_MEANT");
        assertThat(answer.text("/moves/1/to")).isEqualTo("CASE");
        assertThat(answer.json().at("/whole").asBoolean()).isTrue();
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void moreOrdersThanAreAskedForAreTold() {
        Instant from = Instant.now();
        ordered(1);
        ordered(1);

        Answer answer = ask(from, "&orders=1", HARBOR_ONLY);

        assertThat(answer.text("/active/orders")).isEqualTo("1");
        assertThat(answer.json().at("/whole").asBoolean(true)).isFalse();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
            [SPLITS, DISTANCE] | [SPLITS, SPEED] | policy.yml:10: rules.harbor-only.objective[1]: 'SPEED' is not allowed here
            [ST-HARBOR]        | [ST-PARIS]      | policy.yml:9: rules.harbor-only.candidates.facilities[0]: 'ST-PARIS' is not allowed here
            routing-9          | ${HOME}         | policy.yml:1: version: the environment variable HOME is not set
            """)
    void aMistakeIsNamedWithItsLine(String found, String replacement, String problem) {
        Answer answer = ask(Instant.now(), "", HARBOR_ONLY.replace(found, replacement));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/detail")).startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20",
        "yesterday",
        "2100-01-01T00:00:00Z",
        "2026-11-20T00:00:00Z&promise=soon",
        "2026-11-20T00:00:00Z&orders=0"
    })
    void whatIsNoWindowIsRefused(String from) {
        assertThat(send(Role.ADMIN, TRIALS + from, HARBOR_ONLY).status()).isEqualTo(400);
    }

    @Test
    void whereNoTrialIsUnderWayThereIsNoProgress() {
        Answer answer = api.send(
                api.to("/v1/policies/routing/trials/progress", Role.ADMIN).GET());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/underWay").asBoolean(true)).isFalse();
        assertThat(api.send(api.to("/v1/policies/routing/trials/progress", Role.SUPPORT)
                                .GET())
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
    void isForAdministrators(Role role) {
        assertThat(send(role, TRIALS + Instant.now(), HARBOR_ONLY).status()).isEqualTo(403);
    }

    private Answer ask(Instant from, String more, String policy) {
        return send(Role.ADMIN, TRIALS + from + more, policy);
    }

    private Answer send(Role role, String target, String policy) {
        return api.send(api.to(target, role)
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(policy)));
    }

    private void stock(FacilityId facility, int units) {
        api.database()
                .stock(SampleStockRules.plain())
                .inventory()
                .record(new Movement(
                        facility,
                        tee,
                        units,
                        Movement.Kind.RECEIPT,
                        StockSource.PEOPLE,
                        UUID.randomUUID().toString(),
                        Instant.now()));
    }

    private Order ordered(int units) {
        Order order = new OrderBuilder(
                        new OrderKey(
                                SampleAccounts.SHOP,
                                Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1)),
                        "USD")
                .destination("US", 40, -80)
                .line(tee, units, "10.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
                .build();
        api.database().orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        api.database().orders().accept(order, PersonalData.none(), Instant.now());
        return order;
    }
}
