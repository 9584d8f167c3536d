package io.throughline.connectors.shopify.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WarehouseProgressTest {
    private static final Instant LEFT = Instant.parse("2026-11-23T08:00:00Z");
    private static final ChannelWork.Fulfillment PARCEL = new ChannelWork.Fulfillment(
            "gid://shopify/Fulfillment/1",
            "SUCCESS",
            Optional.of("FULFILLED"),
            LEFT,
            List.of(new ChannelWork.TrackingInfo(Optional.empty(), Optional.of("1Z999"))));

    @ParameterizedTest
    @CsvSource({
        "OPEN, UNSUBMITTED, ALLOCATED",
        "OPEN, SUBMITTED, RELEASED",
        "IN_PROGRESS, ACCEPTED, ACKNOWLEDGED",
        "IN_PROGRESS, CANCELLATION_REQUESTED, ACKNOWLEDGED",
        "IN_PROGRESS, CANCELLATION_REJECTED, ACKNOWLEDGED",
        "OPEN, REJECTED, REJECTED",
        "OPEN, CANCELLATION_ACCEPTED, CANCELLED",
        "CANCELLED, ACCEPTED, CANCELLED",
        "CLOSED, CLOSED, REJECTED",
        "INCOMPLETE, ACCEPTED, REJECTED"
    })
    void eachPairOfStatusesMeansOneThing(String status, String requestStatus, FulfillmentStatus expected) {
        assertThat(progress(status, requestStatus, 1, NullNode.instance).status())
                .contains(expected);
    }

    @Test
    void aStatusOfTomorrowIsNoNews() {
        assertThat(progress("OPEN", "TELEPORTING", 1, NullNode.instance).status())
                .isEmpty();
    }

    @Test
    void onlyWhatHasLeftAltogetherIsShipped() {
        assertThat(progress("IN_PROGRESS", "ACCEPTED", 1, NullNode.instance, PARCEL)
                        .status())
                .contains(FulfillmentStatus.ACKNOWLEDGED);

        WorkProgress shipped = progress("CLOSED", "CLOSED", 0, NullNode.instance, PARCEL);
        assertThat(shipped.status()).contains(FulfillmentStatus.SHIPPED);
        assertThat(shipped.handedOverAt()).contains(LEFT);
        assertThat(shipped.tracking()).contains(new Tracking("Other", "1Z999"));
    }

    @Test
    void aFulfillmentThatWasCancelledDoesNotCount() {
        ChannelWork.Fulfillment cancelled = new ChannelWork.Fulfillment(
                "gid://shopify/Fulfillment/1", "CANCELLED", Optional.of("CANCELED"), LEFT, List.of());

        assertThat(progress("OPEN", "UNSUBMITTED", 2, NullNode.instance, cancelled)
                        .status())
                .contains(FulfillmentStatus.ALLOCATED);
    }

    @Test
    void ofManyTheNewestAreReadAndTheNewestCounts() {
        ChannelWork.Fulfillment newer = new ChannelWork.Fulfillment(
                "gid://shopify/Fulfillment/2",
                "SUCCESS",
                Optional.empty(),
                LEFT.plusSeconds(60),
                List.of(new ChannelWork.TrackingInfo(Optional.empty(), Optional.of("1Z998"))));

        assertThat(Operation.FULFILLMENT_ORDER_READ.document()).contains("fulfillments(first: 5, reverse: true)");
        assertThat(progress("CLOSED", "CLOSED", 0, NullNode.instance, newer, PARCEL)
                        .tracking())
                .contains(new Tracking("Other", "1Z998"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\":\"INVENTORY_OUT_OF_STOCK\",\"message\":\"none left\"} | INVENTORY_OUT_OF_STOCK: none left",
                "{\"reason\":\"OTHER\"} | OTHER",
                "\"too heavy\" | too heavy",
                "{} | rejected by the warehouse",
                "null | rejected by the warehouse"
            })
    void aRejectionTellsItsReason(String response, String reason) throws Exception {
        assertThat(progress("OPEN", "REJECTED", 1, Json.mapper().readTree(response))
                        .reason())
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"reason\":\"INVENTORY_OUT_OF_STOCK\"} | NOT_FOUND",
                "{\"reason\":\"inventory_out_of_stock\"} | NOT_FOUND",
                "{\"reason\":\"ORDER_TOO_LARGE\"} | NO_CAPACITY",
                "{\"reason\":\"UNDELIVERABLE_DESTINATION\"} | OTHER",
                "{\"reason\":\"A_REASON_OF_TOMORROW\"} | OTHER",
                "\"too heavy\" | OTHER",
                "{\"reason\":\"INCORRECT_ADDRESS\"} | ",
                "{} | ",
                "null | "
            })
    void aReasonThatIsNotTrueOfEverybodyLetsOthersDoIt(String response, StoreReport.@Nullable Ground ground)
            throws Exception {
        assertThat(progress("OPEN", "REJECTED", 1, Json.mapper().readTree(response))
                        .answer())
                .isEqualTo(new FacilityAnswer(Optional.ofNullable(ground), false));
    }

    @Test
    void whoRejectsACancellationKeepsTheWorkUntilItHasEnded() {
        assertThat(progress("IN_PROGRESS", "CANCELLATION_REJECTED", 1, NullNode.instance)
                        .answer()
                        .keeps())
                .isTrue();
        assertThat(progress("IN_PROGRESS", "CANCELLATION_REQUESTED", 1, NullNode.instance)
                        .answer()
                        .keeps())
                .isFalse();
    }

    private static WorkProgress progress(
            String status,
            String requestStatus,
            int remaining,
            JsonNode response,
            ChannelWork.Fulfillment... fulfillments) {
        ChannelWork work = new ChannelWork(
                "gid://shopify/FulfillmentOrder/1",
                "gid://shopify/Order/1",
                status,
                requestStatus,
                List.of(),
                new ChannelWork.Assigned(Optional.empty()),
                page(List.of(new ChannelWork.Line(
                        "gid://shopify/FulfillmentOrderLineItem/1",
                        2,
                        remaining,
                        new Reference("gid://shopify/LineItem/1")))),
                page(List.of(new ChannelWork.MerchantRequest(
                        "FULFILLMENT_REQUEST", Optional.empty(), Optional.of(response), Optional.empty()))),
                page(List.of(fulfillments)));
        return WarehouseProgress.of(work, DeliveryMethod.SHIPPING);
    }

    private static <T> Connection<T> page(List<T> nodes) {
        return new Connection<>(Optional.empty(), nodes);
    }
}
