package io.throughline.api.console.returns;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.order.Cancellations;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.returns.ReturnBook;
import io.throughline.domain.access.Role;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnIntake.Outcome;
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
import java.util.function.BiFunction;

/** One return, and what is decided about it. */
@Path("/console/returns/{id}")
@ForPeople
@Hidden
public final class ReturnPageResource {
    private final ReturnBook returns;
    private final ReturnPages reader;
    private final Slips slips;
    private final Pages pages;

    public ReturnPageResource(ReturnBook returns, ReturnPages reader, Slips slips, Pages pages) {
        this.returns = returns;
        this.reader = reader;
        this.slips = slips;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(reader.read(returns.get(id), visit, pages.moments()), visit);
    }

    @GET
    @Path("/slip")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response slip(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return pages.show(slips.of(returns.get(id)), Visit.of(request));
    }

    @POST
    @Path("/approvals")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.FINANCE)
    public Response approve(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (returned, visit) -> returns.intake().approve(returned.id(), ReturnBook.person(visit.caller())));
    }

    @POST
    @Path("/refusal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.SUPPORT)
    public Response refuse(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (returned, visit) -> returns.intake()
                        .refuse(
                                returned.id(),
                                ReturnBook.person(visit.caller()),
                                Cancellations.kept(visit.form().text("reason").orElse(""))));
    }

    private Response changed(String id, ContainerRequestContext request, BiFunction<Return, Visit, Outcome> change) {
        Visit visit = Visit.of(request);
        Return returned = returns.get(id);
        try {
            ReturnBook.check(change.apply(returned, visit));
        } catch (ProblemException refused) {
            return pages.refuse(reader.read(returns.get(id), visit, pages.moments()), visit, refused);
        }
        return Response.seeOther(URI.create(Subjects.returned(id))).build();
    }
}
