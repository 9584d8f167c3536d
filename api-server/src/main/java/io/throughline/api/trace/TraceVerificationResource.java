package io.throughline.api.trace;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.order.OrderReading;
import io.throughline.domain.access.Role;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceChecks;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Whether the line of an order is as it was written. */
@Path("/v1/orders/{id}/trace/verification")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "orders")
public final class TraceVerificationResource {
    private final OrderReading orders;
    private final Trace trace;
    private final TraceChecks checks;

    public TraceVerificationResource(OrderReading orders, Trace trace, TraceChecks checks) {
        this.orders = orders;
        this.trace = trace;
        this.checks = checks;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    @Operation(
            operationId = "verifyOrderTrace",
            summary = "Whether the line of one order is as it was written",
            description =
                    "Its chain of hashes is followed from the stored bytes. The same is done for all lines once a day.")
    public TraceVerification verify(@PathParam("id") String id) {
        return TraceVerification.of(orders.view(id).id().value(), trace, checks);
    }
}
