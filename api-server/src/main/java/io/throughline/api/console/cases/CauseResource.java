package io.throughline.api.console.cases;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.intervention.GroupDesk;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.CaseFiles.Group;
import io.throughline.domain.intervention.Fingerprint;
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

/** The open cases of one cause, and the decision about all of them: first what it would be about, then in earnest. */
@Path("/console/causes/{fingerprint}")
@ForPeople
@Hidden
public final class CauseResource {
    private final CausePages reader;
    private final GroupDesk desk;
    private final Pages pages;

    public CauseResource(CausePages reader, GroupDesk desk, Pages pages) {
        this.reader = reader;
        this.desk = desk;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("fingerprint") String fingerprint, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Fingerprint cause = Parameters.name(fingerprint, Fingerprint::new)
                .orElseThrow(() -> ProblemException.notFound("such cause"));
        return pages.show(reader.read(cause, visit, pages.moments()), visit);
    }

    @POST
    @Path("/preview")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response preview(@PathParam("fingerprint") String fingerprint, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Group group = desk.group(fingerprint);
        try {
            DecisionRequest wanted = DecisionForm.read(visit.form());
            return pages.show(
                    reader.read(group, wanted, desk.preview(group, wanted, visit.caller()), visit, pages.moments()),
                    visit);
        } catch (ProblemException refused) {
            return refused(group, visit, refused);
        }
    }

    @POST
    @Path("/decisions")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response decide(@PathParam("fingerprint") String fingerprint, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Group group = desk.group(fingerprint);
        try {
            BulkDecision begun = desk.begin(group, DecisionForm.read(visit.form()), visit.caller());
            return Response.seeOther(URI.create(BulkRow.address(begun))).build();
        } catch (ProblemException refused) {
            return refused(group, visit, refused);
        }
    }

    private Response refused(Group group, Visit visit, ProblemException refused) {
        return pages.refuse(reader.read(group.cause(), visit, pages.moments()), visit, refused);
    }
}
