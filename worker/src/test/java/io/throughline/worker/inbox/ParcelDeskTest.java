package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingParcels;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.TestingReturnParcels;
import io.throughline.domain.returns.TestingReturns;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ParcelDeskTest {
    private static final Tracking TRACKING = new Tracking("Sandbox Parcel", "SP1");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingParcels parcels = new TestingParcels();
    private final Authorised returns = new Authorised();
    private final TestingReturns known = new TestingReturns();
    private final TestingReturnParcels ofReturns = new TestingReturnParcels(known, clock);
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final ParcelId id = ParcelId.of(FulfillmentOrderId.of(order.id(), 1), 1);
    private final List<LineQuantity> lines =
            List.of(new LineQuantity(order.lines().getFirst().id(), SampleOrders.TEE, 2));
    private final ParcelDesk desk = desk(Set.of(SampleAccounts.SHOP));

    @Test
    void whatIsDeliveredIsWrittenDownAndNothingElse() {
        parcels.send(order.key(), id, TRACKING, lines);

        assertThat(told("DELIVERED")).isInstanceOf(Handling.Done.class);

        assertThat(parcels.ofWork(id.work()).getFirst().status()).isEqualTo(ParcelStatus.DELIVERED);
        assertThat(returns.requests).isEmpty();
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whatIsLostIsOneReturnHoweverOftenItIsTold() {
        parcels.send(order.key(), id, TRACKING, lines);

        told("LOST");
        told("LOST");

        assertThat(returns.requests).hasSize(1);
        ReturnRequest request = returns.requests.values().iterator().next();
        assertThat(request.cause()).isEqualTo(new ReturnCause.ParcelLost("SP1"));
        assertThat(request.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.quantity()).isEqualTo(2));
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void theParcelOfAReturnMovesItAndMakesNoOther() {
        ReturnId returned = labelled();

        assertThat(told("IN_TRANSIT")).isInstanceOf(Handling.Done.class);
        assertThat(known.get(returned).goods()).isEqualTo(GoodsStatus.IN_TRANSIT);
        assertThat(told("LOST")).isInstanceOf(Handling.Done.class);

        assertThat(returns.requests).isEmpty();
        assertThat(cases.all()).as("its process asks after the goods").isEmpty();
    }

    @Test
    void ofWhatNoProcessWaitsForAPersonHearsOnce() {
        ReturnId returned = labelled();
        known.close(returned);

        told("LOST");
        told("LOST");

        assertThat(cases.all()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(FailureCode.PARCEL_ASTRAY);
            assertThat(one.subject()).isEqualTo(returned.value());
        });
    }

    private ReturnId labelled() {
        ReturnId returned = known.authorise(
                order,
                new ReturnedTo.ByMail(),
                false,
                new ReturnRequest.Line(order.lines().getFirst().id(), 1, ReturnReason.UNWANTED, Optional.empty()));
        known.wantsLabel(returned, new ReturnParcel.Wanted(SampleFacilities.WH_EAST, ReturnParcel.Terms.none()));
        ofReturns.labelled(
                ReturnParcelId.of(returned, 1),
                SampleAccounts.CARRIER,
                new Label(TRACKING, "https://labels.example/SP1"));
        return returned;
    }

    /** Facilities write numbers as they are printed. */
    @Test
    void whatItsCarrierAnswersIsHandledAsWhatItTells() {
        Tracking printed = new Tracking(TRACKING.carrier(), "SP 1 2/3");
        parcels.send(order.key(), id, printed, lines);

        Handling handling = desk.handle(List.of(new InboxMessage(
                        1,
                        SampleAccounts.CARRIER,
                        ParcelDesk.TOPIC,
                        "asked",
                        ParcelDesk.subject(SampleAccounts.CARRIER, printed.number()),
                        ParcelDesk.body(new TrackingNews(ParcelStatus.LOST, Instant.EPOCH)),
                        Instant.EPOCH,
                        0)))
                .orElseThrow();

        assertThat(handling).isInstanceOf(Handling.Done.class);
        assertThat(returns.requests).hasSize(1);
    }

    @Test
    void ofAParcelOfWhichNobodySaysWhatLiesInItAPersonHearsOnce() {
        parcels.send(order.key(), id, TRACKING, List.of());

        told("REFUSED");
        told("REFUSED");

        assertThat(cases.all()).extracting(Case::code).containsExactly(FailureCode.PARCEL_ASTRAY);
        assertThat(cases.all().getFirst().detail()).contains("SP1", "REFUSED", "what lies in it");
    }

    @Test
    void aChannelThatGivesNoMoneyBackIsAPersonsBusiness() {
        parcels.send(order.key(), id, TRACKING, lines);

        desk(Set.of()).handle(List.of(message("LOST")));

        assertThat(returns.requests).isEmpty();
        assertThat(cases.all()).extracting(Case::code).containsExactly(FailureCode.PARCEL_ASTRAY);
    }

    @Test
    void newsOfAnUnknownParcelMayHaveOvertakenItsReport() {
        assertThat(told("DELIVERED")).isInstanceOf(Handling.Later.class);
        assertThat(desk.handle(List.of(message("NONSENSE")))).containsInstanceOf(Handling.Unreadable.class);
    }

    private ParcelDesk desk(Set<AccountId> refunding) {
        return new ParcelDesk(new ParcelTracking(
                Map.of(SampleAccounts.CARRIER, TRACKING.carrier()),
                parcels,
                ofReturns,
                returns,
                (purchase, request) -> {
                    throw new UnsupportedOperationException("the policy's business");
                },
                cases,
                refunding));
    }

    private Handling told(String status) {
        return desk.handle(List.of(message(status))).orElseThrow();
    }

    private static InboxMessage message(String status) {
        return new InboxMessage(
                1,
                SampleAccounts.CARRIER,
                "parcel/updated",
                "e-1",
                "parcel/" + SampleAccounts.CARRIER + "/" + TRACKING.number(),
                "{\"status\":\"" + status + "\",\"at\":\"2026-11-23T08:00:00Z\"}",
                Instant.EPOCH,
                0);
    }

    /** Allows all that is asked, once under each key. */
    private static final class Authorised implements ReturnIntake {
        private final Map<String, ReturnRequest> requests = new LinkedHashMap<>();

        @Override
        public Outcome authorise(
                Submission submission,
                OrderKey order,
                ReturnRequest request,
                boolean refundFirst,
                Function<Purchase, ReturnPreview> rule) {
            ReturnId id = ReturnId.of(request.order(), 1);
            return requests.putIfAbsent(submission.key(), request) == null
                    ? new Outcome.Stored(id)
                    : new Outcome.Replayed(id);
        }

        @Override
        public Outcome exchange(
                Submission submission,
                OrderKey order,
                ReturnRequest request,
                boolean refundFirst,
                Function<Purchase, ReturnPreview> rule,
                ExchangeOffer offer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ReturnId> authorised(String owner, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome pay(Submission submission, ReturnId id, Exchange.Paid payment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome receive(Submission submission, ReturnId id, Arrival arrival) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome inspect(Submission submission, ReturnId id, Finding finding) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome approve(ReturnId id, Person by) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome regrade(Submission submission, ReturnId id, List<Regraded> found) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome refuse(ReturnId id, Person by, String reason, RefusedGoods goods) {
            throw new UnsupportedOperationException();
        }
    }
}
