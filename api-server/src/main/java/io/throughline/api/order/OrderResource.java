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
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.Interventions;
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
import java.util.List;

/** One order. */
@Path("/v1/orders/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
public final class OrderResource {
    private static final int LONGEST_REASON = 500;

    private final OrderReading reading;
    private final Interventions interventions;

    public OrderResource(OrderReading reading, Interventions interventions) {
        this.reading = reading;
        this.interventions = interventions;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "readOrder",
            summary = "Where one order stands",
            description =
                    "Personal data, and what people and facilities wrote in their own words, is shown to the role SUPPORT and masked or left "
                            + "out for the others.")
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
        String reason =
                StrictJson.read(body, CancellationRequest.class).reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "The reason can't be kept.",
                    List.of(new FieldError("/reason", "1 to " + LONGEST_REASON + " characters")));
        }
        boolean asked = interventions.cancel(order.id(), Caller.of(security).actor(), reason);
        OrderView now = reading.view(id);
        if (!asked) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Order " + now.id() + " has ended, or its goods have left: it is " + now.status() + ".");
        }
        return Response.accepted(reading.summary(now)).build();
    }

    /** Why an order shall be cancelled. */
    public record CancellationRequest(
            @Schema(maxLength = LONGEST_REASON) String reason) {}
}
