package io.throughline.store.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.PickupCode;
import io.throughline.domain.fulfillment.PickupProof;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReport.Ground;
import io.throughline.domain.fulfillment.StoreReport.Rest;
import io.throughline.domain.fulfillment.StoreReport.Scope;
import io.throughline.domain.fulfillment.StoreReports.Answer;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.Together;
import io.throughline.store.inventory.FacilityWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What two devices of a store, and those who cancel, say at once or one after the other. */
class StoreReportsTest extends StoreReportsFixture {
    private static final StoreReport PACKING = StoreReport.Packing.labelled(List.of(new Tracking("UPS", "1Z-1")));
    private static final StoreReport REJECTION =
            new StoreReport.Rejection(Scope.GROUP, Set.of(), Ground.NO_CAPACITY, Optional.of("Ada is ill"));

    @Test
    void workIsReportedFromItsAcknowledgementToItsHandover() {
        assertThat(status(take(new StoreReport.Acknowledged()))).isEqualTo(FulfillmentStatus.ACKNOWLEDGED);
        assertThat(work.get(id).deadline()).contains(now().plus(Duration.ofHours(1)));
        assertThat(status(take(new StoreReport.PickStarted()))).isEqualTo(FulfillmentStatus.PICKING);
        assertThat(status(take(StoreReport.Packing.labelled(List.of(tracking("1Z"))))))
                .isEqualTo(FulfillmentStatus.PACKED);
        assertThat(status(take(new StoreReport.Handover(Optional.empty())))).isEqualTo(FulfillmentStatus.SHIPPED);

        FulfillmentOrder shipped = work.get(id);
        assertThat(shipped.reported()).isTrue();
        assertThat(shipped.tracking()).contains(tracking("1Z"));
        assertThat(shipped.deadline()).isEmpty();
        assertThat(POSTGRES.database().trace().lookup(tracking("1Z").number())).contains(order.value());
        inventory.consume(id);
        assertThat(balance(STORE).onHand()).isEqualTo(2);
    }

    /** Whatever its tills do. */
    @Test
    void aReportIsAWordOfItsStore() {
        POSTGRES.clock().advance(Duration.ofMinutes(1));

        take(new StoreReport.Acknowledged());

        assertThat(POSTGRES.database()
                        .stock(SampleStockRules.plain())
                        .stockReading()
                        .heard()
                        .lastWord(STORE))
                .contains(new Word(FacilityWords.APP, now()));
    }

