package io.throughline.connectors.shopify.returns;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ChannelReturn;
import io.throughline.domain.returns.ChannelReturnId;
import io.throughline.domain.returns.ChannelReturns;
import io.throughline.domain.returns.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Returns that customers have asked for in their account, or that the staff has opened in the admin. What customers write about them is not read, for it is
 * personal.
 */
public final class ShopifyReturns implements ChannelReturns {
    private static final String RETURN = "Return";

    /** What Shopify sends to a customer with a decline. */
    private static final int LONGEST_NOTE = 500;

    private final Shops shops;

    public ShopifyReturns(Shops shops) {
        this.shops = shops;
    }

    @Override
    public Optional<ChannelReturn> read(ChannelReturnId id) {
        return shop(id).call(Operation.RETURN_READ, Map.of("id", gid(id)), Found.class)
                .found()
                .map(document -> document.toReturn(id));
    }

    @Override
    public Reply approve(ChannelReturnId id) {
        Map<String, Object> input = Map.of("id", gid(id), "notifyCustomer", false);
        return answered(
                id,
                shop(id).call(Operation.RETURN_APPROVE_REQUEST, Map.of("input", input), Approved.class)
                        .returnApproveRequest());
    }

    @Override
    public Reply decline(ChannelReturnId id, Refusal reason, String words) {
        Map<String, Object> input = Map.of(
                "id",
                gid(id),
                "declineReason",
                declineReason(reason),
                "declineNote",
                cut(words),
                "notifyCustomer",
                true);
        return answered(
                id,
                shop(id).call(Operation.RETURN_DECLINE_REQUEST, Map.of("input", input), Declined.class)
                        .returnDeclineRequest());
    }

    private static String declineReason(Refusal reason) {
        return switch (reason) {
            case WINDOW_CLOSED -> "RETURN_PERIOD_ENDED";
            case NOT_RETURNABLE -> "FINAL_SALE";
            case NOT_OF_THIS_ORDER, NOT_HANDED_OVER, WITHOUT_GOODS, MORE_THAN_IS_LEFT, UNKNOWN_GRADE, CUSTOMER_LIMIT ->
                "OTHER";
        };
    }

    private static String cut(String words) {
        return words.length() <= LONGEST_NOTE ? words : words.substring(0, LONGEST_NOTE - 1) + "…";
    }

    private static Reply answered(ChannelReturnId id, Answer answer) {
        return UserError.refusal(answer.userErrors(), FailureCode.CHANNEL_REFUSED)
                .orElseGet(() -> Reply.done(id.number()));
    }

    private AdminApi shop(ChannelReturnId id) {
        return shops.of(id.account());
    }

    private static String gid(ChannelReturnId id) {
        return Gid.of(RETURN, id.number());
    }

    private record Found(Optional<Document> found) {}

    private record Approved(Answer returnApproveRequest) {}

    private record Declined(Answer returnDeclineRequest) {}

    private record Answer(List<UserError> userErrors) {}

    private record Document(
            String status, Reference order, Connection<Reference> exchangeLineItems, Connection<Line> returnLineItems) {
        ChannelReturn toReturn(ChannelReturnId id) {
            List<Line> lines = returnLineItems.nodes();
            return new ChannelReturn(
                    id,
                    new OrderKey(id.account(), order.number()),
                    statusOf(status),
                    lines.stream().flatMap(line -> line.units().stream()).toList(),
                    untakeable(),
                    lines.stream().anyMatch(line -> line.processedQuantity() > 0),
                    lines.stream().anyMatch(line -> line.refundedQuantity() > 0));
        }

        private Optional<String> untakeable() {
            if (!exchangeLineItems.nodes().isEmpty()) {
                return Optional.of("its customer wants something in exchange, which is agreed on by hand");
            }
            if (returnLineItems.next().isPresent()) {
                return Optional.of("it has more lines than are read");
            }
            return returnLineItems.nodes().stream()
                                    .allMatch(line -> line.units().isPresent())
                            && !returnLineItems.nodes().isEmpty()
                    ? Optional.empty()
                    : Optional.of("not all of its lines say what of the order comes back");
        }

        private static ChannelReturn.Status statusOf(String status) {
            return switch (status) {
                case "REQUESTED" -> ChannelReturn.Status.REQUESTED;
                case "OPEN" -> ChannelReturn.Status.OPEN;
                case "CLOSED" -> ChannelReturn.Status.CLOSED;
                case "CANCELED" -> ChannelReturn.Status.CANCELLED;
                case "DECLINED" -> ChannelReturn.Status.DECLINED;
                default -> ChannelReturn.Status.UNKNOWN;
            };
        }
    }

    private record Line(
            int quantity,
            int processedQuantity,
            int refundedQuantity,
            Optional<Reason> returnReasonDefinition,
            Optional<Fulfilled> fulfillmentLineItem) {
        Optional<ChannelReturn.Units> units() {
            return fulfillmentLineItem
                    .filter(fulfilled -> quantity > 0)
                    .map(fulfilled -> new ChannelReturn.Units(
                            fulfilled.lineItem().number(),
                            quantity,
                            ReasonHandles.reason(
                                    returnReasonDefinition.map(Reason::handle).orElse(""))));
        }
    }

    private record Reason(String handle) {}

    private record Fulfilled(Reference lineItem) {}
}
