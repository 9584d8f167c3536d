package io.throughline.api.health;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Public;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.BooleanSupplier;

/** For load balancers. Temporal is not asked: while it is down, everything is still taken in. */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "health")
public final class HealthResource {
    private final BooleanSupplier database;

    public HealthResource(BooleanSupplier database) {
        this.database = database;
    }

    @GET
    @Path("/live")
    @Public("A load balancer has no key, and the answer tells nothing")
    @Operation(operationId = "isLive", summary = "This process runs")
    public Health live() {
        return new Health("UP");
    }

    @GET
    @Path("/ready")
    @Public("A load balancer has no key, and the answer tells nothing")
    @Operation(operationId = "isReady", summary = "This process can take requests: PostgreSQL answers")
    public Health ready() {
        if (!database.getAsBoolean()) {
            throw new ProblemException(ProblemType.UNAVAILABLE, "PostgreSQL does not answer.");
        }
        return new Health("UP");
    }

    public record Health(String status) {}
}
