package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.fulfillment.FulfillmentMirror.Assignment;
import io.throughline.domain.fulfillment.FulfillmentMirror.Handover;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FulfillmentMirrorContractTest {
    private static final String KEY = "0123456789012345678901234567890123456789";
    private static final Optional<Tracking> PARCEL = Optional.of(new Tracking("UPS", "1Z999"));
    private static TestingSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = TestingSandbox.start();
        sandbox.script("WH-EAST", "manual");
        sandbox.script("WH-WEST", "manual");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void clear() {
        sandbox.noMoreFaults();
    }

    @Test
    void whatLiesThereAlreadyIsAssignedWithoutAChange() {
        Order order = shipped();
        Assignment assignment =
                assignment(order, SampleShops.EAST, planned(order).lines());

        assertThat(mirror().findAssignment(assignment)).contains(Receipt.of(work(order)));
        assertThat(mirror().assign(assignment, KEY)).isEqualTo(Reply.done(work(order)));
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderMove")).isZero();
    }

    @Test
    void workIsMovedOnceHoweverOftenItIsAskedFor() {
        Order order = shipped();
        Assignment assignment =
                assignment(order, SampleShops.WEST, planned(order).lines());
        assertThat(mirror().findAssignment(assignment)).isEmpty();

        Reply first = mirror().assign(assignment, KEY);
        Reply second = mirror().assign(assignment, KEY);

        assertThat(first).isInstanceOf(Reply.Done.class).isEqualTo(second);
        assertThat(mirror().findAssignment(assignment)).contains(((Reply.Done) first).receipt());
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderMove")).isEqualTo(1);
    }

    /** By a person in the shop's admin, or a rule of the shop. */
    @ParameterizedTest
    @ValueSource(strings = {SampleShops.EAST, SampleShops.WEST})
    void whatIsHeldBackIsGivenToNobodyBeforeItIsLetGo(String location) {
        Order order = shipped();
        Assignment assignment = assignment(order, location, planned(order).lines());
        assertThat(mirror().isHeld(assignment)).isFalse();
        sandbox.warehouse(work(order), "hold");

        assertThat(mirror().isHeld(assignment)).isTrue();
        assertThat(mirror().findAssignment(assignment)).isEmpty();
        SystemFailure held = catchThrowableOfType(SystemFailure.class, () -> mirror().assign(assignment, KEY));
        assertThat(held.code()).isEqualTo(FailureCode.CHANNEL_REFUSED);
        assertThat(held.effectPossible()).isFalse();
        assertThat(held).hasMessageContaining("is ON_HOLD");
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderMove")).isZero();

        sandbox.warehouse(work(order), "release-hold");

        assertThat(mirror().isHeld(assignment)).isFalse();
        assertThat(mirror().assign(assignment, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(mirror().findAssignment(assignment)).isPresent();
    }

    @Test
    void twoFacilitiesShareTheWorkLineByLine() {
        Order order = shipped();
        LineQuantity tees = planned(order).lines().getFirst();
        LineQuantity cap = planned(order).lines().getLast();
        LineQuantity oneTee = new LineQuantity(tees.lineId(), tees.sku(), 1);
        Assignment east = assignment(order, SampleShops.EAST, List.of(oneTee));
        Assignment west =
                new Assignment(order.key(), id(order, 2), work(order), SampleShops.WEST, List.of(oneTee, cap));

        Reply toWest = mirror().assign(west, KEY);
        Reply toEast = mirror().assign(east, KEY);

        assertThat(toWest).isInstanceOf(Reply.Done.class).isNotEqualTo(toEast);
        assertThat(toEast).isInstanceOf(Reply.Done.class);
        assertThat(mirror().findAssignment(west)).contains(((Reply.Done) toWest).receipt());
        assertThat(mirror().findAssignment(east)).contains(((Reply.Done) toEast).receipt());
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderMove")).isEqualTo(1);
    }

    @Test
    void aPartThatStaysIsSplitOff() {
        Order order = shipped();
        LineQuantity cap = planned(order).lines().getLast();
        Assignment assignment = assignment(order, SampleShops.EAST, List.of(cap));

        Reply reply = mirror().assign(assignment, KEY);

        assertThat(reply).isInstanceOf(Reply.Done.class).isEqualTo(mirror().assign(assignment, KEY));
        assertThat(mirror().findAssignment(assignment)).contains(((Reply.Done) reply).receipt());
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderSplit")).isEqualTo(1);
    }

    /** One part is about to be split off when the other, moved away, leaves nothing to split it from. */
    @Test
    void aPartThatIsOvertakenByAnotherIsDecidedAnew() throws Exception {
        Order order = shipped();
        List<LineQuantity> lines = planned(order).lines();
        Assignment east = assignment(
                order,
                SampleShops.EAST,
                List.of(new LineQuantity(
                        lines.getFirst().lineId(), lines.getFirst().sku(), 1)));
        Assignment west = new Assignment(
                order.key(),
                id(order, 2),
                work(order),
                SampleShops.WEST,
                List.of(east.lines().getFirst(), lines.getLast()));
        sandbox.fault("fulfillmentOrderSplit", "delay", Map.of("delayMillis", 800));

        CompletableFuture<Reply> overtaken = CompletableFuture.supplyAsync(() -> mirror().assign(east, KEY));
        sandbox.awaitFaultStruck();
        assertThat(mirror().assign(west, KEY)).isInstanceOf(Reply.Done.class);

        assertThatThrownBy(overtaken::join)
                .hasCauseInstanceOf(SystemFailure.class)
                .cause()
                .extracting(failure -> ((SystemFailure) failure).code())
                .isEqualTo(FailureCode.EFFECT_IN_FLIGHT);
        assertThat(mirror().assign(east, KEY)).isEqualTo(Reply.done(work(order)));
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderSplit")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose_reply", "truncate"})
    void afterALostReplyTheMoveIsFoundAndNotRepeated(String kind) {
        Order order = shipped();
        Assignment assignment =
                assignment(order, SampleShops.WEST, planned(order).lines());
        sandbox.fault("fulfillmentOrderMove", kind);

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> mirror().assign(assignment, KEY));

        assertThat(failure.effectPossible()).isTrue();
        assertThat(mirror().findAssignment(assignment)).isPresent();
        assertThat(mirror().assign(assignment, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderMove")).isEqualTo(1);
    }

    @Test
    void workThatAWarehouseHasIsNotMoved() {
        Order order = shipped();
        release(order);
        Assignment assignment =
                assignment(order, SampleShops.WEST, planned(order).lines());
        long moves = sandbox.attempts("fulfillmentOrderMove");

        assertThat(mirror().assign(assignment, KEY)).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.CHANNEL_REFUSED);
            assertThat(refused.detail()).contains("SUBMITTED");
        });
        assertThat(sandbox.attempts("fulfillmentOrderMove")).isEqualTo(moves);
    }

    @Test
    void linesThatNoOpenWorkHoldsAreRefused() {
        Order order = shipped();
        LineQuantity cap = planned(order).lines().getLast();
        Assignment tooMany = assignment(
                order, SampleShops.WEST, List.of(new LineQuantity(cap.lineId(), cap.sku(), cap.quantity() + 1)));

        assertThat(mirror().assign(tooMany, KEY)).isInstanceOf(Reply.Refused.class);
    }

    @Test
    void aLocationThatShopifyDoesNotHaveIsRefusedInItsWords() {
        Order order = shipped();

        assertThat(mirror().assign(
                                assignment(order, "79999999999", planned(order).lines()), KEY))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.detail()).isNotBlank());
    }

    @Test
    void goodsAreHandedOverOnceWithTheirTracking() {
        Order order = shipped();
        Handover handover = handover(order, PARCEL);
        assertThat(mirror().findHandover(handover)).isEmpty();

        Reply first = mirror().handOver(handover, KEY);
        Reply second = mirror().handOver(handover, KEY);

        assertThat(first).isInstanceOf(Reply.Done.class).isEqualTo(second);
        assertThat(((Reply.Done) first).receipt().details()).containsEntry("tracking", "1Z999");
        assertThat(mirror().findHandover(handover)).contains(((Reply.Done) first).receipt());
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose_reply", "truncate"})
    void afterALostReplyTheHandoverIsFoundAndNotRepeated(String kind) {
        Order order = shipped();
        Handover handover = handover(order, PARCEL);
        sandbox.fault("fulfillmentCreate", kind);

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> mirror().handOver(handover, KEY));

        assertThat(failure.effectPossible()).isTrue();
        assertThat(mirror().findHandover(handover)).isPresent();
        assertThat(mirror().handOver(handover, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isEqualTo(1);
    }

    @Test
    void whatTheWarehouseShippedItselfIsHandedOver() {
        Order order = shipped();
        release(order);
        sandbox.warehouse(work(order), "accept");
        sandbox.warehouse(work(order), "ship");
        Handover handover = handover(order, Optional.empty());

        assertThat(mirror().findHandover(handover)).isPresent();
        assertThat(mirror().handOver(handover, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isEqualTo(1);
    }

    @Test
    void twoPartsOfOneLineAreTwoHandovers() {
        Order order = shipped();
        LineQuantity tees = planned(order).lines().getFirst();
        LineQuantity oneTee = new LineQuantity(tees.lineId(), tees.sku(), 1);
        Assignment west = new Assignment(order.key(), id(order, 2), work(order), SampleShops.WEST, List.of(oneTee));
        String moved = ((Reply.Done) mirror().assign(west, KEY)).receipt().reference();

        Handover first = new Handover(order.key(), id(order, 2), moved, PARCEL, List.of(oneTee));
        Handover second = new Handover(
                order.key(),
                id(order, 1),
                work(order),
                Optional.of(new Tracking("UPS", "1Z998")),
                List.of(oneTee, planned(order).lines().getLast()));
        mirror().handOver(first, KEY);

        assertThat(mirror().findHandover(second)).isEmpty();
        assertThat(mirror().handOver(second, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isEqualTo(2);
    }

    /** Somebody has split it in the shop's admin since it was given out: it is still one parcel, and told as one. */
    @Test
    void whatWasSplitMeanwhileIsHandedOverTogether() {
        Order order = shipped();
        LineQuantity tees = planned(order).lines().getFirst();
        sandbox.admin(work(order), "split", "{\"lines\":[{\"line_item\":" + tees.lineId() + ",\"quantity\":1}]}");
        Handover handover = handover(order, PARCEL);
        assertThat(mirror().findHandover(handover)).isEmpty();
        sandbox.fault("fulfillmentCreate", "lose_reply");

        assertThatThrownBy(() -> mirror().handOver(handover, KEY)).isInstanceOf(SystemFailure.class);

        assertThat(mirror().findHandover(handover)).isPresent();
        assertThat(mirror().handOver(handover, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isEqualTo(1);
        assertThat(sandbox.order(order.key()).path("fulfillmentStatus").asText())
                .isEqualTo("fulfilled");
    }

    /** A part of it lies elsewhere now: nobody can say that it has left from here. */
    @Test
    void whatWasMovedInPartIsNotHandedOverTogether() {
        Order order = shipped();
        LineQuantity tees = planned(order).lines().getFirst();
        sandbox.admin(
                work(order),
                "move",
                "{\"facility\":\"WH-WEST\",\"lines\":[{\"line_item\":" + tees.lineId() + ",\"quantity\":1}]}");

        assertThat(mirror().handOver(handover(order, PARCEL), KEY)).isInstanceOf(Reply.Refused.class);
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isZero();
    }

    @Test
    void whatWasMergedIsHandedOverFromTheItemOfNow() {
        Order order = shipped();
        LineQuantity tees = planned(order).lines().getFirst();
        sandbox.admin(work(order), "split", "{\"lines\":[{\"line_item\":" + tees.lineId() + ",\"quantity\":1}]}");
        List<String> parts = read(order.key()).deliveries().stream()
                .flatMap(delivery -> delivery.channelWork().stream())
                .map(Gid::number)
                .toList();
        assertThat(parts).hasSize(2);
        sandbox.control(
                "POST",
                "/shopify/" + SampleShops.DOMAIN + "/orders/" + order.key().externalId() + "/merge",
                "{\"fulfillment_orders\":[" + String.join(",", parts) + "]}",
                200);

        assertThat(mirror().handOver(handover(order, PARCEL), KEY)).isInstanceOf(Reply.Done.class);
        assertThat(mirror().findHandover(handover(order, PARCEL))).isPresent();
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isEqualTo(1);
    }

    @Test
    void aPickupIsPreparedOnceAndThenHandedOver() {
        Order order = read(sandbox.take("orders_paid_bopis"));
        String work = work(order);
        assertThat(mirror().findReady(work, order.key())).isEmpty();

        assertThat(mirror().readyForPickup(work, order.key(), KEY)).isEqualTo(Reply.done(work));
        assertThat(mirror().readyForPickup(work, order.key(), KEY)).isEqualTo(Reply.done(work));
        assertThat(sandbox.effects(order.key(), "fulfillmentOrderLineItemsPreparedForPickup"))
                .isEqualTo(1);

        Handover handover = handover(order, Optional.empty());
        assertThat(mirror().handOver(handover, KEY)).isEqualTo(mirror().handOver(handover, KEY));
        assertThat(mirror().findReady(work, order.key())).isPresent();
        assertThat(sandbox.effects(order.key(), "fulfillmentCreate")).isEqualTo(1);
    }

    @Test
    void preparingWhatIsShippedFromAWarehouseIsRefused() {
        Order order = shipped();

        assertThat(mirror().readyForPickup(work(order), order.key(), KEY)).isInstanceOf(Reply.Refused.class);
    }

    private static void release(Order order) {
        assertThat(sandbox.connector().warehouses().release(SampleShops.work(order, 1), KEY))
                .isInstanceOf(Reply.Done.class);
    }

    private static FulfillmentMirror mirror() {
        return sandbox.connector().mirror();
    }

    private static Order shipped() {
        return read(sandbox.take("orders_paid_two_lines_tax_discount"));
    }

    private static Order read(OrderKey key) {
        return sandbox.connector().orders().read(key).orElseThrow().order();
    }

    private static Delivery planned(Order order) {
        return order.deliveries().getFirst();
    }

    private static String work(Order order) {
        return planned(order).channelWork().orElseThrow();
    }

    private static FulfillmentOrderId id(Order order, int ordinal) {
        return FulfillmentOrderId.of(order.id(), ordinal);
    }

    private static Assignment assignment(Order order, String location, List<LineQuantity> lines) {
        return new Assignment(order.key(), id(order, 1), work(order), location, lines);
    }

    private static Handover handover(Order order, Optional<Tracking> tracking) {
        return new Handover(
                order.key(), id(order, 1), work(order), tracking, planned(order).lines());
    }
}
