package io.throughline.api.console.systems;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.systems.SystemsPage.FeedRow;
import io.throughline.api.console.systems.SystemsPage.ProcessRow;
import io.throughline.domain.access.Role;
import io.throughline.domain.measure.Backlog;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.measure.ServiceLevels.Promise;
import io.throughline.domain.measure.Workload;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** How the systems are doing. */
@Path("/console/systems")
@ForPeople
@Hidden
public final class SystemsPageResource {
    private final SystemRows systems;
    private final PaceRows paces;
    private final Workload workload;
    private final ServiceLevels levels;
    private final Pages pages;

    public SystemsPageResource(
            SystemRows systems, PaceRows paces, Workload workload, ServiceLevels levels, Pages pages) {
        this.systems = systems;
        this.paces = paces;
        this.workload = workload;
        this.levels = levels;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Moments moments = pages.moments();
        SystemsPage page = new SystemsPage(
                systems.read(moments),
                paces.read(moments),
                workload.backlogs().stream()
                        .map(backlog -> row(backlog, moments))
                        .toList(),
                workload.feeds().stream()
                        .map(feed -> new FeedRow(feed.account().value(), feed.feed(), moments.of(feed.completeUpTo())))
                        .toList(),
                visit.caller().hasAny(Role.ADMIN));
        return pages.show(page, visit);
    }

    private ProcessRow row(Backlog backlog, Moments moments) {
        Promise promise = levels.of(backlog.process());
        return new ProcessRow(
                Words.of(backlog.process()),
                backlog.waiting(),
                moments.of(backlog.oldest()),
                Moments.length(promise.within()),
                Badge.of(levels.standing(backlog.process(), backlog.age(moments.now()))),
                Words.of(promise.owner()));
    }
}
