package io.throughline.api.console.facility;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** All facilities. */
@Path("/console/facilities")
@ForPeople
@Hidden
public final class FacilitiesPageResource {
    private final Facilities facilities;
    private final FacilityPauses pauses;
    private final Pages pages;

    public FacilitiesPageResource(Facilities facilities, FacilityPauses pauses, Pages pages) {
        this.facilities = facilities;
        this.pauses = pauses;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Set<FacilityId> paused = pauses.paused();
        FacilitiesPage page = new FacilitiesPage(
                facilities.all().stream()
                        .map(facility -> FacilityRow.of(facility, paused.contains(facility.id())))
                        .toList(),
                paused.size());
        return pages.show(page, Visit.of(request));
    }
}
