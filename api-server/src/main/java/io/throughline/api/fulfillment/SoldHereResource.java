package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Limit;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.order.OrderId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a store has sold for others to ship: for its people to tell its customers, not to do. */
@Path("/v1/facilities/{facility}/sold-orders")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fulfillment")
public final class SoldHereResource {
    private final Reach reach;
    private final WorkLists lists;

    public SoldHereResource(Facilities facilities, WorkLists lists) {
        this.reach = new Reach(facilities);
        this.lists = lists;
    }

    @GET
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listSoldOrders",
            summary = "What a store has sold for others to ship",
            description = "The newest first, with who ships each and how far that has come. It is read only: the store"
                    + " has nothing to do for them.")
    public SoldHere list(
            @PathParam("facility") String facility,
            @Parameter(description = "The last order of the page before") @QueryParam("after") @Nullable String after,
            @Parameter(description = "1 to 500; 50 if absent") @QueryParam("limit") @Nullable String limit,
            @Parameter(hidden = true) @Context SecurityContext security) {
        Facility place = reach.facility(facility, Caller.of(security));
        int most = Limit.of(limit);
        List<WorkLists.Sold> sold =
                lists.soldAt(place.id(), Parameters.optional("after", after, OrderId::new, "the id of an order"), most);
        return new SoldHere(
                place.id().value(),
                sold.stream().map(SoldHere.Item::of).toList(),
                sold.size() == most ? Optional.of(sold.getLast().order().value()) : Optional.empty());
    }
}
