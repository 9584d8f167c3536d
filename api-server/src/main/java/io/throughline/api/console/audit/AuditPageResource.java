package io.throughline.api.console.audit;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.audit.AuditPage.ActRow;
import io.throughline.api.http.Parameters;
import io.throughline.domain.access.Role;
import io.throughline.domain.time.WrittenTime;
import io.throughline.domain.trace.Audit;
import io.throughline.domain.trace.TraceEntry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who did what. */
@Path("/console/audit")
@ForPeople
@Hidden
public final class AuditPageResource {
    private static final int MOST = 100;

    private final Audit audit;
    private final Pages pages;

    public AuditPageResource(Audit audit, Pages pages) {
        this.audit = audit;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(
            @QueryParam("actor") @Nullable String given,
            @QueryParam("before") @Nullable String before,
            @Context ContainerRequestContext request) {
        String actor = given == null ? "" : given.strip();
        Optional<Instant> end = Parameters.optional("before", before, WrittenTime::instant, "an instant");
        List<TraceEntry> acts = audit.acts(Optional.of(actor).filter(name -> !name.isEmpty()), end, MOST);
        Moments moments = pages.moments();
        AuditPage page = new AuditPage(
                actor,
                acts.stream().map(act -> row(act, moments)).toList(),
                !actor.isEmpty() || end.isPresent(),
                acts.size() == MOST
                        ? Optional.of(
                                address(actor) + "&before=" + acts.getLast().at())
                        : Optional.empty());
        return pages.show(page, Visit.of(request));
    }

    private static ActRow row(TraceEntry act, Moments moments) {
        String actor = act.detail().getOrDefault("actor", "");
        String about = act.detail().getOrDefault("case", act.subject());
        return new ActRow(
                moments.of(act.at()),
                actor,
                address(actor),
                act.kind(),
                about,
                act.detail().containsKey("case") ? Subjects.ofCase(about) : Subjects.address(about),
                act.summary());
    }

    private static String address(String actor) {
        return "/console/audit?actor=" + Subjects.encoded(actor);
    }
}
