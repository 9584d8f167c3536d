package io.throughline.api.console.returns;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.http.Parameters;
import io.throughline.api.order.Cancellations;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.returns.InspectionSubmission;
import io.throughline.api.returns.ReceiptSubmission;
import io.throughline.api.returns.RegradingSubmission;
import io.throughline.api.returns.ReturnBook;
import io.throughline.api.returns.ReturnWork;
import io.throughline.api.returns.UnexpectedSubmission;
import io.throughline.domain.access.Role;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Submission;
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
    private final ReturnWork work;
    private final ReturnBook returns;
    private final ReturnPages reader;
    private final Slips slips;
    private final Pages pages;

    public ReturnPageResource(ReturnWork work, ReturnPages reader, Slips slips, Pages pages) {
        this.work = work;
        this.returns = work.book();
        this.reader = reader;
        this.slips = slips;
        this.pages = pages;
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(reader.read(returns.get(id, visit.caller()), visit, pages.moments()), visit);
    }

    @GET
    @Path("/slip")
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response slip(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(slips.of(returns.get(id, visit.caller())), visit);
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
    @Allow({Role.SUPPORT, Role.FINANCE})
    public Response refuse(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (returned, visit) -> work.refuse(
                        returned,
                        visit.caller(),
                        Cancellations.kept(visit.form().text("reason").orElse("")),
                        visit.form().text("goods").flatMap(text -> Parameters.name(text, RefusedGoods::valueOf))));
    }

    @POST
    @Path("/receipts")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.STORE, Role.SUPPORT})
    public Response receive(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (returned, visit) -> {
            ReceiptSubmission told = ReturnForms.receipt(returned, visit.form());
            return work.receive(submission(visit, id + "/receipts", told), returned, told, visit.caller());
        });
    }

    @POST
    @Path("/inspections")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.STORE, Role.SUPPORT})
    public Response inspect(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (returned, visit) -> {
            InspectionSubmission told = ReturnForms.inspection(visit.form());
            return work.inspect(submission(visit, id + "/inspections", told), returned, told, visit.caller());
        });
    }

    @POST
    @Path("/regradings")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE})
    public Response regrade(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (returned, visit) -> {
            RegradingSubmission told = ReturnForms.regrading(returned, visit.form());
            return work.regrade(submission(visit, id + "/regradings", told), returned, told);
        });
    }

    @POST
    @Path("/unexpected-goods")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.SUPPORT)
    public Response place(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (returned, visit) -> {
            UnexpectedSubmission told = ReturnForms.placed(visit.form());
            return work.place(submission(visit, id + "/unexpected-goods", told), returned, told);
        });
    }

    private static Submission submission(Visit visit, String about, Object told) {
        return ReturnBook.submission(visit.caller(), ReturnForms.key(visit.form()), about, told);
    }

    private Response changed(String id, ContainerRequestContext request, BiFunction<Return, Visit, Outcome> change) {
        Visit visit = Visit.of(request);
        Return returned = returns.get(id, visit.caller());
        try {
            ReturnBook.check(change.apply(returned, visit));
        } catch (ProblemException refused) {
            return pages.refuse(reader.read(returns.get(id), visit, pages.moments()), visit, refused);
        }
        return Response.seeOther(URI.create(Subjects.returned(id))).build();
    }
}
