package io.throughline.connectors.shopify.fulfillment;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Failures;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Patience;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.HoldNotice;
import io.throughline.domain.fulfillment.WorkProgress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Third-party warehouses, which get their work through Shopify as fulfillment services: a request is submitted, accepted or
 * rejected, and a fulfillment tells that the goods have left. Our own id travels in the request's message.
 */
public final class ShopifyWarehouses implements FacilitySystem {
    private final Shops shops;
    private final Patience patience;
    private final ChannelWorkReader reader = new ChannelWorkReader();

    public ShopifyWarehouses(Shops shops, Patience patience) {
        this.shops = shops;
        this.patience = patience;
    }

    @Override
    public Optional<Receipt> findRelease(Work work) {
        return reference(work).flatMap(gid -> reader.find(shop(work), gid)).flatMap(planned -> released(work, planned));
    }

    /** Submitting a part of a fulfillment order makes another one for it, which carries our message. */
    private Optional<Receipt> released(Work work, ChannelWork planned) {
        if (withService(planned) || planned.wasAskedFor(message(work))) {
            return Optional.of(Receipt.of(planned.id()));
        }
        return reader.ofOrder(shop(work), planned.orderId()).stream()
                .filter(other -> other.wasAskedFor(message(work)))
                .findFirst()
                .map(other -> Receipt.of(other.id()));
    }

    @Override
    public Reply release(Work work, String vendorKey) {
        Optional<ChannelWork> found = reference(work).flatMap(gid -> reader.find(shop(work), gid));
        if (found.isEmpty()) {
            return Reply.refused(FailureCode.FACILITY_REFUSED, "Shopify has no fulfillment order for " + work.id());
        }
        ChannelWork planned = found.get();
        if (withService(planned)) {
            return Reply.done(planned.id());
        }
        if (!planned.supports("REQUEST_FULFILLMENT") || !planned.holds(work.lines())) {
            return Reply.refused(FailureCode.FACILITY_REFUSED, "fulfillment order " + planned.describe());
        }
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("id", planned.id());
        variables.put("message", message(work));
        if (!planned.holdsExactly(work.lines())) {
            variables.put("items", planned.lineInput(work.lines()));
        }
        Submitting answer = shop(work)
                .call(Operation.FULFILLMENT_ORDER_SUBMIT_REQUEST, variables, Submitted.class)
                .fulfillmentOrderSubmitFulfillmentRequest();
        return UserError.refusal(answer.userErrors(), FailureCode.FACILITY_REFUSED)
                .orElseGet(() -> Reply.done(
                        answer.submittedFulfillmentOrder().map(Reference::id).orElse(planned.id())));
    }

    @Override
    public Optional<Receipt> findRecall(Work work) {
        return reference(work)
                .flatMap(gid -> reader.find(shop(work), gid))
                .filter(ShopifyWarehouses::backWithUs)
                .map(planned -> Receipt.of(planned.id()));
    }

    /** The service decides: the reply is given once it has. Until then the outcome is unknown and gets probed. */
    @Override
    public Reply recall(Work work, String vendorKey) {
        AdminApi shop = shop(work);
        Optional<ChannelWork> found = reference(work).flatMap(gid -> reader.find(shop, gid));
        if (found.isEmpty()) {
            return Reply.refused(FailureCode.FACILITY_REFUSED, "Shopify has no fulfillment order for " + work.id());
        }
        ChannelWork planned = found.get();
        if (backWithUs(planned)) {
            return Reply.done(planned.id());
        }
        if (planned.requestStatus().equals("CANCELLATION_REQUESTED")) {
            return Failures.afterChange(() -> decision(shop, planned.id()));
        }
        Optional<Reply> refusal = planned.requestStatus().equals("SUBMITTED")
                ? cancel(shop, planned)
                : requestCancellation(shop, planned, work);
        return refusal.orElseGet(() -> Failures.afterChange(() -> decision(shop, planned.id())));
    }

    /** Nobody has accepted it yet, so it needs nobody's consent. */
    private static Optional<Reply> cancel(AdminApi shop, ChannelWork planned) {
        if (!planned.supports("CANCEL_FULFILLMENT_ORDER")) {
            return Optional.of(Reply.refused(FailureCode.FACILITY_REFUSED, "fulfillment order " + planned.describe()));
        }
        Cancelling answer = shop.call(Operation.FULFILLMENT_ORDER_CANCEL, Map.of("id", planned.id()), Cancelled.class)
                .fulfillmentOrderCancel();
        return UserError.refusal(answer.userErrors(), FailureCode.FACILITY_REFUSED);
    }

