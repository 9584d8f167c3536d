package io.throughline.api.console.returns;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.returns.ReturnBook;
import io.throughline.domain.access.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

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
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Moments moments = pages.moments();
        ReturnsPage page = new ReturnsPage(returns.recent(NEWEST).stream()
                .map(one -> ReturnRow.of(one, moments))
                .toList());
        return pages.show(page, Visit.of(request));
    }
}
