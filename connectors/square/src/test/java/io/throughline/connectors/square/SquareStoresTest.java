package io.throughline.connectors.square;

import static io.throughline.connectors.square.TestingStores.CREATE;
import static io.throughline.connectors.square.TestingStores.PAY;
import static io.throughline.connectors.square.TestingStores.UPDATE;
import static io.throughline.connectors.square.TestingStores.reference;
import static io.throughline.connectors.square.TestingStores.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FacilitySystemUnderTest;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.HoldNotice;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.LineQuantity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is particular to stores that get their work through Square: what a release and a recall leave there. */
class SquareStoresTest {

    private TestingStores testing;
    private FacilitySystem stores;

    @BeforeEach
    void start() {
        testing = new TestingStores();
        stores = testing.square.stores();
    }

    @AfterEach
    void stop() {
        testing.close();
    }

    @Test
    void aPausedMerchantIsAskedNothing() {
        try (SquareConnector paused = TestingStores.paused()) {
            assertThatThrownBy(() -> paused.workOf(TestingStores.POS, "any"))
                    .as("nobody has noticed that it is away")
                    .isInstanceOfSatisfying(
                            SystemFailure.class, held -> assertThat(held.code()).isEqualTo(FailureCode.SYSTEM_PAUSED));
        }
    }

    @Test
    void releaseMakesOnePaidOrderThatCostsNothing() {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);

        String order = reference(stores.release(work, "key-1"));

        assertThat(testing.square.workOf(TestingStores.POS, order)).contains(work.id());
        assertThat(testing.effects(CREATE)).singleElement().satisfies(effect -> {
            assertThat(effect.path("key").asText()).isEqualTo("key-1");
            assertThat(effect.path("detail").path("reference").asText()).isEqualTo("O-7K2M9Q4XTA-F1");
            assertThat(effect.path("detail").path("total").path("amount").asInt())
                    .isZero();
        });
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    /** Its staff sees the note; the same notice again changes nothing, and none comes after the work is done. */
    @ParameterizedTest
    @EnumSource(names = {"SHIPPING", "PICKUP"})
    void aHoldIsANoteAtTheTillAndSoIsItsEnd(DeliveryMethod method) {
        Work work = testing.work(1, method);
        String order = reference(stores.release(work, "key-1"));
        HoldNotice hold = new HoldNotice(1, true, "its payment is disputed by the customer", false);
        HoldNotice end = new HoldNotice(2, false, "it goes on", false);

        assertThat(stores.findHold(work, hold)).isEmpty();
        assertThat(reference(stores.tellHold(work, hold, "key-2"))).isEqualTo(order);
        assertThat(reference(stores.tellHold(work, hold, "key-3"))).isEqualTo(order);
        assertThat(note(order)).isEqualTo("ON HOLD, do not hand over: its payment is disputed by the customer");
        assertThat(stores.findHold(work, hold)).isPresent();
        assertThat(stores.findHold(work, end)).isEmpty();
        assertThat(reference(stores.tellHold(work, end, "key-4"))).isEqualTo(order);
        assertThat(note(order)).isEqualTo("No longer on hold");
        assertThat(stores.read(work).status()).as("the work is where it was").contains(FulfillmentStatus.RELEASED);
        assertThat(testing.effects(UPDATE)).hasSize(2);

        reference(stores.recall(work, "key-5"));
        assertThat(stores.tellHold(work, new HoldNotice(3, true, "again", false), "key-6"))
                .isInstanceOf(Reply.Refused.class);
    }

    private String note(String order) {
        JsonNode fulfillment =
                testing.control("GET", "/square/orders/" + order, "").at("/fulfillments/0");
        return fulfillment.at("/pickup_details/note").asText("")
                + fulfillment.at("/shipment_details/shipping_note").asText("");
    }

