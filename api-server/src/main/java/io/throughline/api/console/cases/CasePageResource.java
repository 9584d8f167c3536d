package io.throughline.api.console.cases;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.intervention.CaseDesk;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One case, what is decided about it, and what else people do about it. */
@Path("/console/cases/{id}")
@ForPeople
@Hidden
public final class CasePageResource {
    private final CaseViews cases;
    private final CasePages reader;
    private final Decisions decisions;
    private final CaseDesk desk;
    private final Pages pages;

    public CasePageResource(CaseViews cases, CasePages reader, Decisions decisions, CaseDesk desk, Pages pages) {
        this.cases = cases;
        this.reader = reader;
        this.decisions = decisions;
        this.desk = desk;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(
            @PathParam("id") String id,
            @QueryParam("amendment") @Nullable String amendment,
            @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        CaseFile file = cases.find(id);
        Optional<Amendment> kept = Optional.ofNullable(amendment).map(named -> decisions.kept(file.about(), named));
        return pages.show(reader.read(file, kept, visit, pages.moments()), visit);
    }

    @POST
    @Path("/decisions")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response decide(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return leading(id, request, (found, visit) -> {
            DecisionRequest wanted = DecisionForm.read(visit.form());
            if (wanted.action() == Action.AMEND_AND_RETRY
                    && wanted.amendmentId().isEmpty()) {
                Amendment kept = decisions.keep(found, wanted.amendment(), visit.caller());
                return Subjects.ofCase(found.id().value()) + "?amendment=" + kept.id() + "#amend";
            }
            decisions.decide(found, wanted, visit.caller());
            return Subjects.ofCase(found.id().value());
        });
    }

    /** To whoever is named; without a name to whoever asks. */
    @POST
    @Path("/assignment")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response assign(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (found, visit) -> desk.assign(found.id(), visit.form().text("assignee"), visit.caller()));
    }

    @POST
    @Path("/unassignment")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response unassign(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (found, visit) -> desk.unassign(found.id(), visit.caller()));
    }

    @POST
    @Path("/comments")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response comment(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (found, visit) -> desk.comment(found.id(), text(visit, "text"), visit.caller()));
    }

    @POST
    @Path("/snooze")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response snooze(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id,
                request,
                (found, visit) -> desk.snooze(found.id(), visit.form().neededLength("length"), visit.caller()));
    }

    @POST
    @Path("/waking")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response wake(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (found, visit) -> desk.wake(found.id(), visit.caller()));
    }

    @POST
    @Path("/reopening")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response reopen(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (found, visit) -> desk.reopen(found.id(), text(visit, "reason"), visit.caller()));
    }

    /** Back to the page; with what was refused at its top. */
    private Response changed(String id, ContainerRequestContext request, BiConsumer<Case, Visit> change) {
        return leading(id, request, (found, visit) -> {
            change.accept(found, visit);
            return Subjects.ofCase(found.id().value());
        });
    }

    /** The same where the change says which page follows. */
    private Response leading(String id, ContainerRequestContext request, BiFunction<Case, Visit, String> change) {
        Visit visit = Visit.of(request);
        Case found = cases.find(id).about();
        try {
            return Response.seeOther(URI.create(change.apply(found, visit))).build();
        } catch (ProblemException refused) {
            return pages.refuse(reader.read(cases.find(id), visit, pages.moments()), visit, refused);
        }
    }

    private static String text(Visit visit, String field) {
        return visit.form().text(field).orElse("");
    }
}
