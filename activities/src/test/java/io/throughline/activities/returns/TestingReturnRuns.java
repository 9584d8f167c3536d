package io.throughline.activities.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.SamplePeople;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What tests of whole returns go through again and again, and what they find of one that has ended. */
final class TestingReturnRuns {
    static final List<String> EFFECTS = List.of("invoice", "payment", "repay", "tell", "tell");
    static final String END = "goods INSPECTED, money ENDED";

    private TestingReturnRuns() {}

    static Stream<String> operations() {
        return Stream.of("repay", "invoice", "payment", "tell");
    }

    static void assertEnded(ReturnRun run, List<String> effects) {
        assertEnded(run, END, effects);
    }

    static void assertEnded(ReturnRun run, String end, List<String> effects) {
        assertThat(run.result()).isEqualTo(end);
        assertThat(run.retail.vendor.effects().stream()
                        .map(effect -> effect.split(" ", 2)[0])
                        .sorted())
                .containsExactlyElementsOf(effects);
        assertThat(run.returned().closedAt()).isPresent();
        assertThat(run.retail.cases.open().stream().filter(one -> one.code() != FailureCode.CHANGED_AFTER_SHIPMENT))
                .isEmpty();
    }

    /** Sent with a label of ours to the warehouse, by a policy that keeps 6.95 for it. */
    static ReturnRun labelled(boolean elseByCustomer, boolean refundFirst, AccountId... carriers) {
        return labelled(elseByCustomer, refundFirst, Checkpoints.none(), carriers);
    }

    /** The same, whose process may die at a named point. */
    static ReturnRun labelled(
            boolean elseByCustomer, boolean refundFirst, Checkpoints checkpoints, AccountId... carriers) {
        ReturnRun run = new ReturnRun(false, refundFirst, checkpoints);
        ReturnParcel.Terms terms = new ReturnParcel.Terms(Duration.ofDays(21), Duration.ofDays(3));
        run.retail
                .returnPolicy
                .labelFee(usd("6.95"))
                .mail(new ReturnPolicy.Mail(
                        SampleFacilities.WH_EAST,
                        Set.of(),
                        List.of(carriers),
                        Optional.of(Duration.ofHours(4)),
                        elseByCustomer,
                        terms));
        run.retail.people.put(run.order.customer(), SamplePeople.ADA);
        run.retail.shop.isFor(SamplePeople.ADA);
        run.retail.returns.wantsLabel(run.id, new ReturnParcel.Wanted(SampleFacilities.WH_EAST, terms));
        return run;
    }

    /** Its carrier tells where the parcel is that the customer sends. */
    static ReturnRun scanned(ReturnRun run, ParcelStatus status) {
        Tracking tracking = parcel(run, 1).tracking().orElseThrow();
        run.retail.returnParcels.hear(tracking.carrier(), tracking.number(), new TrackingNews(status, run.now()));
        return run.wake("return");
    }

    static ReturnParcel parcel(ReturnRun run, int ordinal) {
        return run.returned().parcels().get(ordinal - 1);
    }

    static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
