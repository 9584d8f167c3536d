package io.throughline.domain.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
import io.throughline.domain.fulfillment.FacilityPauses.Pause;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingPauses;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bags are shipped from the warehouses and Dublin only, and collected nowhere but in Harbor. */
class ServingTest {
    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final AccountId BAZAAR = SampleAccounts.BAZAAR;
    private static final AccountId REST = SampleAccounts.REST;
    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId WEST = SampleFacilities.WH_WEST;
    private static final FacilityId DOWNTOWN = SampleFacilities.ST_DOWNTOWN;
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final FacilityId DUBLIN = SampleFacilities.ST_DUBLIN;
    private static final Sku TEE = Sku.of("TEE");
    private static final Sku BAG = Sku.of("BAG");

    private final StockPolicy policy = SampleStockPolicies.leaving(
            "stock-7",
            Map.of(SHOP, Set.of(EAST, WEST, HARBOR, DUBLIN), BAZAAR, Set.of(EAST, HARBOR)),
            List.of(new SwitchRule("not-from-stores", new Scope(Set.of(DOWNTOWN, HARBOR), Set.of(BAG)), false)),
            List.of(new SwitchRule("shipped-only", new Scope(Set.of(DOWNTOWN, DUBLIN), Set.of(BAG)), false)));
    private final Serving serving = new Serving(policy, new SampleFacilities());
    private final TestingPauses pauses = new TestingPauses();
    private final NewPromises promises =
            new NewPromises(new ServingRules(now -> policy, new SampleFacilities()), pauses, Clock.systemUTC());

    @Test
    void aChannelHasWhatThePolicyLeavesItOfThoseThatServeIt() {
        assertThat(serving.places(SHOP)).containsExactlyInAnyOrder(EAST, WEST, HARBOR, DUBLIN);
        assertThat(serving.places(BAZAAR))
                .as("a warehouse of the shop serves no marketplace, whatever the policy says")
                .containsExactly(HARBOR);
        assertThat(serving.places(REST)).as("it is not named").containsExactlyInAnyOrder(DOWNTOWN, HARBOR, DUBLIN);
    }

    @Test
    void whatIsSwitchedOffIsOfNoUseInThatWay() {
        assertThat(serving.places(SHOP, DeliveryMethod.SHIPPING, BAG)).containsExactlyInAnyOrder(EAST, WEST, DUBLIN);
        assertThat(serving.places(SHOP, DeliveryMethod.SHIPPING, TEE))
                .containsExactlyInAnyOrder(EAST, WEST, HARBOR, DUBLIN);
        assertThat(serving.places(SHOP, DeliveryMethod.PICKUP, BAG)).containsExactly(HARBOR);
        assertThat(serving.may(SHOP, DOWNTOWN, DeliveryMethod.PICKUP, TEE))
                .as("not left to it")
                .isFalse();
        assertThat(serving.may(SHOP, EAST, DeliveryMethod.PICKUP, TEE))
                .as("a warehouse")
                .isFalse();
    }

    @Test
    void eachLineIsPromisedFromWhereItMayComeAndNobodyIsPaused() {
        Terms terms =
                promises.terms(SHOP, Optional.empty(), List.of(line("1", TEE), line("2", BAG)), OnShortage.REFUSE);
        assertThat(terms.among("1")).containsExactlyInAnyOrder(EAST, WEST, HARBOR, DUBLIN);
        assertThat(terms.among("2")).containsExactlyInAnyOrder(EAST, WEST, DUBLIN);
        assertThat(terms.isUniform()).isFalse();

        pauses.pause(new Pause(EAST, OpenWork.REROUTE, Optional.empty(), "ada"), "flooded");
        Terms dry = promises.terms(SHOP, Optional.empty(), List.of(line("1", BAG)), OnShortage.REFUSE);
        assertThat(dry).isEqualTo(new Terms(Set.of(WEST, DUBLIN), OnShortage.REFUSE));

        pauses.resume(EAST, "ada");
        assertThat(promises.terms(SHOP, Optional.empty(), List.of(line("1", BAG)), OnShortage.REFUSE)
                        .among())
                .contains(EAST);
    }

    @Test
    void nothingIsPromisedForCollectionWhereItIsNotHandedOver() {
        assertThat(promises.allows(REST, Optional.of(DUBLIN), BAG)).isFalse();
        assertThat(promises.allows(REST, Optional.of(HARBOR), BAG)).isTrue();
        assertThat(promises.terms(REST, Optional.of(DUBLIN), List.of(line("1", BAG)), OnShortage.REFUSE)
                        .among())
                .isEmpty();
    }

    private static LineQuantity line(String id, Sku sku) {
        return new LineQuantity(id, sku, 1);
    }
}
