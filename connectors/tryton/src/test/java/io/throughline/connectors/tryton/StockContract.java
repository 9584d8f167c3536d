package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.finance.StockAdjustment.Direction;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.transfer.ErpTransfer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an ERP tells of purchases, receipts and transfers, by whoever plays the ERP. */
abstract class StockContract {
    private static final Sku CAP = Sku.of("NW-CAP-NVY");
    private final LocalDate expected = LocalDate.now(ZoneId.of("UTC")).plusDays(9);

    /** The ERP's people at work. */
    interface Warehouse {
        /** A confirmed purchase for WH-EAST. */
        void buy(String reference, Sku sku, int units, LocalDate expected);

        /** All of it comes in and is put away. */
        void receive(String reference);

        /** Goods leave WH-EAST for WH-WEST, where they are to arrive on that day. */
        void send(String reference, Sku sku, int units, LocalDate expected);

        void takeIn(String reference);

        /** So many have come of what was sent, and no more will. */
        void takeIn(String reference, int units);

        /** So many are on the shelves of WH-EAST. */
        void count(Sku sku, int units);
    }

    abstract ErpUnderTest erp();

    abstract Warehouse warehouse();

    private String reference = "";

    @BeforeEach
    void takeAReferenceThatNobodyUsed() {
        reference = "STK-" + Long.toString(System.nanoTime(), 36);
    }

