package io.throughline.store.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.HoldNews;
import io.throughline.domain.fulfillment.HoldNotice;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.StoreReports.Answer;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkHold.Source;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.payment.Disputes;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What holds a store's work, and what the store is told of that. */
class WorkHoldsTest extends StoreReportsFixture {
    private static final String REASON = "its payment is disputed by the customer";
    private static final WorkHold DISPUTED = new WorkHold(Source.DISPUTE, "D1", REASON);

    private final WorkHolds holds = POSTGRES.database().workHolds();
    private final Disputes disputes = POSTGRES.database().disputes();

    @Test
    void aStoreIsRefusedWhatIsHeldAndGoesOnWhenItIsLetGo() {
        take(new StoreReport.Acknowledged());
        Instant until = work.get(id).deadline().orElseThrow();
        assertThat(holds.place(order, DISPUTED)).isTrue();

        assertThat(take(new StoreReport.PickStarted()))
                .isEqualTo(new Answer.Refused(FulfillmentStatus.ACKNOWLEDGED, REASON));
        assertThat(take(new StoreReport.Acknowledged()))
                .as("what was reported before")
                .isInstanceOf(Answer.Taken.class);
        assertThat(work.get(id).held()).contains(DISPUTED);
        assertThat(listed()).containsExactly(Optional.of(DISPUTED));

        POSTGRES.clock().advance(Duration.ofHours(3));
        holds.end(order, Source.DISPUTE, "D1", "somebody has decided so");

        assertThat(work.get(id).held()).isEmpty();
        assertThat(work.get(id).deadline()).as("no time has run").contains(until.plus(Duration.ofHours(3)));
        assertThat(status(take(new StoreReport.PickStarted()))).isEqualTo(FulfillmentStatus.PICKING);
    }

    /** Odd for a hold, even for its end; what may have been told is told to its end before anything else is. */
    @Test
    void whatItsFacilityIsToldOfAHoldHasANumberBeforeItIsTold() {
        assertThat(work.askToTellHold(id)).as("nothing holds it").isEmpty();

        holds.place(order, DISPUTED);
        assertThat(work.get(id).holdToTell()).isTrue();
        assertThat(work.askToTellHold(id)).contains(new HoldNotice(1, true, REASON, false));
        assertThat(work.askToTellHold(id))
                .as("asked again it is the same")
                .contains(new HoldNotice(1, true, REASON, false));
        holds.end(order, Source.DISPUTE, "D1", "the dispute is won");
        assertThat(work.askToTellHold(id)).map(HoldNotice::number).contains(1);
        work.holdTold(id, 1);
        assertThat(work.askToTellHold(id)).map(HoldNotice::held).contains(false);
        work.holdTold(id, 2);
        work.holdTold(id, 1);
        assertThat(work.get(id).holdToTell()).isFalse();

        WorkHold own = new WorkHold(Source.CHANNEL, "gid://1", "it is on hold at the channel: OTHER");
        holds.place(order, own);
        assertThat(work.askToTellHold(id)).contains(new HoldNotice(3, true, own.reason(), true));
        work.cancelled(id, "the order has ended");
        assertThat(work.askToTellHold(id)).as("nobody works at it any more").isEmpty();
        assertThat(work.get(id).holdNews()).isEqualTo(new HoldNews(3, 2));
    }

