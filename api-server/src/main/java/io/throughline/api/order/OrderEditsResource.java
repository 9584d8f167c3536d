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
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.OrderEdits;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Exchange;
import io.throughline.runtime.retailer.Retailer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Edits of one order that a client has handed over. */
@Path("/v1/orders/{id}/edits")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
public final class OrderEditsResource {
    private final AccountId account;
    private final EditReader reader;
    private final OrderEdits edits;
    private final Orders orders;
    private final OrderReading reading;

    private OrderEditsResource(
            AccountId account, EditReader reader, OrderEdits edits, Orders orders, OrderReading reading) {
        this.account = account;
        this.reader = reader;
        this.edits = edits;
        this.orders = orders;
        this.reading = reading;
    }

    /** Of the orders of the retailer's account for REST clients. */
    public static OrderEditsResource of(
            Retailer retailer,
            Assortment assortment,
            Baskets baskets,
            OrderEdits edits,
            Orders orders,
            OrderReading reading,
            Clock clock) {
        AccountId account = retailer.restAccount();
        SubmissionReader reader = new SubmissionReader(account, assortment, retailer.facilities(), baskets, clock);
        return new OrderEditsResource(account, new EditReader(reader, clock), edits, orders, reading);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow({Role.SUPPORT, Role.INTEGRATION, Role.ADMIN})
    @Operation(
            operationId = "editOrder",
            summary = "Makes less of an order, or sends it elsewhere; or tells what would come of that",
            description = "For orders that clients have handed over, until their work is given out. The whole order is"
                    + " said anew, with its taxes and payments: fewer units, lines left out, another address. Where the"
                    + " order's policy plans edits, units can be taken off after that, too: what is not packed is asked"
                    + " back from whoever has it, and what is packed or has left stays for a person to settle. Else,"
                    + " only what is still to come of an order that goes out in parts. With"
                    + " preview=true nothing happens, and a plan is told; the same request with that plan carries out"
                    + " exactly that, or is answered 409 with what has changed meanwhile. An order that another channel"
                    + " keeps is edited there: what changes there is taken in.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = EditRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The preview, as of now",
            content = @Content(schema = @Schema(implementation = ChangePlanView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "It is edited; its process goes on with it right after",
            content = @Content(schema = @Schema(implementation = OrderSummary.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Another channel keeps it, its work is given out, it has ended, or another plan would be"
                    + " carried out now")
    public Response edit(
            @PathParam("id") String id,
            @Parameter(description = "Only tell what would come of it", schema = @Schema(type = "boolean"))
                    @QueryParam("preview")
                    @Nullable
                    String preview,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        OrderView order = reading.view(id);
        boolean onlyAsked = Parameters.flag("preview", preview);
        EditRequest request = StrictJson.read(body, EditRequest.class);
        OrderEdits.Edit edit = reader.read(kept(order), request.order());
        if (onlyAsked) {
            return Response.ok(preview(edit)).build();
        }
        String plan = Cancellations.token(request.plan().orElse(""));
        Cancellations.refusing(order.id(), () -> {
            edits.carryOut(edit, plan, Caller.of(security).actor());
            return edit;
        });
        return Response.accepted(reading.summary(reading.view(id))).build();
    }

    private ChangePlanView preview(OrderEdits.Edit edit) {
        ChangePlan plan = Cancellations.refusing(edit.order().id(), () -> edits.plan(edit));
        if (plan.steps().isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "Nothing would change.",
                    List.of(new FieldError("/order", "less than the order was, or for another address")));
        }
        return reading.plan(plan);
    }

    /** The order as it was told last. */
    private Order kept(OrderView order) {
        if (!order.key().account().equals(account)) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    order.channel() == Channel.MARKETPLACE
                            ? "Order " + order.id() + " was sold by the marketplace "
                                    + order.key().account()
                                    + ", which hears of no edits: cancel it, or let it go out as it is."
                            : "Order " + order.id() + " is kept by its channel "
                                    + order.key().account() + ": edit it there, and what changes is taken in.");
        }
        Exchange.returnOf(order.key()).ifPresent(returned -> {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Order " + order.id() + " was taken in exchange for " + returned
                            + ", whose credit pays it: cancel it, and the money is given back.");
        });
        return orders.find(order.id())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT, "Order " + order.id() + " is being taken in: try again in a moment."));
    }

    /** An order as it shall be. */
    @Schema(name = "OrderEditRequest")
    public record EditRequest(
            @Schema(description = "The whole order as it shall be, as it was handed over otherwise")
            OrderSubmission order,

            @Schema(description = "The plan of a preview, which shall be carried out as it was shown or not at all")
            Optional<String> plan) {}
}
