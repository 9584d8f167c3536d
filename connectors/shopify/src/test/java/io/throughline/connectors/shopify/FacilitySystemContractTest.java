package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FacilitySystemContractTest {
    private static final String KEY = "0123456789012345678901234567890123456789";
    private static TestingSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = TestingSandbox.start();
        sandbox.script("WH-EAST", "manual");
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
    void workIsReleasedOnceHoweverOftenItIsAskedFor() {
        Work work = planned();
        assertThat(warehouses().findRelease(work)).isEmpty();
        assertThat(status(work)).contains(FulfillmentStatus.ALLOCATED);

        Reply first = warehouses().release(work, KEY);
        Reply second = warehouses().release(work, KEY);

        assertThat(first).isEqualTo(Reply.done(reference(work))).isEqualTo(second);
        assertThat(warehouses().findRelease(work)).contains(Receipt.of(reference(work)));
        assertThat(status(work)).contains(FulfillmentStatus.RELEASED);
    }

    @Test
    void theWarehouseAcknowledgesAndShips() {
        Work work = released();

        sandbox.warehouse(reference(work), "accept");
        assertThat(status(work)).contains(FulfillmentStatus.ACKNOWLEDGED);

        sandbox.warehouse(reference(work), "ship");
        WorkProgress progress = warehouses().read(work);
        assertThat(progress.status()).contains(FulfillmentStatus.SHIPPED);
        assertThat(progress.tracking()).map(Tracking::carrier).contains("Northwind Parcel");
        assertThat(progress.tracking())
                .map(Tracking::number)
                .hasValueSatisfying(number -> assertThat(number).startsWith("NWT"));
    }

    @Test
    void aRejectionComesWithItsReasonAndTheWorkIsFree() {
        Work work = released();

        sandbox.warehouse(reference(work), "reject");

        WorkProgress progress = warehouses().read(work);
        assertThat(progress.status()).contains(FulfillmentStatus.REJECTED);
        assertThat(progress.reason()).isPresent();
        assertThat(warehouses().findRelease(work)).isPresent();
        assertThat(warehouses().recall(work, KEY)).isEqualTo(Reply.done(reference(work)));
    }

    @Test
    void aRejectedWorkMayBeReleasedAgain() {
        Work work = released();
        sandbox.warehouse(reference(work), "reject");

        assertThat(warehouses().release(work, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(status(work)).contains(FulfillmentStatus.RELEASED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose_reply", "truncate"})
    void afterALostReplyTheReleaseIsFoundAndNotRepeated(String kind) {
        Work work = planned();
        sandbox.fault("fulfillmentOrderSubmitFulfillmentRequest", kind);

        SystemFailure failure =
                catchThrowableOfType(SystemFailure.class, () -> warehouses().release(work, KEY));

        assertThat(failure.effectPossible()).isTrue();
        assertThat(warehouses().findRelease(work)).contains(Receipt.of(reference(work)));
        long before = sandbox.attempts("fulfillmentOrderSubmitFulfillmentRequest");
        assertThat(warehouses().release(work, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.attempts("fulfillmentOrderSubmitFulfillmentRequest")).isEqualTo(before);
    }

    @Test
    void aPartOfTheWorkIsReleasedAlone() {
        Work whole = planned();
        LineQuantity cap = whole.lines().getLast();
        Work part = with(whole, List.of(cap));

        Reply reply = warehouses().release(part, KEY);

        assertThat(reply).isInstanceOf(Reply.Done.class);
        assertThat(warehouses().findRelease(part)).contains(((Reply.Done) reply).receipt());
    }

    @Test
    void whatNobodyHasAcceptedIsTakenBackAtOnce() {
        Work work = released();
        assertThat(warehouses().findRecall(work)).isEmpty();

        assertThat(warehouses().recall(work, KEY)).isEqualTo(Reply.done(reference(work)));
        assertThat(warehouses().recall(work, KEY)).isEqualTo(Reply.done(reference(work)));

        assertThat(warehouses().findRecall(work)).isPresent();
    }

    @Test
    void anAcceptedWorkIsBackOnceTheWarehouseAgrees() {
        Work work = released();
        sandbox.warehouse(reference(work), "accept");

        SystemFailure waiting =
                catchThrowableOfType(SystemFailure.class, () -> impatient().recall(work, KEY));
        assertThat(waiting.code()).isEqualTo(FailureCode.EFFECT_IN_FLIGHT);
        assertThat(waiting.effectPossible()).isTrue();
        assertThat(warehouses().findRecall(work)).isEmpty();

        sandbox.warehouse(reference(work), "accept-cancellation");
        assertThat(warehouses().findRecall(work)).contains(Receipt.of(reference(work)));
        assertThat(warehouses().recall(work, KEY)).isEqualTo(Reply.done(reference(work)));
        assertThat(status(work)).contains(FulfillmentStatus.CANCELLED);
    }

    @Test
    void aWarehouseThatSaysNoKeepsTheWork() {
        Work work = released();
        sandbox.warehouse(reference(work), "accept");
        assertThat(catchThrowableOfType(SystemFailure.class, () -> impatient().recall(work, KEY)))
                .isNotNull();
        sandbox.warehouse(reference(work), "reject-cancellation");

        assertThat(status(work)).contains(FulfillmentStatus.ACKNOWLEDGED);
        assertThat(warehouses().findRecall(work)).isEmpty();
        assertThat(warehouses().recall(work, KEY))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.FACILITY_REFUSED));
    }

    @Test
    void whatWasShippedIsNotTakenBack() {
        Work work = released();
        sandbox.warehouse(reference(work), "accept");
        sandbox.warehouse(reference(work), "ship");

        assertThat(warehouses().recall(work, KEY)).isInstanceOf(Reply.Refused.class);
        assertThat(warehouses().findRecall(work)).isEmpty();
    }

    @Test
    void aStoreIsNoWarehouse() {
        Order order = sandbox.connector()
                .orders()
                .read(sandbox.take("orders_paid_bopis"))
                .orElseThrow()
                .order();

        assertThat(warehouses().release(work(order, 1), KEY))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.FACILITY_REFUSED));
    }

    @Test
    void workThatShopifyDoesNotHaveIsNoNewsAndRefused() {
        Work work = planned();
        Work unknown = new Work(
                work.account(),
                work.location(),
                work.id(),
                work.orderName(),
                work.method(),
                work.lines(),
                Optional.of("gid://shopify/FulfillmentOrder/404"),
                Optional.empty(),
                Optional.empty());

        assertThat(warehouses().read(unknown).status()).isEmpty();
        assertThat(warehouses().release(unknown, KEY)).isInstanceOf(Reply.Refused.class);
    }

    static Work work(Order order, int ordinal) {
        Delivery delivery = order.deliveries().getFirst();
        return new Work(
                order.key().account(),
                SampleShops.EAST,
                FulfillmentOrderId.of(order.id(), ordinal),
                order.name(),
                delivery.method(),
                delivery.lines(),
                delivery.channelWork(),
                Optional.empty(),
                Optional.empty());
    }

    private static Work with(Work work, List<LineQuantity> lines) {
        return new Work(
                work.account(),
                work.location(),
                work.id(),
                work.orderName(),
                work.method(),
                lines,
                work.channelWork(),
                work.workReference(),
                work.customerName());
    }

    private static Work planned() {
        return work(
                sandbox.connector()
                        .orders()
                        .read(sandbox.take("orders_paid_two_lines_tax_discount"))
                        .orElseThrow()
                        .order(),
                1);
    }

    private static Work released() {
        Work work = planned();
        assertThat(warehouses().release(work, KEY)).isInstanceOf(Reply.Done.class);
        return work;
    }

    private static String reference(Work work) {
        return work.channelWork().orElseThrow();
    }

    private static Optional<FulfillmentStatus> status(Work work) {
        return warehouses().read(work).status();
    }

    private static FacilitySystem warehouses() {
        return sandbox.connector().warehouses();
    }

    private static FacilitySystem impatient() {
        return sandbox.impatient().warehouses();
    }
}
