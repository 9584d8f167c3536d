package io.throughline.domain.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.WorkPlaces.Given;
import io.throughline.domain.fulfillment.WorkPlaces.Place;
import io.throughline.domain.fulfillment.WorkPlaces.Share;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.SampleOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WorkPlacesTest {
    private static final OrderId ORDER = SampleOrders.authorisedOnly().id();
    private static final FulfillmentOrderId F1 = FulfillmentOrderId.of(ORDER, 1);
    private static final FulfillmentOrderId F2 = FulfillmentOrderId.of(ORDER, 2);

    @Test
    void whatLiesWhereItWasGivenOutIsThereHoweverItIsCutUp() {
        Given tees = given(F1, "harbor", "I1", 3);

        assertThat(of(tees, item("I1", "harbor", 3))).isEqualTo(new Place.There(Optional.of("I1")));
        assertThat(of(tees, item("I2", "harbor", 1), item("I1", "harbor", 2)))
                .isEqualTo(new Place.There(Optional.of("I1")));
        assertThat(of(tees, item("I9", "harbor", 5)))
                .as("merged into another")
                .isEqualTo(new Place.There(Optional.of("I9")));
    }

    @Test
    void whatIsNowhereIsDoneOrOffTheOrderAndWasNotMoved() {
        assertThat(of(given(F1, "harbor", "I1", 3))).isEqualTo(new Place.There(Optional.empty()));
        assertThat(of(given(F1, "harbor", "I1", 3), item("I1", "harbor", 1)))
                .isEqualTo(new Place.There(Optional.empty()));
    }

    @Test
    void whatLiesAtOneOtherPlaceWasMovedThere() {
        assertThat(of(given(F1, "harbor", "I1", 3), item("I1", "downtown", 3)))
                .isEqualTo(new Place.Elsewhere("downtown", "I1"));
        assertThat(of(given(F1, "harbor", "I1", 3), item("I7", "downtown", 4)))
                .isEqualTo(new Place.Elsewhere("downtown", "I7"));
    }

    @Test
    void whatWasMovedInPartOrToSeveralPlacesLiesApart() {
        Given tees = given(F1, "harbor", "I1", 3);

        assertThat(of(tees, item("I1", "harbor", 2), item("I2", "downtown", 1)))
                .isEqualTo(new Place.Apart(
                        Set.of("downtown"), List.of(share("harbor", "I1", 2), share("downtown", "I2", 1))));
        assertThat(of(tees, item("I1", "dublin", 2), item("I2", "downtown", 1)))
                .isEqualTo(new Place.Apart(
                        Set.of("downtown", "dublin"), List.of(share("dublin", "I1", 2), share("downtown", "I2", 1))));
        assertThat(of(tees, item("I1", "downtown", 2)))
                .as("a part of it is done")
                .isEqualTo(new Place.Apart(Set.of("downtown"), List.of(share("downtown", "I1", 2))));
    }

    /** However staff deals the items of work out over places, each unit of it lies in one share. */
    @RepeatedTest(20)
    void whatLiesApartIsDealtOutUnitByUnit(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int units = 2 + random.nextInt(6);
        List<ChannelItem> items = new ArrayList<>();
        for (int left = units; left > 0; ) {
            int some = 1 + random.nextInt(left);
            String place = List.of("harbor", "downtown", "dublin").get(random.nextInt(3));
            items.add(item("J" + items.size(), place, some));
            left -= some;
        }

        if (of(given(F1, "harbor", "I1", units), items.toArray(ChannelItem[]::new)) instanceof Place.Apart apart) {
            assertThat(apart.shares())
                    .as("seed %s: %s", seed, items)
                    .containsExactlyInAnyOrderElementsOf(items.stream()
                            .map(item -> share(
                                    item.location().orElseThrow(),
                                    item.id(),
                                    item.open().getOrDefault("L1", 0)))
                            .toList());
        }
    }

    /** What another facility has at its own place is not what was moved from here. */
    @Test
    void eachUnitCountsOnce() {
        List<Given> work = List.of(given(F1, "harbor", "I1", 2), given(F2, "downtown", "I2", 2));

        assertThat(WorkPlaces.of(work, List.of(item("I1", "harbor", 2), item("I2", "downtown", 2))))
                .isEqualTo(Map.of(
                        F1, new Place.There(Optional.of("I1")),
                        F2, new Place.There(Optional.of("I2"))));
        assertThat(WorkPlaces.of(work, List.of(item("I2", "downtown", 2))))
                .as("the first is done")
                .containsEntry(F1, new Place.There(Optional.empty()));
        assertThat(WorkPlaces.of(work, List.of(item("I2", "downtown", 4))))
                .as("moved there, and merged")
                .containsEntry(F1, new Place.Elsewhere("downtown", "I2"))
                .containsEntry(F2, new Place.There(Optional.of("I2")));
    }

    /** However staff cuts and joins the items of a place, nothing that stays there is taken for moved. */
    @RepeatedTest(20)
    void splitsAndMergesAtOnePlaceAreNeverAMove(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int first = 1 + random.nextInt(5);
        int second = 1 + random.nextInt(5);
        List<Given> work = List.of(given(F1, "harbor", "I1", first), given(F2, "harbor", "I2", second));
        int units = first + second;
        List<ChannelItem> items = new ArrayList<>();
        while (units > 0) {
            int some = 1 + random.nextInt(units);
            items.add(item("J" + items.size(), "harbor", some));
            units -= some;
        }

        assertThat(WorkPlaces.of(work, items).values())
                .as("seed %s: %s", seed, items)
                .allMatch(place -> place instanceof Place.There(Optional<String> item) && item.isPresent());
    }

    private static Share share(String location, String item, int units) {
        return new Share(location, item, Map.of("L1", units));
    }

    private static Place of(Given work, ChannelItem... items) {
        return WorkPlaces.of(List.of(work), List.of(items)).values().iterator().next();
    }

    private static Given given(FulfillmentOrderId id, String location, String item, int units) {
        return new Given(id, location, item, List.of(new LineQuantity("L1", Sku.of("NW-TEE-BLK-M"), units)));
    }

    private static ChannelItem item(String id, String location, int units) {
        return new ChannelItem(id, Optional.of(location), Map.of("L1", units));
    }
}