    /** Each request is answered in time, and all of them together take longer than the effect may. */
    @Test
    void aReleaseThatGetsSlowGivesUpInTimeAndWhoeverComesNextEndsIt() {
        Duration most = Duration.ofSeconds(3);
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        testing.fault("*", "\"kind\":\"delay\",\"delayMillis\":900,\"times\":100");
        long began = System.nanoTime();

        SystemFailure late = catchThrowableOfType(
                SystemFailure.class, () -> CallSeries.within(most, () -> stores.release(work, "key-1")));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(most.plusSeconds(2));
        assertThat(late.effectPossible())
                .as("the order is made, and perhaps paid")
                .isTrue();
        testing.noMoreFaults();
        if (stores.findRelease(work).isEmpty()) {
            reference(stores.release(work, "key-1"));
        }
        assertThat(testing.effects(CREATE)).hasSize(1);
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    @Test
    void storeIsAskedForTheGoodsOfABundleThatItsCatalogueDoesNotHave() {
        Work plain = testing.work(1, DeliveryMethod.SHIPPING);
        Work bundle = new Work(
                plain.account(),
                plain.location(),
                plain.id(),
                plain.orderName(),
                plain.method(),
                List.of(new LineQuantity("line-1", Sku.of("NW-SET-CAMP"), 1)),
                List.of(
                        new LineQuantity("line-1", Sku.of("NW-MUG-RED"), 1),
                        new LineQuantity("line-1", Sku.of("NW-SOCK-2PK"), 1)),
                plain.channelWork(),
                plain.workReference(),
                plain.customerName());

        String order = reference(stores.release(bundle, "key-1"));

        assertThat(stores.findRelease(bundle)).contains(Receipt.of(order));
    }

    @Test
    void releaseAgainIsTheSameOrderEvenWithAForgottenKey() {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        String order = reference(stores.release(work, "key-1"));

        testing.control("POST", "/square/idempotency/forget", "");

        assertThat(reference(stores.release(work, "key-1"))).isEqualTo(order);
        assertThat(testing.effects(CREATE)).hasSize(1);
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    /** The first of the two calls of a release; the second is the one that completes it. */
    @ParameterizedTest
    @EnumSource
    void creationThatGoesWrongIsNoReleaseYetAndIsCompletedOnlyWhenAskedAgain(Trouble trouble) {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        testing.fault(CREATE, trouble);

        trouble.assertChangeFails(() -> stores.release(work, "key-1"));

        testing.noMoreFaults();
        assertThat(stores.findRelease(work)).isEmpty();
        assertThat(testing.sandbox.ledger().attempts(Optional.of("square"), 0))
                .filteredOn(attempt -> attempt.path("operation").asText().equals(CREATE))
                .hasSizeLessThanOrEqualTo(1);
        reference(stores.release(work, "key-2"));
        assertThat(testing.effects(CREATE)).hasSize(1);
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    @Test
    void pageOfAGatewayIsUnreadableWhateverItsStatus() {
        testing.fault(CREATE, "\"kind\":\"html\",\"status\":502");

        SystemFailure failure = catchThrowableOfType(
                SystemFailure.class, () -> stores.release(testing.work(1, DeliveryMethod.SHIPPING), "key-1"));

        assertThat(failure.code()).isEqualTo(FailureCode.REPLY_UNREADABLE);
        assertThat(failure.effectPossible()).isTrue();
    }

    @Test
    void unknownProductIsRefusedBeforeAnythingIsMade() {
        Reply reply = stores.release(work(1, DeliveryMethod.SHIPPING, "NO-SUCH-SKU"), "key-1");

        assertThat(reply)
                .isEqualTo(Reply.refused(FailureCode.FACILITY_REFUSED, "Square's catalogue has no SKU NO-SUCH-SKU"));
        assertThat(testing.effects(CREATE)).isEmpty();
    }

    @Test
    void refusalOfSquareIsAValueInItsWords() {
        testing.fault(CREATE, "\"kind\":\"status\",\"status\":400");

        Reply reply = stores.release(testing.work(1, DeliveryMethod.SHIPPING), "key-1");

        assertThat(reply).isEqualTo(Reply.refused(FailureCode.FACILITY_REFUSED, "BAD_REQUEST: Bad request."));
    }

    @Test
    void shippingStorePacksAndNamesItsCarrier() {
        Work work = testing.release(testing.work(1, DeliveryMethod.SHIPPING));
        testing.staff(work, "acknowledge");
        testing.staff(work, "prepare");
        assertThat(stores.read(work).status()).contains(FulfillmentStatus.PACKED);
        testing.staff(work, "complete");

        WorkProgress done = stores.read(work);
        assertThat(done.tracking().orElseThrow().carrier()).isEqualTo("Sandbox Parcel");
        assertThat(done.tracking().orElseThrow().number()).startsWith("SP");
    }

    @Test
    void pickupIsFollowedToItsHandover() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.staff(work, "acknowledge");
        testing.staff(work, "prepare");
        assertThat(stores.read(work).status()).contains(FulfillmentStatus.READY_FOR_PICKUP);
        assertThat(stores.read(work).handedOverAt()).isEmpty();
        Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        testing.staff(work, "complete");

        WorkProgress done = stores.read(work);
        assertThat(done.status()).contains(FulfillmentStatus.PICKED_UP);
        assertThat(done.handedOverAt()).get(InstanceOfAssertFactories.INSTANT).isBetween(began, Instant.now());
    }

    @Test
    void whatTheStoreHasToldUsItselfIsCompletedAtItsTillOnce() {
        Work work = testing.release(testing.work(1, DeliveryMethod.SHIPPING));
        Tracking tracking = new Tracking("UPS", "1Z-1");
        assertThat(stores.findCompletion(work)).isEmpty();

        Reply reply = stores.complete(work, Optional.of(tracking), "complete-1");

        assertThat(stores.complete(work, Optional.of(tracking), "complete-2")).isEqualTo(reply);
        assertThat(stores.findCompletion(work)).contains(((Reply.Done) reply).receipt());
        assertThat(stores.read(work).status()).contains(FulfillmentStatus.SHIPPED);
        assertThat(stores.read(work).tracking()).contains(tracking);
        assertThat(testing.effects(UPDATE)).hasSize(1);
    }

    @Test
    void whatTheStoreHasGivenUpAtItsTillIsNotCompletedThere() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.staff(work, "reject");

        assertThat(stores.complete(work, Optional.empty(), "complete-1"))
                .isEqualTo(Reply.refused(FailureCode.FACILITY_REFUSED, "at its till the store has given it up"));
    }

    @Test
    void rejectionComesWithTheStoresReason() {
        Work work = testing.release(testing.work(1, DeliveryMethod.SHIPPING));
        testing.control(
                "POST",
                "/square/orders/" + work.workReference().orElseThrow() + "/reject",
                "{\"reason\":\"Display piece is damaged\"}");

        assertThat(stores.read(work))
                .isEqualTo(new WorkProgress(
                        Optional.of(FulfillmentStatus.REJECTED),
                        Optional.empty(),
                        Optional.of("Display piece is damaged")));
    }

    @Test
    void workIsFoundByItsReferenceAlone() {
        Work unnamed = testing.work(1, DeliveryMethod.SHIPPING);
        testing.staff(testing.release(unnamed), "acknowledge");

        assertThat(stores.read(unnamed).status()).contains(FulfillmentStatus.ACKNOWLEDGED);
    }

    @Test
    void recallTakesBackWhatTheStoreHasBegun() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.staff(work, "acknowledge");

        assertThat(stores.recall(work, "recall-1")).isInstanceOf(Reply.Done.class);

        assertThat(stores.read(work).status()).contains(FulfillmentStatus.CANCELLED);
        assertThat(testing.effects(UPDATE)).hasSize(1);
    }

    @Test
    void recallAfterTheHandoverIsRefused() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.staff(work, "acknowledge");
        testing.staff(work, "prepare");
        testing.staff(work, "complete");

        assertThat(stores.recall(work, "recall-1"))
                .isEqualTo(Reply.refused(FailureCode.FACILITY_REFUSED, "the store has already handed it over"));
        assertThat(testing.effects(UPDATE)).isEmpty();
    }

    @Test
    void recallReadsAgainAfterAConflict() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.fault(UPDATE, "\"kind\":\"status\",\"status\":409");

        assertThat(stores.recall(work, "recall-1")).isInstanceOf(Reply.Done.class);
        assertThat(testing.effects(UPDATE)).hasSize(1);
    }

    @Test
    void orderOfAnotherReferenceIsNotOurs() {
        Work work = testing.release(testing.work(1, DeliveryMethod.SHIPPING));

        assertThat(stores.findRelease(testing.work(11, DeliveryMethod.SHIPPING)))
                .isEmpty();
        assertThat(stores.findRelease(FacilitySystemUnderTest.knownAs(work, "NoSuchOrderAtAll")))
                .isEmpty();
    }
}
