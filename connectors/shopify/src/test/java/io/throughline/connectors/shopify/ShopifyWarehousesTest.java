package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Duration;
import java.time.Instant;
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
        assertThat(warehouses().askedBackAt(work)).isEmpty();
        Instant asked = Instant.now();

        SystemFailure waiting =
                catchThrowableOfType(SystemFailure.class, () -> impatient().recall(work, KEY));
        assertThat(waiting.code()).isEqualTo(FailureCode.EFFECT_IN_FLIGHT);
        assertThat(waiting.effectPossible()).isTrue();
        assertThat(warehouses().findRecall(work)).isEmpty();
        assertThat(warehouses().askedBackAt(work))
                .hasValueSatisfying(at -> assertThat(at).isBetween(asked.minusSeconds(1), Instant.now()));

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
        assertThat(warehouses().read(work).answer()).isEqualTo(FacilityAnswer.keepsIt());
        assertThat(warehouses().findRecall(work)).isEmpty();
        assertThat(warehouses().recall(work, KEY)).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.FACILITY_REFUSED);
            assertThat(refused.detail()).startsWith("the warehouse has rejected the cancellation and goes on");
        });
        sandbox.warehouse(reference(work), "ship");
        assertThat(status(work)).contains(FulfillmentStatus.SHIPPED);
    }

    @Test
    void aRejectionSaysWhyAndWhatThatMeans() {
        Work work = released();
        sandbox.control(
                "POST",
                "/shopify/" + SampleShops.DOMAIN + "/fulfillment-orders/" + Gid.number(reference(work)) + "/reject",
                "{\"reason\":\"INVENTORY_OUT_OF_STOCK\",\"message\":\"none left\"}",
                200);

        WorkProgress told = warehouses().read(work);

        assertThat(told.status()).contains(FulfillmentStatus.REJECTED);
        assertThat(told.reason()).contains("INVENTORY_OUT_OF_STOCK: none left");
        assertThat(told.answer()).isEqualTo(FacilityAnswer.rejects(StoreReport.Ground.NOT_FOUND));
    }

    @Test
    void whatWasRefusedIsFoundWithoutAWebhookAndWhatWasAcceptedIsNot() {
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        Work rejected = released();
        sandbox.warehouse(reference(rejected), "reject");
        Work accepted = released();
        sandbox.warehouse(reference(accepted), "accept");

        List<EventFeed.Event> found = sandbox.connector()
                .feed()
                .since(SampleShops.NORTHWIND, before, Optional.empty())
                .events();

        assertThat(found)
                .extracting(EventFeed.Event::subject)
                .contains("work/" + SampleShops.NORTHWIND + "/" + reference(rejected))
                .doesNotContain("work/" + SampleShops.NORTHWIND + "/" + reference(accepted));
        assertThat(found).allMatch(event -> event.topic().equals("fulfillment_orders/reconciled"));
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
