package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.order.Orders;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;

/** The parcels of a facility's work, with the labels that were bought for them. */
@Path("/v1/fulfillment-orders/{id}/parcels")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fulfillment")
public final class ParcelsResource {
    private final Orders orders;
    private final Parcels parcels;

    public ParcelsResource(Orders orders, Parcels parcels) {
        this.orders = orders;
        this.parcels = parcels;
    }

    @GET
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN, Role.INTEGRATION})
    @Operation(
            operationId = "listParcels",
            summary = "The parcels of some work, and where they are",
            description = "A label that is bought for a store appears here seconds after its parcel was packed.")
    public ParcelList list(@PathParam("id") String name, @Parameter(hidden = true) @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        FulfillmentOrderId id = Parameters.name(name, FulfillmentOrderId::new).orElseThrow(ParcelsResource::unknown);
        boolean theirs = orders.view(id.order()).stream()
                .flatMap(order -> order.fulfillmentOrders().stream())
                .anyMatch(work -> work.id().equals(id) && caller.worksFor(work.facility()));
        if (!theirs) {
            throw unknown();
        }
        return new ParcelList(
                id.value(), parcels.ofWork(id).stream().map(ParcelView::of).toList());
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("such work");
    }

    /** The parcels of one piece of work. */
    public record ParcelList(String work, List<ParcelView> parcels) {}
}
