package io.throughline.api.console.cases;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.intervention.GroupDesk;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.BulkDecision;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.TreeMap;

/** How far a decision about many cases has come, and its end before that. */
@Path("/console/bulk/{id}")
@ForPeople
@Hidden
public final class BulkPageResource {
    private final GroupDesk desk;
    private final Pages pages;

    public BulkPageResource(GroupDesk desk, Pages pages) {
        this.desk = desk;
        this.pages = pages;
    }

    @GET
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        BulkDecision bulk = desk.find(id);
        BulkRow row = BulkRow.of(bulk, pages.moments());
        BulkPage page = new BulkPage(
                row, bulk.decision().note(), new TreeMap<>(bulk.decision().amendment()), row.running());
        return pages.show(page, Visit.of(request));
    }

    @POST
    @Path("/stop")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response stop(@PathParam("id") String id, @Context ContainerRequestContext request) {
        BulkDecision stopped = desk.stop(id, Visit.of(request).caller());
        return Response.seeOther(URI.create(BulkRow.address(stopped))).build();
    }
}
