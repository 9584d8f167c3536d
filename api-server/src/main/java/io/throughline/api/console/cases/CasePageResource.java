package io.throughline.api.console.cases;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Form;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.http.Parameters;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
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
import java.util.HashMap;
import java.util.Map;

/** One case, and what is decided about it. */
@Path("/console/cases/{id}")
@ForPeople
@Hidden
public final class CasePageResource {
    private final CaseViews cases;
    private final CasePages reader;
    private final Decisions decisions;
    private final Pages pages;

    public CasePageResource(CaseViews cases, CasePages reader, Decisions decisions, Pages pages) {
        this.cases = cases;
        this.reader = reader;
        this.decisions = decisions;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(reader.read(cases.find(id), visit, pages.moments()), visit);
    }

    @POST
    @Path("/decisions")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response decide(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Case found = cases.find(id).about();
        try {
            decisions.decide(found, decision(visit.form()), visit.caller());
        } catch (ProblemException refused) {
            return pages.refuse(reader.read(cases.find(id), visit, pages.moments()), visit, refused);
        }
        return Response.seeOther(URI.create(CaseRow.address(found))).build();
    }

    /** What can be amended is part of the same form whatever is decided; it counts with AMEND_AND_RETRY only. */
    private static DecisionRequest decision(Form form) {
        Action action = form.text("action")
                .flatMap(text -> Parameters.name(text, Action::valueOf))
                .orElseThrow(() -> new ProblemException(ProblemType.INVALID_CONTENT, "Choose what to do."));
        Map<String, String> amendment = new HashMap<>();
        if (action == Action.AMEND_AND_RETRY) {
            for (Amendable amendable : Amendable.values()) {
                form.text(amendable.key()).ifPresent(value -> amendment.put(amendable.key(), value));
            }
        }
        return new DecisionRequest(action, form.text("note"), amendment);
    }
}
