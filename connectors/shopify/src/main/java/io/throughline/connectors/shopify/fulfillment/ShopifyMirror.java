package io.throughline.connectors.shopify.fulfillment;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Failures;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps Shopify's fulfillment orders in step with ours. Shopify moves, splits and merges them as it likes, so an order's are all
 * read before each change, and what they hold decides: none of these calls takes an idempotency key.
 */
public final class ShopifyMirror implements FulfillmentMirror {
    private static final String OVERTAKEN = "INVALID_LINE_ITEM_QUANTITY";
    private static final String NOT_THERE = "no open fulfillment order of this order holds these lines";
    private static final String NOTHING_LEFT = "NO_LINE_ITEMS_TO_PREPARE_FOR_FULFILLMENT_ORDER";

    private final Shops shops;
    private final ChannelWorkReader reader = new ChannelWorkReader();

    public ShopifyMirror(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Optional<Receipt> findAssignment(Assignment assignment) {
        return assigned(work(assignment.order()), assignment);
    }

    @Override
    public Reply assign(Assignment assignment, String vendorKey) {
        List<ChannelWork> all = work(assignment.order());
        Optional<Receipt> done = assigned(all, assignment);
        if (done.isPresent()) {
            return Reply.done(done.get());
        }
        Optional<ChannelWork> source = holding(all, assignment.channelWork(), assignment.lines());
        if (source.isEmpty()) {
            return Reply.refused(FailureCode.CHANNEL_REFUSED, NOT_THERE);
        }
        if (source.get().onHold()) {
            throw SystemFailure.withoutEffect(
                    FailureCode.CHANNEL_REFUSED,
                    "it is held back in Shopify: fulfillment order "
                            + source.get().describe(),
                    null);
        }
        Reply reply = source.get().liesAt(assignment.location())
                ? split(source.get(), assignment)
                : move(source.get(), assignment);
        return reply instanceof Reply.Refused ? unlessOvertaken(reply, all, assignment) : reply;
    }

    @Override
    public boolean isHeld(Assignment assignment) {
        return holding(work(assignment.order()), assignment.channelWork(), assignment.lines())
                .filter(ChannelWork::onHold)
                .isPresent();
    }

    /** Other parts of the order are moved at the same time: a refusal holds only where nothing has changed since it was read. */
    private Reply unlessOvertaken(Reply refused, List<ChannelWork> before, Assignment assignment) {
        if (work(assignment.order()).equals(before)) {
            return refused;
        }
        throw SystemFailure.withoutEffect(
                FailureCode.EFFECT_IN_FLIGHT, "another part of " + assignment.order() + " was moved meanwhile", null);
    }

    /** Its own fulfillment order first: another one may hold the same lines at the same place. What is held back is nobody's work yet. */
    private static Optional<Receipt> assigned(List<ChannelWork> all, Assignment assignment) {
        return ownFirst(all, assignment.channelWork())
                .filter(work -> !work.onHold())
                .filter(work -> work.liesAt(assignment.location()) && work.holdsExactly(assignment.lines()))
                .findFirst()
                .map(work -> Receipt.of(work.id()));
    }

    private Reply move(ChannelWork source, Assignment assignment) {
        if (!source.supports("MOVE")) {
            return Reply.refused(FailureCode.CHANNEL_REFUSED, "fulfillment order " + source.describe());
        }
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("id", source.id());
        variables.put("newLocationId", Gid.of("Location", assignment.location()));
        if (!source.holdsExactly(assignment.lines())) {
            variables.put("items", source.lineInput(assignment.lines()));
        }
        Moving answer = shop(assignment)
                .call(Operation.FULFILLMENT_ORDER_MOVE, variables, Moved.class)
                .fulfillmentOrderMove();
        return refusal(answer.userErrors())
                .orElseGet(() -> answer.movedFulfillmentOrder()
                        .map(moved -> Reply.done(moved.id()))
                        .orElseGet(() -> assignedAfterChange(assignment)));
    }

    private Reply split(ChannelWork source, Assignment assignment) {
        if (!source.supports("SPLIT")) {
            return Reply.refused(FailureCode.CHANNEL_REFUSED, "fulfillment order " + source.describe());
        }
        Map<String, Object> part = Map.of(
                "fulfillmentOrderId", source.id(),
                "fulfillmentOrderLineItems", source.lineInput(assignment.lines()));
        Splitting answer = shop(assignment)
                .call(Operation.FULFILLMENT_ORDER_SPLIT, Map.of("splits", List.of(part)), Split.class)
                .fulfillmentOrderSplit();
        return refusal(answer.userErrors()).orElseGet(() -> assignedAfterChange(assignment));
    }

    /** Quantities that no longer fit mean that another part of the order was moved meanwhile: to be read and decided anew. */
    private static Optional<Reply> refusal(List<UserError> errors) {
        if (errors.stream()
                .anyMatch(error -> error.code().filter(OVERTAKEN::equals).isPresent())) {
            throw SystemFailure.withoutEffect(FailureCode.EFFECT_IN_FLIGHT, UserError.words(errors), null);
        }
        return UserError.refusal(errors, FailureCode.CHANNEL_REFUSED);
    }

    /** Which of the fulfillment orders now holds the lines, Shopify does not say plainly; so they are read. */
    private Reply assignedAfterChange(Assignment assignment) {
        return Failures.afterChange(() -> assigned(work(assignment.order()), assignment)
                .map(Reply::done)
                .orElseThrow(() -> SystemFailure.outcomeUnknown(
                        FailureCode.OUTCOME_UNKNOWN,
                        "the lines of " + assignment.id() + " are not where they were moved to",
                        null)));
    }

    @Override
    public Optional<Receipt> findReady(String channelWork, OrderKey order) {
        return reader.find(shops.of(order.account()), channelWork)
                .filter(ShopifyMirror::prepared)
                .map(work -> Receipt.of(work.id()));
    }

    @Override
    public Reply readyForPickup(String channelWork, OrderKey order, String vendorKey) {
        AdminApi shop = shops.of(order.account());
        Optional<ChannelWork> work = reader.find(shop, channelWork);
        if (work.isEmpty()) {
            return Reply.refused(FailureCode.CHANNEL_REFUSED, "Shopify has no fulfillment order " + channelWork);
        }
        if (prepared(work.get())) {
            return Reply.done(channelWork);
        }
        if (work.get().ended()) {
            return Reply.refused(
                    FailureCode.CHANNEL_REFUSED,
                    "fulfillment order " + work.get().describe());
        }
        Map<String, Object> input =
                Map.of("lineItemsByFulfillmentOrder", List.of(Map.of("fulfillmentOrderId", channelWork)));
        Preparing answer = shop.call(
                        Operation.FULFILLMENT_ORDERS_PREPARED_FOR_PICKUP, Map.of("input", input), Prepared.class)
                .fulfillmentOrderLineItemsPreparedForPickup();
        // Shopify shows nowhere that work was prepared, but it refuses to prepare it a second time.
        boolean before = answer.userErrors().stream()
                .anyMatch(error -> error.code().filter(NOTHING_LEFT::equals).isPresent());
        return before
                ? Reply.done(channelWork)
                : UserError.refusal(answer.userErrors(), FailureCode.CHANNEL_REFUSED)
                        .orElseGet(() -> Reply.done(channelWork));
    }

    private static boolean prepared(ChannelWork work) {
        return work.fulfillments().nodes().stream().anyMatch(each -> each.readyForPickup() || each.succeeded());
    }

    @Override
    public Optional<Receipt> findHandover(Handover handover) {
        return HandedOverItems.found(work(handover.order()), handover);
    }

    @Override
    public Reply handOver(Handover handover, String vendorKey) {
        List<ChannelWork> all = work(handover.order());
        Optional<Receipt> done = HandedOverItems.found(all, handover);
        if (done.isPresent()) {
            return Reply.done(done.get());
        }
        List<ChannelWork> sources = HandedOverItems.sources(all, handover);
        if (sources.isEmpty()) {
            return Reply.refused(FailureCode.CHANNEL_REFUSED, NOT_THERE);
        }
        Optional<ChannelWork> closed = sources.stream()
                .filter(source -> !source.supports("CREATE_FULFILLMENT"))
                .findFirst();
        if (closed.isPresent()) {
            return Reply.refused(
                    FailureCode.CHANNEL_REFUSED,
                    "fulfillment order " + closed.get().describe());
        }
        Creating answer = shops.of(handover.order().account())
                .call(
                        Operation.FULFILLMENT_CREATE,
                        Map.of(
                                "fulfillment",
                                HandedOverItems.input(sources, handover),
                                "message",
                                "Throughline " + handover.id()),
                        Created.class)
                .fulfillmentCreate();
        return UserError.refusal(answer.userErrors(), FailureCode.CHANNEL_REFUSED)
                .orElseGet(() -> answer.fulfillment()
                        .map(made -> Reply.done(HandedOverItems.receipt(made.id(), handover.tracking())))
                        .orElseGet(
                                () -> Reply.refused(FailureCode.CHANNEL_REFUSED, "Shopify gave no fulfillment back")));
    }

    private static Optional<ChannelWork> holding(List<ChannelWork> all, String own, List<LineQuantity> lines) {
        return ownFirst(all, own).filter(work -> work.holds(lines)).findFirst();
    }

    private static Stream<ChannelWork> ownFirst(List<ChannelWork> all, String own) {
        return Stream.concat(
                all.stream().filter(work -> work.id().equals(own)),
                all.stream().filter(work -> !work.id().equals(own)));
    }

    private List<ChannelWork> work(OrderKey order) {
        return reader.ofOrder(shops.of(order.account()), order);
    }

    private AdminApi shop(Assignment assignment) {
        return shops.of(assignment.order().account());
    }

    private record Moved(Moving fulfillmentOrderMove) {}

    private record Moving(Optional<Reference> movedFulfillmentOrder, List<UserError> userErrors) {}

    private record Split(Splitting fulfillmentOrderSplit) {}

    private record Splitting(List<UserError> userErrors) {}

    private record Prepared(Preparing fulfillmentOrderLineItemsPreparedForPickup) {}

    private record Preparing(List<UserError> userErrors) {}

    private record Created(Creating fulfillmentCreate) {}

    private record Creating(Optional<Reference> fulfillment, List<UserError> userErrors) {}
}