    private static Optional<Reply> requestCancellation(AdminApi shop, ChannelWork planned, Work work) {
        if (!planned.supports("REQUEST_CANCELLATION")) {
            return Optional.of(refused(planned));
        }
        Cancelling answer = shop.call(
                        Operation.FULFILLMENT_ORDER_SUBMIT_CANCELLATION,
                        Map.of("id", planned.id(), "message", message(work)),
                        CancellationRequested.class)
                .fulfillmentOrderSubmitCancellationRequest();
        return UserError.refusal(answer.userErrors(), FailureCode.FACILITY_REFUSED);
    }

    private Reply decision(AdminApi shop, String gid) {
        Optional<ChannelWork> seen = patience.look(
                () -> reader.find(shop, gid),
                work -> work.map(ShopifyWarehouses::decided).orElse(true));
        if (seen.map(ShopifyWarehouses::backWithUs).orElse(true)) {
            return Reply.done(gid);
        }
        ChannelWork after = seen.get();
        if (decided(after)) {
            return refused(after);
        }
        throw SystemFailure.outcomeUnknown(
                FailureCode.EFFECT_IN_FLIGHT, "the warehouse has not answered the cancellation request yet", null);
    }

    @Override
    public Optional<Instant> askedBackAt(Work work) {
        return reference(work).flatMap(gid -> reader.find(shop(work), gid)).flatMap(ChannelWork::askedBackAt);
    }

    private static Reply refused(ChannelWork work) {
        String why = work.requestStatus().equals("CANCELLATION_REJECTED") && !work.ended()
                ? "the warehouse has rejected the cancellation and goes on: "
                : "";
        return Reply.refused(FailureCode.FACILITY_REFUSED, why + "fulfillment order " + work.describe());
    }

    private static boolean decided(ChannelWork work) {
        return !work.requestStatus().equals("CANCELLATION_REQUESTED") || work.ended();
    }

    /**
     * Shopify shows a service what is on hold, but holds nothing that one has accepted: of a hold at the order's own channel, which is this shop, it
     * knows; of any other a person must tell it, and that it is over.
     */
    @Override
    public Reply tellHold(Work work, HoldNotice notice, String vendorKey) {
        Optional<ChannelWork> found = reference(work).flatMap(gid -> reader.find(shop(work), gid));
        boolean onHold =
                found.filter(planned -> planned.status().equals("ON_HOLD")).isPresent();
        if (found.isPresent() && onHold == notice.held()) {
            return Reply.done(found.get().id());
        }
        return Reply.refused(
                FailureCode.FACILITY_REFUSED,
                notice.held()
                        ? "Shopify holds nothing back that a fulfillment service has accepted"
                        : "Shopify still has it on hold");
    }

    @Override
    public WorkProgress read(Work work) {
        return reference(work)
                .flatMap(gid -> reader.find(shop(work), gid))
                .map(found -> WarehouseProgress.of(found, work.method()))
                .orElseGet(WorkProgress::nothing);
    }

    /** Asked for and not refused: the service has it. */
    private static boolean withService(ChannelWork work) {
        return switch (work.requestStatus()) {
            case "SUBMITTED", "ACCEPTED", "CANCELLATION_REQUESTED", "CANCELLATION_REJECTED" -> true;
            default -> false;
        };
    }

    /** Nothing of it was handed over, and the service will not do it. What was cancelled in time is closed and replaced. */
    private static boolean backWithUs(ChannelWork work) {
        boolean untouched = work.fulfillment().isEmpty();
        return untouched
                && switch (work.requestStatus()) {
                    case "UNSUBMITTED", "REJECTED", "CANCELLATION_ACCEPTED" -> true;
                    default -> work.ended();
                };
    }

    private static Optional<String> reference(Work work) {
        return work.workReference().or(work::channelWork);
    }

    private static String message(Work work) {
        return "Throughline " + work.id();
    }

    private AdminApi shop(Work work) {
        return shops.of(work.account());
    }

    private record Submitted(Submitting fulfillmentOrderSubmitFulfillmentRequest) {}

    private record Submitting(Optional<Reference> submittedFulfillmentOrder, List<UserError> userErrors) {}

    private record Cancelled(Cancelling fulfillmentOrderCancel) {}

    private record CancellationRequested(Cancelling fulfillmentOrderSubmitCancellationRequest) {}

    private record Cancelling(List<UserError> userErrors) {}
}
