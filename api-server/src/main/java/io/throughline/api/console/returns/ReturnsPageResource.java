package io.throughline.api.console.returns;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.returns.ReturnBook;
import io.throughline.api.returns.ReturnReach;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.ReturnFilter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The newest returns. */
@Path("/console/returns")
@ForPeople
@Hidden
public final class ReturnsPageResource {
    private static final int NEWEST = 100;

    private final ReturnBook returns;
    private final Pages pages;

    public ReturnsPageResource(ReturnBook returns, Pages pages) {
        this.returns = returns;
        this.pages = pages;
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Moments moments = pages.moments();
        Visit visit = Visit.of(request);
        Caller caller = visit.caller();
        ReturnFilter newest = ReturnFilter.newest(NEWEST).at(ReturnReach.listed(caller, Optional.empty()));
        ReturnsPage page = new ReturnsPage(
                returns.list(newest).stream()
                        .map(one -> ReturnRow.of(one, moments))
                        .toList(),
                caller.hasAny(Role.STORE, Role.SUPPORT),
                ReturnReach.isStoreOnly(caller),
                caller.facilities().stream()
                        .map(FacilityId::value)
                        .sorted()
                        .map(place -> new Choice(Subjects.facility(place) + "/held", place, false))
                        .toList());
        return pages.show(page, visit);
    }
}
