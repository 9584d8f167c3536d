package io.throughline.api.console.systems;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.account.SystemSwitch;
import io.throughline.api.console.Form;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.systems.SystemPage.ActRow;
import io.throughline.api.console.systems.SystemPage.RefusedRow;
import io.throughline.api.console.systems.SystemPage.SayingRow;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemControls.Act;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemControls.Said;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.ProductCatalog.Refused;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;

/** One system, and the switch that has it asked not at all or only so often. */
@Path("/console/systems/{account}")
@ForPeople
@Hidden
public final class SystemPageResource {
    private static final int MOST_REFUSED = 50;

    private final SystemSwitch systemSwitch;
    private final SystemRows rows;
    private final PaceRows paces;
    private final ProductCatalog products;
    private final Pages pages;

    public SystemPageResource(
            SystemSwitch systemSwitch, SystemRows rows, PaceRows paces, ProductCatalog products, Pages pages) {
        this.systemSwitch = systemSwitch;
        this.rows = rows;
        this.paces = paces;
        this.products = products;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("account") String account, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(page(systemSwitch.find(account), visit), visit);
    }

    @POST
    @Path("/pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response pause(@PathParam("account") String account, @Context ContainerRequestContext request) {
        return said(account, request, (id, visit) -> systemSwitch.pause(id, reason(visit.form()), visit.caller()));
    }

    @POST
    @Path("/resumption")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response resume(@PathParam("account") String account, @Context ContainerRequestContext request) {
        return said(account, request, (id, visit) -> systemSwitch.resume(id, reason(visit.form()), visit.caller()));
    }

    @POST
    @Path("/rate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.ADMIN)
    public Response limit(@PathParam("account") String account, @Context ContainerRequestContext request) {
        return said(
                account,
                request,
                (id, visit) -> systemSwitch.limit(id, rate(visit.form()), reason(visit.form()), visit.caller()));
    }

    /** What somebody says about a system. */
    private interface Saying {
        Control say(AccountId account, Visit visit);
    }

    private Response said(String account, ContainerRequestContext request, Saying saying) {
        Visit visit = Visit.of(request);
        AccountId id = systemSwitch.find(account);
        try {
            saying.say(id, visit);
        } catch (ProblemException refused) {
            return pages.refuse(page(id, visit), visit, refused);
        }
        return Response.seeOther(URI.create("/console/systems/" + id)).build();
    }

    private static String reason(Form form) {
        return form.text("reason").orElse("");
    }

    /** Nothing means no limit. */
    private static Optional<Double> rate(Form form) {
        return form.text("perSecond")
                .map(text -> Parameters.name(text.strip(), BigDecimal::new)
                        .map(BigDecimal::doubleValue)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.INVALID_CONTENT,
                                "Say how often as a number, such as 5 or 0.5, or nothing.")));
    }

    private SystemPage page(AccountId account, Visit visit) {
        Moments moments = pages.moments();
        Control control = systemSwitch.of(account);
        return new SystemPage(
                rows.read(account, moments),
                paces.read(account, moments),
                control.pause().map(said -> row(said, moments)),
                control.limit().map(limit -> SystemRows.number(limit.perSecond())),
                control.limit().map(limit -> row(limit.said(), moments)),
                systemSwitch.acts(account).stream()
                        .map(act -> new ActRow(words(act), row(act.said(), moments)))
                        .toList(),
                products.refusedFrom(account, MOST_REFUSED).stream()
                        .map(refused -> row(refused, moments))
                        .toList(),
                visit.caller().hasAny(Role.ADMIN));
    }

    private static String words(Act act) {
        return switch (act.kind()) {
            case PAUSED -> "Paused";
            case RESUMED -> "Resumed";
            case LIMITED -> "At most " + SystemRows.number(act.perSecond().orElseThrow()) + " a second";
            case UNLIMITED -> "No limit any more";
        };
    }

    private static RefusedRow row(Refused refused, Moments moments) {
        return new RefusedRow(
                refused.sku().value(),
                Subjects.address("product/" + refused.sku()),
                refused.word().about(),
                refused.word().value().orElse("–"),
                refused.counts().orElse("–"),
                moments.of(refused.word().at()));
    }

    private static SayingRow row(Said said, Moments moments) {
        return new SayingRow(said.word().actor(), said.word().reason(), moments.of(said.at()));
    }
}
