package io.throughline.activities.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkChanges.MovedPart;
import io.throughline.domain.fulfillment.WorkPlaces.Share;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.SampleOrders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three mugs to be collected, which somebody has cut up at their channel. */
class MovedPartsTest {
    private static final List<MovedPart> PARTS = List.of(
            new MovedPart(SampleFacilities.ST_HARBOR, "FO-1", List.of(mugs(1))),
            new MovedPart(SampleFacilities.ST_DOWNTOWN, "FO-2", List.of(mugs(2))));

    @Test
    void eachItemIsAPartHoweverItsChannelListsThem() {
        Share harbor = new Share(at("HARBOR"), "FO-1", Map.of("L1", 1));
        Share downtown = new Share(at("DOWNTOWN"), "FO-2", Map.of("L1", 2));

        assertThat(of(harbor, downtown)).contains(PARTS);
        assertThat(of(downtown, harbor)).contains(PARTS);
    }

    @Test
    void whatLiesNowhereOrAtNobodysPlaceOfOursIsNotGuessed() {
        assertThat(of(new Share(at("HARBOR"), "FO-1", Map.of("L1", 1)))).isEmpty();
        assertThat(of(
                        new Share(at("HARBOR"), "FO-1", Map.of("L1", 1)),
                        new Share("somewhere", "FO-2", Map.of("L1", 2))))
                .isEmpty();
    }

    @Test
    void whatIsLessByNowIsLessWhereItWasMovedTo() {
        assertThat(deliveries(3)).containsExactly("ST-DOWNTOWN 2 FO-2", "ST-HARBOR 1 FO-1");
        assertThat(deliveries(2)).containsExactly("ST-DOWNTOWN 2 FO-2");
        assertThat(deliveries(1)).containsExactly("ST-DOWNTOWN 1 FO-2");
    }

    private static List<String> deliveries(int left) {
        Delivery wanted =
                new Delivery(DeliveryMethod.PICKUP, Optional.empty(), Optional.of("FO-2"), List.of(mugs(left)));
        return MovedParts.deliveries(PARTS, wanted, SampleFacilities.ST_DOWNTOWN).stream()
                .map(part -> part.facility().orElseThrow() + " "
                        + part.lines().getFirst().quantity() + " "
                        + part.channelWork().orElseThrow())
                .toList();
    }

    private static Optional<List<MovedPart>> of(Share... shares) {
        FulfillmentOrder work = new FulfillmentOrder(
                FulfillmentOrderId.of(SampleOrders.pickup().id(), 1),
                SampleFacilities.ST_DOWNTOWN,
                DeliveryMethod.PICKUP,
                FulfillmentStatus.RELEASED,
                List.of(mugs(3)),
                Optional.of("FO-2"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return MovedParts.of(
                work, List.of(shares), location -> new SampleFacilities().byLocation(SampleAccounts.SHOP, location));
    }

    private static String at(String store) {
        return new SampleFacilities()
                .get(store.equals("HARBOR") ? SampleFacilities.ST_HARBOR : SampleFacilities.ST_DOWNTOWN)
                .locations()
                .get(SampleAccounts.SHOP);
    }

    private static LineQuantity mugs(int units) {
        return new LineQuantity("L1", SampleOrders.MUG, units);
    }
}
