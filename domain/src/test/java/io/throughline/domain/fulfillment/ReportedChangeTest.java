package io.throughline.domain.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.ReportedChange.Forbidden;
import io.throughline.domain.fulfillment.ReportedChange.GivesBack;
import io.throughline.domain.fulfillment.ReportedChange.HandsOverPart;
import io.throughline.domain.fulfillment.ReportedChange.Moves;
import io.throughline.domain.fulfillment.ReportedChange.Stays;
import io.throughline.domain.fulfillment.ReportedChange.Unfit;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.fulfillment.StoreReport.Rest;
import io.throughline.domain.fulfillment.StoreReport.Scope;
import io.throughline.domain.order.LineQuantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportedChangeTest {
    private static final Sku TEE = Sku.of("NW-TEE-BLK-M");
    private static final Sku CAP = Sku.of("NW-CAP-NVY");
    private static final Tracking PARCEL = new Tracking("UPS", "1Z1");

    @ParameterizedTest(name = "{0} {1}: {2} gives {3}")
    @CsvSource(textBlock = """
            SHIPPING, RELEASED,         acknowledgement, ACKNOWLEDGED
            SHIPPING, ACKNOWLEDGED,     acknowledgement, stays
            SHIPPING, PICKING,          acknowledgement, forbidden
            SHIPPING, ALLOCATED,        acknowledgement, forbidden
            SHIPPING, REJECTED,         acknowledgement, forbidden
            SHIPPING, CANCELLED,        pick,            forbidden
            SHIPPING, RELEASED,         pick,            PICKING
            SHIPPING, PACKED,           pick,            forbidden
            SHIPPING, RELEASED,         packing,         PACKED
            SHIPPING, PICKING,          packing,         PACKED
            SHIPPING, SHIPPED,          packing,         forbidden
            SHIPPING, PICKING,          handover,        forbidden
            SHIPPING, PACKED,           handover,        SHIPPED
            SHIPPING, SHIPPED,          handover,        stays
            SHIPPING, PICKING,          ready,           forbidden
            SHIPPING, RELEASED,         arrival,         forbidden
            PICKUP,   PICKING,          ready,           READY_FOR_PICKUP
            PICKUP,   READY_FOR_PICKUP, ready,           stays
            PICKUP,   PACKED,           handover,        forbidden
            PICKUP,   READY_FOR_PICKUP, handover,        PICKED_UP
            PICKUP,   PICKED_UP,        handover,        stays
            PICKUP,   RELEASED,         arrival,         stays
            PICKUP,   PICKED_UP,        arrival,         forbidden
            """)
    void theStatusDecides(DeliveryMethod method, FulfillmentStatus status, String report, String outcome) {
        ReportedChange change = ReportedChange.of(work(method, status), named(report, method));

        switch (outcome) {
            case "stays" -> assertThat(change).isInstanceOf(Stays.class);
            case "forbidden" -> assertThat(change).isInstanceOf(Forbidden.class);
            default ->
                assertThat(change)
                        .isInstanceOfSatisfying(
                                Moves.class,
                                moves -> assertThat(moves.to()).isEqualTo(FulfillmentStatus.valueOf(outcome)));
        }
    }

    @Test
    void parcelsHoldExactlyWhatIsPackedOrNobodySaysWhat() {
        FulfillmentOrder work = work(DeliveryMethod.SHIPPING, FulfillmentStatus.PICKING);
        Map<String, Integer> all = new HashMap<>();
        work.lines().forEach(line -> all.put(line.lineId(), line.quantity()));
        Map<String, Integer> less = new HashMap<>(all);
        less.merge(work.lines().getFirst().lineId(), -1, Integer::sum);
        less.values().removeIf(units -> units == 0);

        assertThat(ReportedChange.of(work, new StoreReport.Packing(List.of(unlabelled(all)))))
                .isEqualTo(new Moves(FulfillmentStatus.PACKED, Optional.empty()));
        assertThat(ReportedChange.of(work, new StoreReport.Packing(List.of(unlabelled(less), unlabelled(Map.of())))))
                .isInstanceOf(Unfit.class);
        assertThat(ReportedChange.of(work, new StoreReport.Packing(List.of(unlabelled(Map.of())))))
                .isInstanceOf(Moves.class);
    }

    private static StoreReport.PackedParcel unlabelled(Map<String, Integer> units) {
        return new StoreReport.PackedParcel(Optional.empty(), units, OptionalInt.empty());
    }

    @Test
    void whatIsShippedNeedsAParcelAndWhatIsCollectedHasNone() {
        assertThat(ReportedChange.of(
                        work(DeliveryMethod.SHIPPING, FulfillmentStatus.PICKING), new StoreReport.Packing(List.of())))
                .isInstanceOf(Unfit.class);
        assertThat(ReportedChange.of(
                        work(DeliveryMethod.PICKUP, FulfillmentStatus.PICKING),
                        StoreReport.Packing.labelled(List.of(PARCEL))))
                .isInstanceOf(Unfit.class);
    }

    /** The till has told that it is packed, and knows no parcels. */
    @Test
    void aParcelCanBeNamedLaterButNotExchanged() {
        FulfillmentOrder packed = work(DeliveryMethod.SHIPPING, FulfillmentStatus.PACKED);
        StoreReport packing = StoreReport.Packing.labelled(List.of(PARCEL));

        assertThat(ReportedChange.of(packed, packing))
                .isEqualTo(new Moves(FulfillmentStatus.PACKED, Optional.of(PARCEL)));
        assertThat(ReportedChange.of(labelled(packed), packing)).isInstanceOf(Forbidden.class);
    }

    @Test
    void whatWasFoundStaysAndTheRestIsGivenBack() {
        assertThat(ReportedChange.of(picking(), shortage(Map.of("L1", 1))))
                .isEqualTo(new GivesBack(List.of(tees(1), caps(1)), List.of(tees(2))));
        assertThat(ReportedChange.of(picking(), shortage(Map.of("L1", 0, "L2", 0))))
                .isEqualTo(new GivesBack(List.of(), List.of(tees(3), caps(1))));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4})
    void moreCanNotBeFoundThanWasAskedFor(int found) {
        assertThat(ReportedChange.of(picking(), shortage(Map.of("L1", found)))).isInstanceOf(Unfit.class);
    }

    @Test
    void aShortageIsOfLinesThatTheWorkHasAndLacksSomething() {
        assertThat(ReportedChange.of(picking(), shortage(Map.of("L9", 0))))
                .isEqualTo(new Unfit("L9", "one of [L1, L2]"));
        assertThat(ReportedChange.of(picking(), shortage(Map.of("L1", 3)))).isInstanceOf(Unfit.class);
    }

    @Test
    void aRejectionIsOfLinesOrOfAllOfTheWork() {
        assertThat(ReportedChange.of(picking(), rejection(Scope.ITEM, Set.of("L1"))))
                .isEqualTo(new GivesBack(List.of(caps(1)), List.of(tees(3))));
        assertThat(ReportedChange.of(picking(), rejection(Scope.GROUP, Set.of())))
                .isEqualTo(new GivesBack(List.of(), List.of(tees(3), caps(1))));
        assertThat(ReportedChange.of(picking(), rejection(Scope.SKU, Set.of("L9"))))
                .isInstanceOf(Unfit.class);
        assertThatThrownBy(() -> rejection(Scope.ITEM, Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rejection(Scope.GROUP, Set.of("L1"))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"PACKED", "SHIPPED", "REJECTED", "CANCELLED", "ALLOCATED"})
    void whatIsPackedOrEndedIsNotGivenBack(FulfillmentStatus status) {
        FulfillmentOrder work = work(DeliveryMethod.SHIPPING, status);

        assertThat(ReportedChange.of(work, shortage(Map.of("L1", 1)))).isInstanceOf(Forbidden.class);
        assertThat(ReportedChange.of(work, rejection(Scope.GROUP, Set.of()))).isInstanceOf(Forbidden.class);
    }

    @Test
    void ofWhatLiesReadyAPartIsHandedOverAndTheRestIsAccountedFor() {
        FulfillmentOrder ready = work(DeliveryMethod.PICKUP, FulfillmentStatus.READY_FOR_PICKUP);
        int tees = ready.lines().getFirst().quantity();
        ReportedChange change = ReportedChange.of(ready, part(Map.of("L1", tees), Rest.WAITS));

        assertThat(change).isInstanceOfSatisfying(HandsOverPart.class, part -> {
            assertThat(part.handed()).containsExactly(ready.lines().getFirst());
            assertThat(part.left())
                    .containsExactlyElementsOf(
                            ready.lines().subList(1, ready.lines().size()));
            assertThat(part.rest()).isEqualTo(Rest.WAITS);
        });
        Map<String, Integer> all = new TreeMap<>();
        ready.lines().forEach(line -> all.put(line.lineId(), line.quantity()));
        assertThat(ReportedChange.of(ready, part(all, Rest.WAITS))).isInstanceOf(Unfit.class);
        assertThat(ReportedChange.of(ready, part(Map.of("L1", 0), Rest.WAITS))).isInstanceOf(Unfit.class);
        assertThat(ReportedChange.of(ready, part(Map.of("L1", tees + 1), Rest.NOT_FOUND)))
                .isInstanceOf(Unfit.class);
        assertThat(ReportedChange.of(ready, part(Map.of("L9", 1), Rest.NOT_FOUND)))
                .isInstanceOf(Unfit.class);
    }

    @Test
    void onlyWhatLiesReadyForItsCustomerIsHandedOverInPart() {
        StoreReport part = part(Map.of("L1", 1), Rest.WAITS);

        assertThat(ReportedChange.of(work(DeliveryMethod.PICKUP, FulfillmentStatus.PICKING), part))
                .isInstanceOf(Forbidden.class);
        assertThat(ReportedChange.of(work(DeliveryMethod.PICKUP, FulfillmentStatus.PICKED_UP), part))
                .isInstanceOf(Forbidden.class);
        assertThat(ReportedChange.of(work(DeliveryMethod.SHIPPING, FulfillmentStatus.PACKED), part))
                .isInstanceOf(Forbidden.class);
    }

    private static StoreReport part(Map<String, Integer> units, Rest rest) {
        return new StoreReport.Handover(
                Optional.empty(), Optional.empty(), Optional.of(new StoreReport.HandedPart(units, rest)));
    }

    /** However often and in whatever pieces it is short, no unit is lost or made. */
    @Test
    void unitsAreConserved() {
        long seed = new Random().nextLong();
        System.out.println("  seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            List<LineQuantity> lines = List.of(tees(1 + random.nextInt(9)), caps(1 + random.nextInt(9)));
            Map<String, Integer> found = new TreeMap<>();
            lines.forEach(line -> found.put(line.lineId(), random.nextInt(line.quantity() + 1)));
            ReportedChange change = ReportedChange.of(picking(lines), shortage(found));

            if (change instanceof GivesBack(List<LineQuantity> kept, List<LineQuantity> missing)) {
                lines.forEach(line ->
                        assertThat(units(kept, line) + units(missing, line)).isEqualTo(line.quantity()));
            } else {
                assertThat(change).isInstanceOf(Unfit.class);
                lines.forEach(line -> assertThat(found).containsEntry(line.lineId(), line.quantity()));
            }
        }
    }

    @Test
    void somebodysOwnWordsDoNotMakeAnotherReport() {
        assertThat(new StoreReport.Handover(Optional.of("Ada")).content())
                .isEqualTo(new StoreReport.Handover(Optional.of("Bob")).content());
        assertThat(shortage(Map.of("L1", 1)).content())
                .isNotEqualTo(shortage(Map.of("L1", 0)).content());
    }

    private static int units(List<LineQuantity> lines, LineQuantity wanted) {
        return lines.stream()
                .filter(line -> line.lineId().equals(wanted.lineId()))
                .mapToInt(LineQuantity::quantity)
                .sum();
    }

    private static StoreReport named(String name, DeliveryMethod method) {
        return switch (name) {
            case "acknowledgement" -> new StoreReport.Acknowledged();
            case "pick" -> new StoreReport.PickStarted();
            case "packing" ->
                StoreReport.Packing.labelled(method == DeliveryMethod.SHIPPING ? List.of(PARCEL) : List.of());
            case "ready" -> new StoreReport.Ready();
            case "handover" -> new StoreReport.Handover(Optional.empty());
            default -> new StoreReport.Arrival(Optional.empty());
        };
    }

    private static StoreReport shortage(Map<String, Integer> found) {
        return new StoreReport.Shortage(found, Ground.NOT_FOUND, Optional.empty());
    }

    private static StoreReport rejection(Scope scope, Set<String> lines) {
        return new StoreReport.Rejection(scope, lines, Ground.NOT_FOUND, Optional.empty());
    }

    private static LineQuantity tees(int units) {
        return new LineQuantity("L1", TEE, units);
    }

    private static LineQuantity caps(int units) {
        return new LineQuantity("L2", CAP, units);
    }

    private static FulfillmentOrder picking() {
        return work(DeliveryMethod.SHIPPING, FulfillmentStatus.PICKING);
    }

    private static FulfillmentOrder picking(List<LineQuantity> lines) {
        return work(DeliveryMethod.SHIPPING, FulfillmentStatus.PICKING, lines, Optional.empty());
    }

    private static FulfillmentOrder labelled(FulfillmentOrder packed) {
        return work(packed.method(), packed.status(), packed.lines(), Optional.of(PARCEL));
    }

    private static FulfillmentOrder work(DeliveryMethod method, FulfillmentStatus status) {
        return work(method, status, List.of(tees(3), caps(1)), Optional.empty());
    }

    private static FulfillmentOrder work(
            DeliveryMethod method, FulfillmentStatus status, List<LineQuantity> lines, Optional<Tracking> tracking) {
        return new FulfillmentOrder(
                new FulfillmentOrderId("O-7K2M9Q4XTA-F1"),
                SampleFacilities.ST_HARBOR,
                method,
                status,
                lines,
                Optional.empty(),
                Optional.of("SQ-1"),
                tracking,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
