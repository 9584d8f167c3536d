package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is particular to warehouses that get their work through Shopify. */
final class ShopifyWarehousesTest {
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

    @Test
    void releasedWorkIsTheWorkItemThatShopifyHadPlanned() {
        Work work = sandbox.planned();
        assertThat(status(work)).contains(FulfillmentStatus.ALLOCATED);

        assertThat(warehouses().release(work, KEY)).isEqualTo(Reply.done(reference(work)));
    }

    @Test
    void theCarrierAndItsNumberAreTheWarehouses() {
        Work work = released();
        sandbox.warehouse(reference(work), "accept");
        sandbox.warehouse(reference(work), "ship");

        assertThat(warehouses().read(work).tracking()).hasValueSatisfying(tracking -> {
            assertThat(tracking.carrier()).isEqualTo("Northwind Parcel");
            assertThat(tracking.number()).startsWith("NWT");
        });
    }

    @Test
    void aRejectedWorkMayBeReleasedAgain() {
        Work work = released();
        sandbox.warehouse(reference(work), "reject");

        assertThat(warehouses().release(work, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(status(work)).contains(FulfillmentStatus.RELEASED);
    }

    @Test
    void aPartOfTheWorkIsReleasedAlone() {
        Work whole = sandbox.planned();
        LineQuantity cap = whole.lines().getLast();
        Work part = with(whole, List.of(cap));

        Reply reply = warehouses().release(part, KEY);

        assertThat(reply).isInstanceOf(Reply.Done.class);
        assertThat(warehouses().findRelease(part)).contains(((Reply.Done) reply).receipt());
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
    void aStoreIsNoWarehouse() {
        Order order = sandbox.connector()
                .orders()
                .read(sandbox.take("orders_paid_bopis"))
                .orElseThrow()
                .order();

        assertThat(warehouses().release(SampleShops.work(order, 1), KEY))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.FACILITY_REFUSED));
    }

    @Test
    void workThatShopifyHasNotPlannedIsRefused() {
        assertThat(warehouses().release(SampleShops.unknown(sandbox.planned()), KEY))
                .isInstanceOf(Reply.Refused.class);
    }

    private static Work with(Work work, List<LineQuantity> lines) {
        return new Work(
                work.account(),
                work.location(),
                work.id(),
                work.orderName(),
                work.method(),
                lines,
                lines,
                work.channelWork(),
                work.workReference(),
                work.customerName());
    }

    private static Work released() {
        Work work = sandbox.planned();
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
