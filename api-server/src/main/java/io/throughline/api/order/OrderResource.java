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
import io.throughline.api.http.Parameters;
import io.throughline.api.http.StrictJson;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.access.Role;
import io.throughline.domain.order.OrderView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One order. */
@Path("/v1/orders/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
public final class OrderResource {
    private final OrderReading reading;
    private final Cancellations cancellations;

    public OrderResource(OrderReading reading, Cancellations cancellations) {
        this.reading = reading;
        this.cancellations = cancellations;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readOrder",
            summary = "Where one order stands",
            description = "Personal data, and what people and facilities wrote in their own words, is shown to the role"
                    + " SUPPORT and masked or left out for the others.")
    public OrderDetail read(@PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security) {
        return reading.detail(reading.view(id), Caller.of(security).hasAny(Role.SUPPORT));
    }

    @GET
    @Path("/trace")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(operationId = "readOrderTrace", summary = "Everything that happened to one order, in order")
    public TraceView trace(@PathParam("id") String id) {
        return reading.trace(reading.view(id));
    }

    @GET
    @Path("/journals")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readOrderJournals",
            summary = "What one order means for the books, and whether it was posted")
    public JournalView.JournalList journals(@PathParam("id") String id) {
        return reading.journals(reading.view(id).id());
    }

    @POST
    @Path("/cancellation")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.SUPPORT)
    @Operation(
            operationId = "cancelOrder",
            summary = "Asks for the cancellation of an order, or tells what would come of it",
            description = "What is still open is stopped and undone; what has shipped stays shipped. With preview=true"
                    + " nothing happens: what would be undone is told step by step, with a plan. The same request with"
                    + " that plan asks for exactly these steps, or is answered 409 with what has changed meanwhile."
                    + " A warehouse of others may go on with what it has accepted: then the cancellation is declined"
                    + " (cancellationDeclinedAt of the order, event cancellation.declined.v1), and the order goes on.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CancellationRequest.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The preview, as of now",
            content = @Content(schema = @Schema(implementation = ChangePlanView.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Asked for",
            content = @Content(schema = @Schema(implementation = OrderSummary.class)))
    @ApiResponse(
            responseCode = "409",
            description =
                    "The order has ended, or all of its goods have left; or another plan would be carried out now")
    public Response cancel(
            @PathParam("id") String id,
            @Parameter(description = "Only tell what would come of it", schema = @Schema(type = "boolean"))
                    @QueryParam("preview")
                    @Nullable
                    String preview,
            @Parameter(hidden = true) @Context SecurityContext security,
            byte[] body) {
        OrderView order = reading.view(id);
        boolean onlyAsked = Parameters.flag("preview", preview);
        CancellationRequest request = StrictJson.read(body, CancellationRequest.class);
        Caller caller = Caller.of(security);
        return onlyAsked
                ? Response.ok(cancellations.preview(order, caller)).build()
                : Response.accepted(reading.summary(asked(order, request, caller)))
                        .build();
    }

    private OrderView asked(OrderView order, CancellationRequest request, Caller caller) {
        return request.plan()
                .map(plan -> cancellations.askAsPlanned(order, plan, request.reason(), caller))
                .orElseGet(() -> cancellations.ask(order, request.reason(), caller));
    }

    /** Why an order shall be cancelled. */
    public record CancellationRequest(
            @Schema(maxLength = Cancellations.LONGEST_REASON)
            String reason,

            @Schema(description = "The plan of a preview, which shall be carried out as it was shown or not at all")
            Optional<String> plan) {}
}