    @Test
    void howMuchIsDisputedIsKeptAndToldOnce() {
        Dispute unknown = new Dispute("D7", Dispute.Kind.CHARGEBACK, Dispute.Status.NEEDS_RESPONSE);
        Dispute known = unknown.about(Optional.of(Money.of("5.00", CurrencyCode.of("USD"))));
        disputes.heard(order, unknown);
        disputes.heard(order, known);
        disputes.heard(order, known);
        disputes.heard(order, unknown);

        assertThat(disputes.of(order)).as("what was told once is not forgotten").containsExactly(known);
        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("payment.disputed"))
                .extracting(entry -> entry.detail().get("amount"))
                .containsExactly("an amount that is not told", known.amountWords());
    }

    @Test
    void itsProcessIsWokenOnceForEachAndTheTraceTellsWhy() {
        holds.place(order, DISPUTED);
        assertThat(holds.place(order, DISPUTED)).as("the same again").isFalse();
        holds.end(order, Source.DISPUTE, "D1", "the dispute is won");
        holds.end(order, Source.DISPUTE, "D1", "the dispute is won");
        assertThat(holds.place(order, DISPUTED))
                .as("whoever has let it go is not asked again")
                .isFalse();

        assertThat(messages()).hasSize(2).allSatisfy(message -> {
            assertThat(message.topic()).isEqualTo("throughline/work");
            assertThat(message.body()).isEqualTo(id.value());
        });
        assertThat(kinds()).containsOnlyOnce("work.held").containsOnlyOnce("work.let-go");
        assertThat(holds.standing(order)).isEmpty();
    }

    @Test
    void aChannelHoldsWhatItsOwnItemMirrorsAsOftenAsItLikes() {
        WorkHold other = new WorkHold(Source.CHANNEL, "gid://2", "it is on hold at the channel: OTHER");
        holds.place(order, other);
        assertThat(work.get(id).held()).as("another item").isEmpty();

        WorkHold own = new WorkHold(Source.CHANNEL, "gid://1", "it is on hold at the channel: OTHER");
        for (int time = 1; time <= 2; time++) {
            assertThat(holds.place(order, own)).isTrue();
            assertThat(work.get(id).held()).contains(own);
            POSTGRES.clock().advance(Duration.ofMinutes(1));
            holds.end(order, Source.CHANNEL, "gid://1", "its channel holds it no more");
            assertThat(work.get(id).held()).isEmpty();
        }
    }

    /** A dispute is told before what the channel holds, which ends by itself; what both have stopped is given back once. */
    @Test
    void whatIsHeldTwiceIsHeldByTheDisputeAndLosesNoTimeTwice() {
        Instant until = work.get(id).deadline().orElseThrow();
        WorkHold channel = new WorkHold(Source.CHANNEL, "gid://1", "it is on hold at the channel: OTHER");
        holds.place(order, channel);
        POSTGRES.clock().advance(Duration.ofHours(1));
        holds.place(order, DISPUTED);
        assertThat(work.get(id).held()).contains(DISPUTED);
        POSTGRES.clock().advance(Duration.ofHours(2));
        holds.end(order, Source.CHANNEL, "gid://1", "its channel holds it no more");
        assertThat(work.get(id).held()).contains(DISPUTED);
        POSTGRES.clock().advance(Duration.ofHours(4));
        holds.end(order, Source.DISPUTE, "D1", "somebody has decided so");

        assertThat(work.get(id).deadline()).contains(until.plus(Duration.ofHours(7)));
    }

    /** Under one lock: what a store reports comes before the hold, or is refused because of it. */
    @RepeatedTest(5)
    void aHoldAndAReportAtOnceAreOneAfterTheOther() throws InterruptedException, ExecutionException {
        List<Object> answers = Together.run(
                2, thread -> thread == 0 ? holds.place(order, DISPUTED) : take(new StoreReport.Acknowledged()));

        assertThat(answers.getFirst()).isEqualTo(true);
        boolean taken = answers.getLast() instanceof Answer.Taken;
        assertThat(work.get(id).status())
                .isEqualTo(taken ? FulfillmentStatus.ACKNOWLEDGED : FulfillmentStatus.RELEASED);
    }

    @Test
    void aDisputeIsKnownAsItsChannelToldItLast() {
        Dispute begun = new Dispute("D7", Dispute.Kind.INQUIRY, Dispute.Status.NEEDS_RESPONSE);
        disputes.heard(order, begun);
        disputes.heard(order, begun);
        assertThat(disputes.of(order)).containsExactly(begun);

        Dispute lost = new Dispute("D7", Dispute.Kind.INQUIRY, Dispute.Status.LOST);
        disputes.heard(order, lost);
        assertThat(disputes.of(order)).containsExactly(lost);
        assertThat(kinds().stream().filter("payment.disputed"::equals)).hasSize(2);
        assertThat(POSTGRES.database().trace().lookup("D7")).contains(order.value());
    }

    private List<Optional<WorkHold>> listed() {
        WorkLists lists = POSTGRES.database().workLists();
        return lists.at(STORE, Set.of(FulfillmentStatus.ACKNOWLEDGED), Optional.empty(), 500).stream()
                .filter(item -> item.work().id().equals(id))
                .map(item -> item.work().held())
                .toList();
    }

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
