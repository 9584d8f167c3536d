package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The same work, but for what is said. */
public final class WorkCopy {
    private final FulfillmentOrder of;
    private FulfillmentStatus status;
    private List<LineQuantity> lines;
    private Optional<String> channelWork;
    private Optional<String> workReference;
    private Optional<Tracking> tracking;
    private Optional<String> reason;
    private Optional<Instant> deadline;
    private boolean hinted;
    private boolean reported;
    private Optional<Inbound> inbound;
    private FacilityAnswer answer;
    private Optional<WorkHold> held;
    private HoldNews holdNews;

    private WorkCopy(FulfillmentOrder of) {
        this.of = of;
        status = of.status();
        lines = of.lines();
        channelWork = of.channelWork();
        workReference = of.workReference();
        tracking = of.tracking();
        reason = of.reason();
        deadline = of.deadline();
        hinted = of.hinted();
        reported = of.reported();
        inbound = of.inbound();
        answer = of.answer();
        held = of.held();
        holdNews = of.holdNews();
    }

    public static WorkCopy of(FulfillmentOrder work) {
        return new WorkCopy(work);
    }

    public WorkCopy status(FulfillmentStatus status) {
        this.status = status;
        return this;
    }

    public WorkCopy lines(List<LineQuantity> lines) {
        this.lines = lines;
        return this;
    }

    public WorkCopy channelWork(Optional<String> channelWork) {
        this.channelWork = channelWork;
        return this;
    }

    public WorkCopy workReference(Optional<String> workReference) {
        this.workReference = workReference;
        return this;
    }

    public WorkCopy tracking(Optional<Tracking> tracking) {
        this.tracking = tracking;
        return this;
    }

    public WorkCopy reason(Optional<String> reason) {
        this.reason = reason;
        return this;
    }

    public WorkCopy deadline(Optional<Instant> deadline) {
        this.deadline = deadline;
        return this;
    }

    public WorkCopy hinted(boolean hinted) {
        this.hinted = hinted;
        return this;
    }

    public WorkCopy reported(boolean reported) {
        this.reported = reported;
        return this;
    }

    public WorkCopy inbound(Optional<Inbound> inbound) {
        this.inbound = inbound;
        return this;
    }

    public WorkCopy answer(FacilityAnswer answer) {
        this.answer = answer;
        return this;
    }

    public WorkCopy held(Optional<WorkHold> held) {
        this.held = held;
        return this;
    }

    public WorkCopy holdNews(HoldNews holdNews) {
        this.holdNews = holdNews;
        return this;
    }

    public FulfillmentOrder build() {
        return new FulfillmentOrder(
                of.id(),
                of.facility(),
                of.method(),
                status,
                lines,
                channelWork,
                workReference,
                tracking,
                reason,
                deadline,
                hinted,
                reported,
                inbound,
                answer,
                held,
                holdNews);
    }
}
