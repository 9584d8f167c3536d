package io.throughline.activities;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.HoldNotice;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A POS or third-party warehouse whose progress a test decides. */
public final class TestingFacilitySystem implements FacilitySystem {
    private final TestingVendor vendor;
    private final Map<FulfillmentOrderId, WorkProgress> progress = new ConcurrentHashMap<>();
    private final Map<FulfillmentOrderId, List<LineQuantity>> asked = new ConcurrentHashMap<>();
    private final Set<FulfillmentOrderId> keeping = ConcurrentHashMap.newKeySet();
    private final Map<FulfillmentOrderId, Instant> askedBack = new ConcurrentHashMap<>();
    private final Set<AccountId> readAt = ConcurrentHashMap.newKeySet();

    public TestingFacilitySystem(TestingVendor vendor) {
        this.vendor = vendor;
    }

    public void report(FulfillmentOrderId id, FulfillmentStatus status) {
        Optional<Tracking> tracking =
                status == FulfillmentStatus.SHIPPED ? Optional.of(new Tracking("UPS", "1Z-" + id)) : Optional.empty();
        progress.put(id, new WorkProgress(Optional.of(status), tracking, Optional.empty()));
    }

    /** When it is asked for that back, it says no and goes on. */
    public void keeps(FulfillmentOrderId id) {
        keeping.add(id);
    }

    /** It has been asked for that back since. */
    public void isAskedBack(FulfillmentOrderId id, Instant at) {
        askedBack.put(id, at);
    }

    /** What it says, whatever that is. */
    public void report(FulfillmentOrderId id, WorkProgress told) {
        progress.put(id, told);
    }

    /** The accounts at which work was read. */
    public Set<AccountId> readAt() {
        return Set.copyOf(readAt);
    }

    /** What a facility was asked to take from its shelves. */
    public List<LineQuantity> askedFor(FulfillmentOrderId id) {
        return asked.getOrDefault(id, List.of());
    }

    @Override
    public Optional<Receipt> findRelease(Work work) {
        return vendor.find("release", work.id().value());
    }

    @Override
    public Reply release(Work work, String vendorKey) {
        asked.put(work.id(), work.goods());
        return vendor.change("release", work.id().value(), vendorKey);
    }

    @Override
    public Optional<Receipt> findRecall(Work work) {
        return vendor.find("recall", work.id().value());
    }

    @Override
    public Reply recall(Work work, String vendorKey) {
        if (keeping.contains(work.id())) {
            report(
                    work.id(),
                    new WorkProgress(Optional.of(FulfillmentStatus.ACKNOWLEDGED), Optional.empty(), Optional.empty())
                            .answering(FacilityAnswer.keepsIt()));
            return Reply.refused(FailureCode.FACILITY_REFUSED, "it has rejected the cancellation");
        }
        return vendor.change("recall", work.id().value(), vendorKey);
    }

    @Override
    public Optional<Instant> askedBackAt(Work work) {
        return Optional.ofNullable(askedBack.get(work.id()));
    }

    @Override
    public Optional<Receipt> findCompletion(Work work) {
        return vendor.find("complete", work.id().value());
    }

    @Override
    public Reply complete(Work work, Optional<Tracking> tracking, String vendorKey) {
        return vendor.change("complete", work.id().value(), vendorKey);
    }

    @Override
    public Optional<Receipt> findHold(Work work, HoldNotice notice) {
        return vendor.find(word(notice), reference(work, notice));
    }

    @Override
    public Reply tellHold(Work work, HoldNotice notice, String vendorKey) {
        return vendor.change(word(notice), reference(work, notice), vendorKey);
    }

    private static String word(HoldNotice notice) {
        return notice.held() ? "hold" : "let go";
    }

    private static String reference(Work work, HoldNotice notice) {
        return work.id() + " " + notice.number();
    }

    @Override
    public WorkProgress read(Work work) {
        vendor.reachable("read work");
        readAt.add(work.account());
        return progress.getOrDefault(work.id(), WorkProgress.nothing());
    }
}
