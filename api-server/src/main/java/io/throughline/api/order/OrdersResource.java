package io.throughline.api.order;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.catalog.Assortment;
import io.throughline.api.http.Keyed;
import io.throughline.api.http.Limit;
import io.throughline.api.http.Links;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Account;
import io.throughline.domain.availability.NewPromises;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderIntake;
import io.throughline.domain.order.OrderIntake.Outcome;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.runtime.retailer.Retailer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Orders that clients hand over, and where all orders stand. */
@Path("/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
public final class OrdersResource {
    private final OrderDesk.Desks desks;
    private final PickupCheck pickups;
    private final OrderIntake intake;
    private final OrderReading reading;
    private final Links links;

    private OrdersResource(
            OrderDesk.Desks desks, PickupCheck pickups, OrderIntake intake, OrderReading reading, Links links) {
        this.desks = desks;
        this.pickups = pickups;
        this.intake = intake;
        this.reading = reading;
        this.links = links;
    }

    /** Orders go to the account of the marketplace that hands them over, or else to the retailer's account for REST clients. */
    public static OrdersResource of(
            Retailer retailer,
            Assortment assortment,
            OrderIntake intake,
            Baskets baskets,
            NewPromises promises,
            OrderReading reading,
            Links links,
            Clock clock) {
        return new OrdersResource(
                OrderDesk.of(retailer, assortment, baskets, clock),
                new PickupCheck(promises, baskets, retailer.catalog()),
                intake,
                reading,
                links);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.INTEGRATION, Role.ADMIN})
    @Operation(
            operationId = "submitOrder",
            summary = "Hands over an order",
            description =
                    "The order is stored before the answer; its process starts right after. The same key with the same "
                            + "content gives the same answer again. An order of a marketplace comes with the key of its client: it"
                            + " is shipped, in the marketplace's currency, and paid by tenders whose gateway is the"
                            + " marketplace's account; its deadlines are counted from placedAt.")
    @Keyed(newForEach = "order", leadsTo = "order")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = OrderSubmission.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Stored",
            content = @Content(schema = @Schema(implementation = OrderAccepted.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Another order has this external id, the account is off, or the store where it is to be"
                    + " collected is paused")
    public Response submit(
            @Context HttpHeaders headers, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        IdempotencyKey key = IdempotencyKey.of(headers);
        OrderSubmission submission = StrictJson.read(body, OrderSubmission.class);
        String client = Caller.of(security).owner();
        OrderDesk desk = desks.of(client);
        String hash = Sha256.hex(StrictJson.canonical(submission));
        Outcome outcome = intake.earlier(client, key.value(), hash)
                .orElseGet(() -> submit(desk, client, key, hash, desk.read(submission)));
        return switch (outcome) {
            case Outcome.Accepted accepted ->
                accepted(desk, accepted.id(), submission.externalId()).build();
            case Outcome.Replayed replayed ->
                accepted(desk, replayed.id(), submission.externalId())
                        .header(IdempotencyKey.REPLAYED, "true")
                        .build();
            case Outcome.KeyReused reused ->
                throw new ProblemException(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "An earlier request had this Idempotency-Key and other content. Use a new key for a new order.");
            case Outcome.OrderExists exists ->
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Order " + exists.id() + " has the external id '" + submission.externalId()
                                + "' and other content.");
        };
    }

    /** An order that was taken in before gets its answer, whatever is promised by now. */
    private Outcome submit(OrderDesk desk, String client, IdempotencyKey key, String hash, SubmittedOrder submitted) {
        if (!intake.has(submitted.order().id())) {
            refuseWhereNothingBegins(desk.account());
            pickups.require(submitted);
        }
        return intake.submit(
                client,
                key.value(),
                hash,
                submitted.order(),
                submitted.person(),
                submitted.basket(),
                desk.deadlines(submitted.order()));
    }

    private static void refuseWhereNothingBegins(Account account) {
        if (account.isOff()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "No order is taken in just now: the account '" + account.id()
                            + "', to which this channel's orders belong, is configured with mode OFF.");
        }
    }

    private Response.ResponseBuilder accepted(OrderDesk desk, OrderId id, String externalId) {
        OrderKey key = new OrderKey(desk.account().id(), externalId);
        return Response.accepted(new OrderAccepted(
                        id.value(), key.workflowId(), OrderStatus.RECEIVED.name(), links.ofOrder(id, key)))
                .location(links.order(id));
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "listOrders", summary = "The newest orders")
    public OrderSummary.OrderList list(
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "500", defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit) {
        return reading.recent(Limit.of(limit));
    }
}
