package io.throughline.api.console.counter;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.returns.Slips;
import io.throughline.api.counter.CounterBook;
import io.throughline.api.counter.PayoutSubmission;
import io.throughline.api.order.Cancellations;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.returns.ReturnBook;
import io.throughline.domain.access.Role;
import io.throughline.domain.counter.CounterIntake.Outcome;
import io.throughline.domain.counter.CounterReturn;
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

/** One return over a counter, and what is decided and told about its money. */
@Path("/console/counter-returns/{id}")
@ForPeople
@Hidden
public final class CounterPageResource {
    private final CounterBook book;
    private final CounterPages reader;
    private final Slips slips;
    private final Pages pages;

    public CounterPageResource(CounterBook book, CounterPages reader, Slips slips, Pages pages) {
        this.book = book;
        this.reader = reader;
        this.slips = slips;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(page(id, visit), visit);
    }

    @GET
    @Path("/slip")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response slip(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(slips.of(book.get(id, visit.caller())), visit);
    }

    @POST
    @Path("/approvals")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.FINANCE)
    public Response approve(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (returned, visit) -> book.intake().approve(returned.id(), ReturnBook.person(visit.caller())));
    }

    @POST
    @Path("/refusal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE})
    public Response refuse(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (returned, visit) -> book.intake()
                        .refuse(
                                returned.id(),
                                ReturnBook.person(visit.caller()),
                                Cancellations.kept(visit.form().text("reason").orElse(""))));
    }

    @POST
    @Path("/payouts")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.SUPPORT)
    public Response paidOut(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (returned, visit) -> book.intake()
                        .paidOut(
                                returned.id(),
                                ReturnBook.person(visit.caller()),
                                new PayoutSubmission(
                                                visit.form().text("reference").orElse(""))
                                        .checked()));
    }

    private CounterPage page(String id, Visit visit) {
        return reader.read(book.get(id, visit.caller()), visit.caller(), pages.moments());
    }

    private Response changed(
            String id, ContainerRequestContext request, BiFunction<CounterReturn, Visit, Outcome> change) {
        Visit visit = Visit.of(request);
        CounterReturn returned = book.get(id, visit.caller());
        try {
            CounterBook.check(change.apply(returned, visit));
        } catch (ProblemException refused) {
            return pages.refuse(page(id, visit), visit, refused);
        }
        return Response.seeOther(URI.create(Subjects.counterReturn(id))).build();
    }
}
