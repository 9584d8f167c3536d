package io.throughline.api.webhook;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Public;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.connectors.marketplace.MarketplaceWebhooks;
import io.throughline.connectors.marketplace.MarketplaceWebhooks.CancellationAsked;
import io.throughline.connectors.marketplace.MarketplaceWebhooks.Forged;
import io.throughline.connectors.marketplace.MarketplaceWebhooks.ReturnAsked;
import io.throughline.connectors.marketplace.MarketplaceWebhooks.Unreadable;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where marketplaces ask to cancel their orders or to take something of them back, and are told at once what becomes of that. */
@Path("/webhooks/marketplace")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "webhooks")
public final class MarketplaceWebhookResource {
    private static final Logger LOG = LoggerFactory.getLogger(MarketplaceWebhookResource.class);

    private final MarketplaceWebhooks webhooks;
    private final Accounts accounts;
    private final Orders orders;
    private final MarketplaceOrders marketplaceOrders;
    private final Interventions interventions;
    private final MarketplaceReturns returns;

    public MarketplaceWebhookResource(
            MarketplaceWebhooks webhooks,
            Accounts accounts,
            Orders orders,
            MarketplaceOrders marketplaceOrders,
            Interventions interventions,
            MarketplaceReturns returns) {
        this.webhooks = webhooks;
        this.accounts = accounts;
        this.orders = orders;
        this.marketplaceOrders = marketplaceOrders;
        this.interventions = interventions;
        this.returns = returns;
    }

    /** What becomes of a marketplace's wish. */
    public enum Outcome {
        /** What has not left is stopped; the marketplace hears by its own API when that is done. */
        CANCELLING,
        CANCELLED,
        /** All of it has left: it can only be taken back. */
        TOO_LATE,
        /** It is taken back, as a return; the marketplace hears by its own API what its buyer gets for it. */
        AUTHORISED,
        /** It is not taken back. */
        REFUSED,
        /** The marketplace's account is off: nothing is taken in. */
        NOT_HEARD
    }

    @Schema(name = "MarketplaceAnswer")
    public record Answer(
            String orderId,
            Outcome outcome,

            @Schema(description = "What has left already, and stays so")
            List<Units> left,

            @Schema(
                    description =
                            "Our name of what is taken back, which the refund will bear; to be written on the parcel",
                    example = "O-7K2M9Q4XTA-R1")
            Optional<String> returnId,

            @Schema(description = "Why something is not taken back, with the rule that says so")
            List<String> why) {
        /** To the wish to cancel. */
        private static Answer of(OrderKey order, Outcome outcome, List<Units> left) {
            return new Answer(order.externalId(), outcome, left, Optional.empty(), List.of());
        }
    }

    @Schema(name = "MarketplaceUnits")
    public record Units(String lineId, int quantity) {}

    @POST
    @Public("marketplaces sign what they send")
    @Operation(
            operationId = "receiveMarketplaceWebhook",
            summary = "Takes in what a marketplace asks for, signed by it",
            description =
                    "The type order.cancellation_requested with an orderId, or order.return_requested with an orderId, a"
                            + " returnId of the marketplace's own, lines of line, quantity and reason (NO_LONGER_WANTED,"
                            + " DOES_NOT_FIT, NOT_AS_DESCRIBED, DEFECTIVE, DAMAGED, WRONG_ITEM, ARRIVED_LATE, NOT_RECEIVED,"
                            + " OTHER), and goodsStay where no goods come back. Asked again, the answer is as it stands"
                            + " then.")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schema = @Schema(type = "object")))
    @ApiResponse(
            responseCode = "200",
            description = "What becomes of it",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @ApiResponse(responseCode = "404", description = "No such order was handed over, or it is just being taken in")
    @ApiResponse(responseCode = "409", description = "Two people have to decide about so much; a case asks them")
    public Answer receive(@Context HttpHeaders headers, byte[] body) {
        return switch (webhooks.verify(body, FirstHeaders.of(headers))) {
            case CancellationAsked(OrderKey key) -> cancel(key);
            case ReturnAsked asked -> takeBack(asked);
            case Unreadable(String reason) ->
                throw new ProblemException(ProblemType.INVALID_CONTENT, "Nothing can be made of it: " + reason + ".");
            case Forged(String reason) -> {
                LOG.warn("a webhook of a marketplace was refused: {}", reason);
                throw new ProblemException(ProblemType.FORGED, "This is not signed by one of our marketplaces.");
            }
        };
    }

    private Answer takeBack(ReturnAsked asked) {
        if (accounts.isOff(asked.order().account())) {
            return Answer.of(asked.order(), Outcome.NOT_HEARD, List.of());
        }
        known(asked.order());
        return returns.ask(asked);
    }

    private OrderId known(OrderKey key) {
        OrderId id = OrderId.of(key);
        if (orders.view(id).isEmpty()) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND,
                    "No order '" + key.externalId() + "' of " + key.account()
                            + " is known. If it was handed over just now, ask again in a moment.");
        }
        return id;
    }

    private Answer cancel(OrderKey key) {
        if (accounts.isOff(key.account())) {
            return Answer.of(key, Outcome.NOT_HEARD, List.of());
        }
        OrderId id = known(key);
        // First, so that its process knows the reason when it tells of the end.
        marketplaceOrders.cancellationAsked(id);
        boolean asked = ask(id, key);
        OrderView now = orders.view(id).orElseThrow();
        return Answer.of(key, outcome(now, asked), left(now));
    }

    private boolean ask(OrderId id, OrderKey key) {
        try {
            return interventions.cancel(id, "marketplace " + key.account(), "asked for by its marketplace");
        } catch (IllegalDecision refused) {
            throw new ProblemException(ProblemType.CONFLICT, "Order " + id + ": " + refused.getMessage() + ".");
        }
    }

    private static Outcome outcome(OrderView now, boolean asked) {
        if (now.status() == OrderStatus.CANCELLED || now.status() == OrderStatus.REJECTED) {
            return Outcome.CANCELLED;
        }
        return asked ? Outcome.CANCELLING : Outcome.TOO_LATE;
    }

    private static List<Units> left(OrderView now) {
        return now.fulfillmentOrders().stream()
                .filter(work -> work.status().handedOver())
                .map(FulfillmentOrder::lines)
                .flatMap(List::stream)
                .map(line -> new Units(line.lineId(), line.quantity()))
                .toList();
    }
}