    @Test
    void theSameReportAgainGetsTheSameAnswerAndWakesNobodyAgain() {
        Answer first = take(new StoreReport.Acknowledged());
        take(new StoreReport.PickStarted());
        POSTGRES.clock().advance(Duration.ofMinutes(1));

        assertThat(take(new StoreReport.Acknowledged())).isEqualTo(first);
        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.PICKING);
        assertThat(messages()).hasSize(2).allSatisfy(message -> {
            assertThat(message.topic()).isEqualTo("throughline/work");
            assertThat(message.body()).isEqualTo(id.value());
        });
    }

    @Test
    void whatWasFoundStaysAndTheRestIsWorkThatTheStoreHasRejected() {
        take(new StoreReport.PickStarted());

        Answer.Taken answer = (Answer.Taken) take(shortage(1));

        FulfillmentOrderId rest = FulfillmentOrderId.of(order, 2);
        assertThat(answer.givenBack()).contains(rest);
        assertThat(answer.status()).isEqualTo(FulfillmentStatus.PICKING);
        assertThat(work.get(id).lines()).containsExactly(tees(1));
        assertThat(work.get(rest).lines()).containsExactly(tees(2));
        assertThat(work.get(rest).status()).isEqualTo(FulfillmentStatus.REJECTED);
        assertThat(work.get(rest).reported()).isTrue();
        assertThat(balance(STORE).onHand())
                .as("what was not found is not there")
                .isEqualTo(3);
        assertThat(balance(STORE).reserved()).isEqualTo(1);
        assertThat(balance(FacilityId.UNROUTED).reserved()).as("its demand is").isEqualTo(2);
        assertThat(kinds()).contains("work.reported", "stock.released", "work.status");
    }

    @Test
    void whatACustomerLeavesForAnotherTimeLiesReadyOnAndNothingIsLost() {
        release(DeliveryMethod.PICKUP);
        take(shortage(2));
        take(new StoreReport.Ready());
        Optional<Instant> until = work.get(id).deadline();

        Answer.Taken answer = (Answer.Taken) take(part(1, Rest.WAITS));

        FulfillmentOrderId rest = FulfillmentOrderId.of(order, 3);
        assertThat(answer.status()).isEqualTo(FulfillmentStatus.PICKED_UP);
        assertThat(answer.givenBack()).contains(rest);
        assertThat(take(part(1, Rest.WAITS))).as("the same again").isEqualTo(answer);
        assertThat(work.get(id).lines()).containsExactly(tees(1));
        assertThat(work.get(rest).lines()).containsExactly(tees(1));
        assertThat(work.get(rest).status()).isEqualTo(FulfillmentStatus.READY_FOR_PICKUP);
        assertThat(work.get(rest).deadline()).isEqualTo(until);
        int others = 3;
        assertThat(balance(STORE).reserved()).isEqualTo(others + 2);
        inventory.consume(id);
        assertThat(balance(STORE).reserved()).isEqualTo(others + 1);
        assertThat(balance(STORE).onHand()).isEqualTo(8);

        id = rest;
        assertThat(status(take(HANDOVER))).isEqualTo(FulfillmentStatus.PICKED_UP);
        inventory.consume(rest);
        assertThat(balance(STORE).reserved()).isEqualTo(others);
        assertThat(balance(STORE).onHand()).isEqualTo(7);
    }

    @Test
    void whatIsNotThereAtTheHandoverIsLookedForElsewhere() {
        release(DeliveryMethod.PICKUP);
        take(new StoreReport.Ready());
        take(part(2, Rest.NOT_FOUND));

        FulfillmentOrderId rest = FulfillmentOrderId.of(order, 2);
        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.PICKED_UP);
        assertThat(work.get(rest).status()).isEqualTo(FulfillmentStatus.REJECTED);
        assertThat(POSTGRES.database().reroutes().latest(rest).orElseThrow().cause())
                .isEqualTo(RerouteCause.SHORT);
        assertThat(balance(STORE).onHand()).as("what is not there").isEqualTo(9);
        assertThat(balance(STORE).reserved()).as("with another order's").isEqualTo(3 + 2);
        assertThat(balance(FacilityId.UNROUTED).reserved()).isEqualTo(1);
    }

    private static StoreReport part(int tees, Rest rest) {
        return new StoreReport.Handover(
                Optional.empty(), Optional.empty(), Optional.of(new StoreReport.HandedPart(Map.of("L1", tees), rest)));
    }

    @Test
    void whatWasGivenBackIsDoneElsewhereAndNothingIsLost() {
        take(shortage(1));
        assertThat(work.get(FulfillmentOrderId.of(order, 2)).reason()).contains("shortage: NOT_FOUND");
        FulfillmentOrderId elsewhere = allocate(OTHER, tees(2));

        inventory.consume(elsewhere);
        take(PACKING);
        take(new StoreReport.Handover(Optional.empty()));
        inventory.consume(id);

        assertThat(balance(STORE).onHand()).isEqualTo(2);
        assertThat(balance(OTHER).onHand()).isEqualTo(3);
        assertThat(List.of(balance(STORE), balance(OTHER), balance(FacilityId.UNROUTED)))
                .allSatisfy(balance -> assertThat(balance.reserved()).isZero());
    }

    @Test
    void aStoreIsNotGivenALineAgainThatItHasRejected() {
        take(REJECTION);

        assertThat(work.get(id).status()).isEqualTo(FulfillmentStatus.REJECTED);
        assertThat(work.get(id).reason()).as("its own words").contains("Ada is ill");
        assertThat(balance(STORE).onHand())
                .as("it has said nothing of its stock")
                .isEqualTo(5);
        assertThatThrownBy(() -> allocate(STORE, tees(3))).hasMessageContaining("23514");
        assertThat(allocate(OTHER, tees(3))).isEqualTo(FulfillmentOrderId.of(order, 2));
    }

    @Test
    void aStoreThatHasNothingMoreOfASkuIsNotAskedForItByAnybody() {
        take(new StoreReport.Rejection(Scope.SKU, Set.of("L1"), Ground.NOT_FOUND, Optional.empty()));

        assertThat(balance(STORE).onHand()).isZero();
        assertThat(inventory.availability(List.of(tee)).get(STORE)).containsEntry(tee, 0);
        assertThat(inventory.availability(List.of(tee)).get(OTHER)).containsEntry(tee, 5);
    }

    @Test
    void whatIsDamagedStaysWhereItIs() {
        take(new StoreReport.Shortage(Map.of("L1", 1), Ground.DAMAGED, Optional.empty()));

        assertThat(balance(STORE).onHand()).isEqualTo(5);
        assertThat(balance(STORE).damaged()).isEqualTo(2);
    }

    @Test
    void itsWordsAreNotInTheTrace() {
        take(REJECTION);

        assertThat(POSTGRES.database().trace().of(order.value()).toString()).doesNotContain("Ada");
        assertThat(POSTGRES.database().people().words(id.value())).contains("Ada is ill");
    }

    @Test
    void workOfAnOrderThatIsBeingCancelledIsNotHandedOver() {
        take(PACKING);
        assertThat(POSTGRES.database().interventions().cancel(order, "ada", "by telephone"))
                .isTrue();

        assertThat(take(new StoreReport.Handover(Optional.empty())))
                .isEqualTo(new Answer.Refused(FulfillmentStatus.PACKED, "its order is being cancelled"));
    }

    @Test
    void anOrderWhoseGoodsHaveLeftIsNotCancelled() {
        take(PACKING);
        take(new StoreReport.Handover(Optional.empty()));

        assertThat(POSTGRES.database().interventions().cancel(order, "ada", "by telephone"))
                .isFalse();
    }

    @Test
    void unknownWorkIsUnknown() {
        assertThat(reports.take(FulfillmentOrderId.of(order, 9), PACKING, "ada", status -> Optional.empty()))
                .isEqualTo(new Answer.Unknown());
    }

    @RepeatedTest(10)
    void ofTwoDevicesThatSayDifferentThingsAtOnceOneWins() throws InterruptedException, ExecutionException {
        List<Answer> answers = Together.run(2, device -> take(device == 0 ? PACKING : REJECTION));

        assertThat(answers).filteredOn(Answer.Taken.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(Answer.Refused.class::isInstance).hasSize(1);
        boolean packed = answers.getFirst() instanceof Answer.Taken;
        assertThat(work.get(id).status()).isEqualTo(packed ? FulfillmentStatus.PACKED : FulfillmentStatus.REJECTED);
        assertThat(balance(STORE).reserved()).isEqualTo(packed ? 3 : 0);
    }

    @RepeatedTest(10)
    void ofACancellationAndAHandoverAtOnceOneWins() throws InterruptedException, ExecutionException {
        take(PACKING);

        List<Boolean> won = Together.run(
                2,
                who -> who == 0
                        ? take(new StoreReport.Handover(Optional.empty())) instanceof Answer.Taken
                        : POSTGRES.database().interventions().cancel(order, "ada", "by telephone"));

        assertThat(won).containsExactlyInAnyOrder(true, false);
        assertThat(work.get(id).status().handedOver()).isEqualTo(won.getFirst());
    }

    @RepeatedTest(5)
    void manyDevicesThatSayTheSameGetOneAnswer() throws InterruptedException, ExecutionException {
        List<Answer> answers = Together.run(6, device -> take(shortage(1)));

        assertThat(Set.copyOf(answers)).hasSize(1);
        assertThat(work.ofOrder(order)).hasSize(2);
        assertThat(balance(STORE).onHand()).isEqualTo(3);
    }

    @Test
    void whoShowsACodeShowsOneThatWasTold() {
        release(DeliveryMethod.PICKUP);
        PickupCode first = PickupCode.random(new Random(1));
        PickupCode second = PickupCode.random(new Random(2));
        POSTGRES.database().pickupCodes().made(id, first);
        POSTGRES.database().pickupCodes().made(id, second);
        take(new StoreReport.Ready());

        assertThat(take(shows(PickupCode.random(new Random(3))))).isInstanceOf(Answer.Refused.class);
        assertThat(kinds()).contains("work.code-refused");
        assertThat(status(take(shows(second)))).isEqualTo(FulfillmentStatus.PICKED_UP);
        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("work.reported"))
                .last()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("proof", "CODE"));
        assertThat(POSTGRES.database().trace().of(order.value()).toString()).doesNotContain(second.value());
    }

    @Test
    void aCustomerIsRemindedOnce() {
        assertThat(work.reminded(id)).isFalse();
        work.remind(id);
        assertThat(work.reminded(id)).isTrue();
    }

    private static StoreReport shows(PickupCode code) {
        return new StoreReport.Handover(Optional.empty(), Optional.of(new PickupProof.Code(code)));
    }

    private static StoreReport shortage(int found) {
        return new StoreReport.Shortage(Map.of("L1", found), Ground.NOT_FOUND, Optional.empty());
    }

    private Balance balance(FacilityId facility) {
        return inventory.balances(List.of(tee)).stream()
                .filter(balance -> balance.facility().equals(facility))
                .findFirst()
                .orElseThrow();
    }

    /** What waits in the inbox about the order. */
    private List<InboxMessage> messages() {
        return POSTGRES.dispatched().stream()
                .filter(message -> message.body().startsWith(order.value()))
                .toList();
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of(order.value()).stream()
                .map(TraceEntry::kind)
                .toList();
    }
}
