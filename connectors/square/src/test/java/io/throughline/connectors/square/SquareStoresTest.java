package io.throughline.connectors.square;

import static io.throughline.connectors.square.TestingStores.reference;
import static io.throughline.connectors.square.TestingStores.released;
import static io.throughline.connectors.square.TestingStores.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkProgress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores as a facility system: what a release and a recall leave at Square, whatever happens on the way. */
class SquareStoresTest {

    private static final String CREATE = "POST /v2/orders";
    private static final String PAY = "POST /v2/orders/{id}/pay";
    private static final String UPDATE = "PUT /v2/orders/{id}";

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
    void releaseMakesOnePaidOrderThatCostsNothing() {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);

        assertThat(stores.findRelease(work)).isEmpty();
        String order = reference(stores.release(work, "key-1"));

        assertThat(stores.findRelease(work)).contains(Receipt.of(order));
        assertThat(testing.square.workOf(TestingStores.POS, order)).contains(work.id());
        assertThat(testing.effects(CREATE)).singleElement().satisfies(effect -> {
            assertThat(effect.path("key").asText()).isEqualTo("key-1");
            assertThat(effect.path("detail").path("reference").asText()).isEqualTo("O-7K2M9Q4XTA-F1");
            assertThat(effect.path("detail").path("total").path("amount").asInt())
                    .isZero();
        });
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    @Test
    void releaseAgainIsTheSameOrderEvenWithAForgottenKey() {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        String order = reference(stores.release(work, "key-1"));

        testing.control("POST", "/square/idempotency/forget", "");

        assertThat(reference(stores.release(work, "key-1"))).isEqualTo(order);
        assertThat(reference(stores.release(work, "key-2"))).isEqualTo(order);
        assertThat(testing.effects(CREATE)).hasSize(1);
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    @Test
    void lostReplyToTheCreationIsNoReleaseYetAndARepeatCompletesIt() {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        testing.fault(CREATE, "\"kind\":\"lose_reply\"");

        assertUnknown(failure(() -> stores.release(work, "key-1")), FailureCode.OUTCOME_UNKNOWN);
        assertThat(stores.findRelease(work)).isEmpty();
        reference(stores.release(work, "key-2"));

        assertThat(testing.effects(CREATE)).hasSize(1);
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    @Test
    void lostReplyToThePaymentIsFoundByTheProbe() {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        testing.fault(PAY, "\"kind\":\"lose_reply\"");

        assertUnknown(failure(() -> stores.release(work, "key-1")), FailureCode.OUTCOME_UNKNOWN);

        assertThat(stores.findRelease(work)).isPresent();
        assertThat(testing.effects(PAY)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"kind\":\"status\",\"status\":500', SYSTEM_ERROR",
        "'\"kind\":\"status\",\"status\":503', SYSTEM_ERROR",
        "'\"kind\":\"html\",\"status\":502', REPLY_UNREADABLE",
        "'\"kind\":\"truncate\"', OUTCOME_UNKNOWN",
        "'\"kind\":\"refuse\"', OUTCOME_UNKNOWN"
    })
    void unclearAnswerLeavesTheOutcomeUnknownAndIsNotRepeated(String fault, FailureCode code) {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        testing.fault(CREATE, fault);

        assertUnknown(failure(() -> stores.release(work, "key-1")), code);

        assertThat(testing.sandbox.ledger().attempts(Optional.of("square"), 0))
                .filteredOn(attempt -> attempt.path("operation").asText().equals(CREATE))
                .hasSize(1);
        reference(stores.release(work, "key-1"));
        assertThat(testing.effects(CREATE)).hasSize(1);
    }

    @Test
    void silenceEndsAtTheTimeout() {
        Work work = testing.work(1, DeliveryMethod.SHIPPING);
        testing.fault(CREATE, "\"kind\":\"hang\",\"delayMillis\":3000");
        try (SquareConnector hasty = TestingStores.connect(testing.config().withTimeout(Duration.ofMillis(400)))) {
            assertUnknown(failure(() -> hasty.stores().release(work, "key-1")), FailureCode.OUTCOME_UNKNOWN);
        }
    }

    @Test
    void rateLimitSaysWhenToComeBack() {
        testing.fault(CREATE, "\"kind\":\"status\",\"status\":429,\"retryAfterSeconds\":7");

        SystemFailure failure = failure(() -> stores.release(testing.work(1, DeliveryMethod.SHIPPING), "key-1"));

        assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void refusedTokenIsCertainlyWithoutEffect() {
        testing.fault(CREATE, "\"kind\":\"status\",\"status\":401");

        SystemFailure failure = failure(() -> stores.release(testing.work(1, DeliveryMethod.SHIPPING), "key-1"));

        assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIAL_REFUSED);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void closedDoorIsCertainlyWithoutEffect() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        SquareConfig config =
                SquareConfig.of(TestingStores.POS, nobody, "token", "NORTHWIND", "key", TestingStores.HOOK);
        try (SquareConnector unreachable = TestingStores.connect(config)) {
            SystemFailure failure =
                    failure(() -> unreachable.stores().release(testing.work(1, DeliveryMethod.SHIPPING), "key-1"));
            assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
            assertThat(failure.effectPossible()).isFalse();
        }
    }

    @Test
    void unknownProductIsRefusedBeforeAnythingIsMade() {
        Reply reply = stores.release(work(1, DeliveryMethod.SHIPPING, "NO-SUCH-SKU", Optional.empty()), "key-1");

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
    void shippingStoreIsFollowedToItsTrackingNumber() {
        Work work = testing.release(testing.work(1, DeliveryMethod.SHIPPING));

        assertThat(stores.read(work).status()).contains(FulfillmentStatus.RELEASED);
        testing.staff(work, "acknowledge");
        assertThat(stores.read(work).status()).contains(FulfillmentStatus.ACKNOWLEDGED);
        testing.staff(work, "prepare");
        assertThat(stores.read(work).status()).contains(FulfillmentStatus.PACKED);
        testing.staff(work, "complete");

        WorkProgress done = stores.read(work);
        assertThat(done.status()).contains(FulfillmentStatus.SHIPPED);
        assertThat(done.tracking().orElseThrow().carrier()).isEqualTo("Sandbox Parcel");
        assertThat(done.tracking().orElseThrow().number()).startsWith("SP");
    }

    @Test
    void pickupIsFollowedToItsHandover() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.staff(work, "acknowledge");
        testing.staff(work, "prepare");
        assertThat(stores.read(work).status()).contains(FulfillmentStatus.READY_FOR_PICKUP);
        testing.staff(work, "complete");

        assertThat(stores.read(work))
                .isEqualTo(
                        new WorkProgress(Optional.of(FulfillmentStatus.PICKED_UP), Optional.empty(), Optional.empty()));
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
        assertThat(stores.recall(work, "recall-1")).isInstanceOf(Reply.Done.class);
    }

    @Test
    void workIsFoundByItsReferenceAlone() {
        Work unnamed = testing.work(1, DeliveryMethod.SHIPPING);
        testing.staff(testing.release(unnamed), "acknowledge");

        assertThat(stores.read(unnamed).status()).contains(FulfillmentStatus.ACKNOWLEDGED);
        assertThat(stores.read(testing.work(2, DeliveryMethod.SHIPPING)).status())
                .isEmpty();
    }

    @Test
    void recallTakesOpenWorkBackOnce() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.staff(work, "acknowledge");

        assertThat(stores.findRecall(work)).isEmpty();
        assertThat(stores.recall(work, "recall-1")).isInstanceOf(Reply.Done.class);
        assertThat(stores.recall(work, "recall-1")).isInstanceOf(Reply.Done.class);

        assertThat(stores.findRecall(work)).isPresent();
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
    void recallWhoseReplyIsLostIsFound() {
        Work work = testing.release(testing.work(1, DeliveryMethod.PICKUP));
        testing.fault(UPDATE, "\"kind\":\"lose_reply\"");

        assertUnknown(failure(() -> stores.recall(work, "recall-1")), FailureCode.OUTCOME_UNKNOWN);
        assertThat(stores.findRecall(work))
                .contains(Receipt.of(work.workReference().orElseThrow()));
    }

    @Test
    void orderOfAnotherReferenceIsNotOurs() {
        Work work = testing.release(testing.work(1, DeliveryMethod.SHIPPING));

        assertThat(stores.findRelease(testing.work(11, DeliveryMethod.SHIPPING)))
                .isEmpty();
        assertThat(stores.findRelease(released(work, "NoSuchOrderAtAll"))).isEmpty();
    }

    private static void assertUnknown(SystemFailure failure, FailureCode code) {
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.effectPossible()).isTrue();
    }

    private static SystemFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        SystemFailure failure = catchThrowableOfType(SystemFailure.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
