package io.throughline.api.console.runbook;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.runbook.RunbookPage.Entry;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/** The runbooks. */
@Path("/console/runbooks")
@ForPeople
@Hidden
public final class RunbookResource {
    private final Runbooks runbooks;
    private final CasePolicies policies;
    private final Pages pages;

    public RunbookResource(Runbooks runbooks, CasePolicies policies, Pages pages) {
        this.runbooks = runbooks;
        this.policies = policies;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response list(@Context ContainerRequestContext request) {
        CasePolicy policy = policies.at(pages.moments().now());
        List<Entry> entries = Arrays.stream(FailureCode.values())
                .map(code -> new Entry(
                        code.name(), Words.of(code), Runbooks.address(code.runbook()), Words.of(policy.owner(code))))
                .toList();
        return pages.show(new RunbookPage("Runbooks", "", entries, runbooks.others()), Visit.of(request));
    }

    @GET
    @Path("/{name}")
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("name") String name, @Context ContainerRequestContext request) {
        String html = runbooks.html(name + ".md").orElseThrow(() -> ProblemException.notFound("such runbook"));
        return pages.show(RunbookPage.of(Words.of(name.replace('-', '_')), html), Visit.of(request));
    }
}
