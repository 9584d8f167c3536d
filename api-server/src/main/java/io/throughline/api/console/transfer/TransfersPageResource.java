package io.throughline.api.console.transfer;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.http.Parameters;
import io.throughline.api.transfer.TransferDesk;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest transfers. */
@Path("/console/transfers")
@ForPeople
@Hidden
public final class TransfersPageResource {
    private static final int NEWEST = 100;

    private final TransferDesk desk;
    private final Facilities facilities;
    private final Pages pages;

    public TransfersPageResource(TransferDesk desk, Facilities facilities, Pages pages) {
        this.desk = desk;
        this.facilities = facilities;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@QueryParam("facility") @Nullable String given, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Moments moments = pages.moments();
        Optional<FacilityId> facility = Optional.ofNullable(given)
                .flatMap(text -> Parameters.name(text, FacilityId::new))
                .flatMap(facilities::find)
                .map(Facility::id);
        return pages.show(
                new TransfersPage(
                        desk.recent(facility, NEWEST).stream()
                                .map(transfer -> TransferRow.of(transfer, moments))
                                .toList(),
                        Choice.among(
                                "All facilities",
                                facilities.all().stream().map(Facility::id),
                                FacilityId::value,
                                FacilityId::value,
                                facility),
                        visit.caller().hasAny(Role.SUPPORT, Role.ADMIN)),
                visit);
    }
}
