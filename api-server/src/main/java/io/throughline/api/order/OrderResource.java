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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

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
        return reading.trace(reading.view(id).id());
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
            summary = "Asks for the cancellation of an order",
            description = "What is still open is stopped and undone; what has shipped stays shipped.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CancellationRequest.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Asked for",
            content = @Content(schema = @Schema(implementation = OrderSummary.class)))
    @ApiResponse(responseCode = "409", description = "The order has ended, or all of its goods have left")
    public Response cancel(
            @PathParam("id") String id, @Parameter(hidden = true) @Context SecurityContext security, byte[] body) {
        OrderView order = reading.view(id);
        CancellationRequest request = StrictJson.read(body, CancellationRequest.class);
        OrderView now = cancellations.ask(order, request.reason(), Caller.of(security));
        return Response.accepted(reading.summary(now)).build();
    }

    /** Why an order shall be cancelled. */
    public record CancellationRequest(
            @Schema(maxLength = Cancellations.LONGEST_REASON)
            String reason) {}
}