    @Test
    void whatIsBoughtIsAwaitedUntilItIsPutAway() {
        warehouse().buy(reference, CAP, 24, expected);
        Read ordered = read();
        Optional<Expected> onOrder =
                onOrder().stream().filter(one -> one.outstanding() == 24).reduce((earlier, later) -> later);
        assertThat(onOrder).as("also what was ordered long ago").isPresent();
        Expected awaited = ordered.lastAwaited(24);
        assertThat(awaited.facility()).isEqualTo(SampleFacilities.WH_EAST);
        assertThat(awaited.sku()).isEqualTo(CAP);
        assertThat(awaited.expectedAt())
                .isEqualTo(expected.plusDays(1)
                        .atStartOfDay(ZoneId.of("America/New_York"))
                        .toInstant());

        warehouse().receive(reference);
        Read received = read();

        Expected over = received.awaited().stream()
                .filter(one -> one.source().id().equals(awaited.source().id()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(over.outstanding()).isZero();
        assertThat(over.source().version()).isGreaterThan(awaited.source().version());
        assertThat(fresh(ordered, received)).singleElement().satisfies(receipt -> {
            assertThat(receipt.kind()).isEqualTo(Kind.RECEIPT);
            assertThat(receipt.quantity()).isEqualTo(24);
            assertThat(receipt.facility()).isEqualTo(SampleFacilities.WH_EAST);
            assertThat(receipt.measure()).isEqualTo(Measure.ON_HAND);
            assertThat(receipt.occurredAt())
                    .isBetween(Instant.now().minusSeconds(86_400), Instant.now().plusSeconds(2 * 86_400));
        });
        assertThat(ordered.arrived()).noneMatch(arrival -> received.isNew(ordered, arrival));
        assertThat(received.arrived().stream().filter(arrival -> received.isNew(ordered, arrival)))
                .singleElement()
                .satisfies(arrival -> {
                    assertThat(arrival.purchaseOrder()).isNotBlank();
                    assertThat(arrival.facility()).isEqualTo(SampleFacilities.WH_EAST);
                    assertThat(arrival.goods()).hasValueSatisfying(goods -> {
                        assertThat(goods.sku()).isEqualTo(CAP);
                        assertThat(goods.units()).isEqualTo(24);
                    });
                });
        assertToldTheSameAgain(received);
        assertThat(about(CAP)).containsAll(fresh(ordered, received));
        assertThat(onOrder())
                .extracting(one -> one.source().id())
                .doesNotContain(onOrder.get().source().id());
    }

    /** Whatever the ERP believed. */
    private void assertThereIsWhatWasCounted() {
        warehouse().count(CAP, 40);
        Read before = read();
        warehouse().count(CAP, 37);
        warehouse().count(CAP, 37);

        List<Movement> counts = fresh(before, read());

        assertThat(counts)
                .as("also a count that finds what was expected")
                .hasSize(2)
                .allSatisfy(count -> {
                    assertThat(count.kind()).isEqualTo(Kind.COUNT);
                    assertThat(count.quantity()).isEqualTo(37);
                    assertThat(count.facility()).isEqualTo(SampleFacilities.WH_EAST);
                    assertThat(count.occurredAt())
                            .isBetween(
                                    Instant.now().minusSeconds(86_400),
                                    Instant.now().plusSeconds(86_400));
                });
        assertThat(capsOnHand()).containsEntry(SampleFacilities.WH_EAST, 37);
        assertThat(about(CAP)).containsAll(counts);
    }

    private void assertToldTheSameAgain(Read read) {
        assertThat(read().moved()).containsAll(read.moved());
        assertThat(stock().since(SampleSettings.COMPANY, read.upTo().plusSeconds(60), Optional.empty())
                        .moved())
                .isEmpty();
    }

    @Test
    void aTransferLeavesIsAwaitedOnItsWayAndArrives() {
        Read before = read();
        warehouse().send(reference, CAP, 7, expected);
        Read sent = read();
        assertThat(fresh(before, sent))
                .extracting(one -> one.facility() + " " + one.kind() + " " + one.measure() + " " + one.quantity())
                .containsExactlyInAnyOrder("WH-EAST TRANSFER_OUT ON_HAND -7", "WH-WEST TRANSFER_OUT IN_TRANSIT 7");
        Expected awaited = sent.lastAwaited(7);
        assertThat(awaited.facility()).isEqualTo(SampleFacilities.WH_WEST);
        assertThat(awaited.sku()).isEqualTo(CAP);
        assertThat(awaited.expectedAt())
                .isAfter(expected.atStartOfDay(ZoneId.of("UTC")).toInstant());
        assertThat(onOrder())
                .extracting(one -> one.source().id())
                .contains(awaited.source().id());

        warehouse().takeIn(reference);
        Read arrived = read();

        assertThat(fresh(sent, arrived))
                .extracting(one -> one.facility() + " " + one.kind() + " " + one.measure() + " " + one.quantity())
                .containsExactlyInAnyOrder("WH-WEST TRANSFER_IN ON_HAND 7", "WH-WEST TRANSFER_IN IN_TRANSIT -7");
        Expected over = arrived.awaited().stream()
                .filter(one -> one.source().id().equals(awaited.source().id()))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(over.outstanding()).isZero();
        assertThat(over.source().version()).isGreaterThan(awaited.source().version());
        assertThat(onOrder())
                .extracting(one -> one.source().id())
                .doesNotContain(awaited.source().id());
    }

    @Test
    void aTransferThatIsOverTellsWhatHasArrivedOfIt() {
        warehouse().send(reference, CAP, 9, expected);
        assertThat(ended(9)).as("it is on its way").isEmpty();

        warehouse().takeIn(reference, 6);

        Read over = read();
        ErpTransfer transfer = over.ended().stream()
                .filter(one -> one.lines().contains(new ErpTransfer.Line(CAP, 9, 6)))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        assertThat(transfer.id().account()).isEqualTo(SampleSettings.COMPANY);
        assertThat(transfer.from()).isEqualTo(SampleFacilities.WH_EAST);
        assertThat(transfer.to()).isEqualTo(SampleFacilities.WH_WEST);
        assertThat(over.moved())
                .anyMatch(arrived -> arrived.measure() == Measure.IN_TRANSIT
                        && arrived.facility().equals(SampleFacilities.WH_WEST)
                        && arrived.quantity() == -6);
        assertThat(over.moved().stream()
                        .filter(moved -> moved.measure() == Measure.IN_TRANSIT
                                && transfer.movements().contains(moved.source()))
                        .map(Movement::quantity))
                .as("its own movements, by their names")
                .containsExactlyInAnyOrder(9, -6);
        assertThat(read().ended()).as("told in the same way again").contains(transfer);
    }

    private List<ErpTransfer> ended(int sent) {
        return read().ended().stream()
                .filter(one -> one.lines().stream().anyMatch(line -> line.sent() == sent))
                .toList();
    }

    @Test
    void whatIsOnHandFollowsWhatWasCountedAndWhatHasMoved() {
        assertThereIsWhatWasCounted();
        Map<FacilityId, Integer> before = capsOnHand();
        warehouse().buy(reference, CAP, 6, expected);
        assertThat(capsOnHand()).as("what is on order is not there").isEqualTo(before);

        warehouse().receive(reference);
        warehouse().send(reference, CAP, 2, expected);

        assertThat(capsOnHand())
                .containsEntry(SampleFacilities.WH_EAST, onHand(before, SampleFacilities.WH_EAST) + 4)
                .containsEntry(SampleFacilities.WH_WEST, onHand(before, SampleFacilities.WH_WEST));

        warehouse().takeIn(reference);
        assertThat(capsOnHand()).containsEntry(SampleFacilities.WH_WEST, onHand(before, SampleFacilities.WH_WEST) + 2);
    }

    @Test
    void whatIsLostOrFoundIsMovedOnceAndExactlyOrNotAtAll() {
        Map<FacilityId, Integer> before = capsOnHand();
        Read heard = read();
        LocalDate day = LocalDate.now(ZoneId.of("UTC")).minusDays(40);
        StockAdjustment lost = adjusted(Direction.LOST, day, CAP, 3);
        StockAdjustment found = adjusted(Direction.FOUND, day, CAP, 1);
        assertThat(books().findAdjustment(SampleSettings.COMPANY, lost)).isEmpty();

        String number = done(books().adjustStock(SampleSettings.COMPANY, lost));

        assertThat(done(books().adjustStock(SampleSettings.COMPANY, lost))).isEqualTo(number);
        assertThat(books().findAdjustment(SampleSettings.COMPANY, lost))
                .map(Receipt::reference)
                .contains(number);
        assertThat(done(books().adjustStock(SampleSettings.COMPANY, found))).isNotEqualTo(number);
        Map<FacilityId, Integer> adjusted = new HashMap<>(before);
        adjusted.merge(SampleFacilities.WH_EAST, -2, Integer::sum);
        assertThat(capsOnHand()).isEqualTo(adjusted);
        Read after = read();
        assertThat(fresh(heard, after))
                .as("nothing of it was ever on its way")
                .extracting(Movement::facility, Movement::measure, Movement::kind, Movement::quantity)
                .containsExactlyInAnyOrder(
                        tuple(SampleFacilities.WH_EAST, Measure.ON_HAND, Kind.ADJUSTMENT, -3),
                        tuple(SampleFacilities.WH_EAST, Measure.ON_HAND, Kind.ADJUSTMENT, 1));
        assertThat(after.ended()).isEqualTo(heard.ended());
        assertThat(after.awaited()).isEqualTo(heard.awaited());

        assertRefused(adjusted(Direction.LOST, day, Sku.of("SHIPPING"), 1), FailureCode.ERP_REJECTED);
        assertRefused(adjusted(Direction.LOST, day, Sku.of("NOBODY-HAS-IT"), 1), FailureCode.ERP_REJECTED);
        StockAdjustment late = adjusted(Direction.LOST, day.minusDays(1), CAP, 4);
        erp().closeStock(day.minusDays(1));
        try {
            assertNotBookedInAClosedPeriod(late);
            assertThat(capsOnHand()).as("of what is refused nothing has moved").isEqualTo(adjusted);
            done(books().adjustStock(SampleSettings.COMPANY, late.postedOn(day)));
        } finally {
            erp().reopenStock(day.minusDays(1));
        }
        adjusted.merge(SampleFacilities.WH_EAST, -4, Integer::sum);
        assertThat(capsOnHand()).isEqualTo(adjusted);
    }

    private StockAdjustment adjusted(Direction direction, LocalDate day, Sku sku, int units) {
        return new StockAdjustment(
                "stock-adjustment/WH-EAST/" + day + "/" + direction + "/" + reference + sku,
                SampleFacilities.WH_EAST,
                day,
                direction,
                new TreeMap<>(Map.of(sku, units)));
    }

    private TrytonErp books() {
        return new TrytonErp(List.of(erp().settings()));
    }

    private static String done(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return ((Reply.Done) reply).receipt().reference();
    }

    private void assertRefused(StockAdjustment adjustment, FailureCode code) {
        assertThat(books().adjustStock(SampleSettings.COMPANY, adjustment))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused ->
                                assertThat(refused.code()).as(refused.detail()).isEqualTo(code));
        assertThat(books().findAdjustment(SampleSettings.COMPANY, adjustment)).isEmpty();
    }

    /** Tryton's REST answers with 403 and without a word, which is no refusal that can be told from others: it is tried again. */
    private void assertNotBookedInAClosedPeriod(StockAdjustment late) {
        try {
            assertRefused(late, FailureCode.ERP_PERIOD_CLOSED);
        } catch (SystemFailure unsaid) {
            assertThat(unsaid).hasMessageContaining("403");
        }
        assertThat(books().findAdjustment(SampleSettings.COMPANY, late)).isEmpty();
    }

    private static int onHand(Map<FacilityId, Integer> caps, FacilityId facility) {
        return Objects.requireNonNull(caps.get(facility));
    }

    private Map<FacilityId, Integer> capsOnHand() {
        Map<FacilityId, Integer> caps = new HashMap<>();
        Optional<String> cursor = Optional.empty();
        do {
            ErpStock.Shelves page = stock().onHand(SampleSettings.COMPANY, cursor);
            page.onHand().stream()
                    .filter(there -> there.sku().equals(CAP))
                    .forEach(there -> caps.merge(there.facility(), there.units(), Integer::sum));
            cursor = page.next();
        } while (cursor.isPresent());
        return caps;
    }

    record Read(
            List<Movement> moved,
            List<Expected> awaited,
            List<ErpStock.Arrival> arrived,
            List<ErpTransfer> ended,
            Instant upTo) {
        Expected lastAwaited(int units) {
            return awaited.stream()
                    .filter(one -> one.outstanding() == units)
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }

        boolean isNew(Read before, ErpStock.Arrival arrival) {
            return !before.arrived().contains(arrival);
        }
    }

    private static List<Movement> fresh(Read before, Read after) {
        return after.moved().stream()
                .filter(movement -> !before.moved().contains(movement))
                .toList();
    }

    private ErpStock stock() {
        return new TrytonStock(List.of(erp().settings()), new SampleFacilities());
    }

    Read read() {
        ErpStock stock = stock();
        return all(cursor -> stock.since(SampleSettings.COMPANY, Instant.parse("2025-01-01T00:00:00Z"), cursor));
    }

    List<Expected> onOrder() {
        ErpStock stock = stock();
        return all(cursor -> stock.onOrder(SampleSettings.COMPANY, cursor)).awaited();
    }

    private List<Movement> about(Sku sku) {
        ErpStock stock = stock();
        return all(cursor -> stock.about(SampleSettings.COMPANY, sku, cursor)).moved();
    }

    private static Read all(Function<Optional<String>, ErpStock.Page> pages) {
        List<Movement> moved = new ArrayList<>();
        List<Expected> awaited = new ArrayList<>();
        List<ErpStock.Arrival> arrived = new ArrayList<>();
        List<ErpTransfer> ended = new ArrayList<>();
        Instant upTo = Instant.EPOCH;
        Optional<String> cursor = Optional.empty();
        do {
            ErpStock.Page page = pages.apply(cursor);
            moved.addAll(page.moved());
            awaited.addAll(page.awaited());
            arrived.addAll(page.arrived());
            ended.addAll(page.ended());
            upTo = page.upTo().filter(upTo::isBefore).orElse(upTo);
            cursor = page.next();
        } while (cursor.isPresent());
        return new Read(moved, awaited, arrived, ended, upTo);
    }
}
