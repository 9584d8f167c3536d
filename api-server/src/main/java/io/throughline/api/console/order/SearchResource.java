package io.throughline.api.console.order;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.Visit;
import io.throughline.api.console.cases.CaseRows;
import io.throughline.api.http.Links;
import io.throughline.api.http.Parameters;
import io.throughline.api.trace.Spellings;
import io.throughline.api.trace.TraceProcesses;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.trace.Trace;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leads from any id of any system to the page of what has it. */
@Path("/console/search")
@ForPeople
@Hidden
public final class SearchResource {
    private final Trace trace;
    private final Cases cases;
    private final Catalog catalog;
    private final CaseRows rows;
    private final Links links;
    private final Pages pages;

    public SearchResource(Trace trace, Cases cases, Catalog catalog, CaseRows rows, Links links, Pages pages) {
        this.trace = trace;
        this.cases = cases;
        this.catalog = catalog;
        this.rows = rows;
        this.links = links;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response find(@QueryParam("q") @Nullable String given, @Context ContainerRequestContext request) {
        String id = given == null ? "" : given.strip();
        Optional<String> subject = id.isEmpty() || id.length() > Spellings.LONGEST_ID ? Optional.empty() : subject(id);
        return page(id, subject)
                .map(page -> Response.seeOther(URI.create(page)).build())
                .orElseGet(() -> pages.show(show(id, subject, pages.moments()), Visit.of(request)));
    }

    private Optional<String> subject(String id) {
        return Spellings.lookUp(trace, id).or(() -> trace.of(id).isEmpty() ? Optional.empty() : Optional.of(id));
    }

    private Optional<String> page(String id, Optional<String> subject) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Parameters.name(id, CaseId::new)
                .filter(name -> cases.find(name).isPresent())
                .map(name -> Subjects.ofCase(name.value()))
                .or(() -> subject.flatMap(found -> Subjects.page(id).or(() -> Subjects.page(found))))
                .or(() -> Parameters.name(id, Sku::of).filter(catalog::knows).map(sku -> Subjects.stock(sku.value())));
    }

    private SearchPage show(String id, Optional<String> subject, Moments moments) {
        Optional<TraceView> line = subject.map(found -> TraceView.of(found, trace, TraceProcesses.of(links)));
        return new SearchPage(
                id,
                subject,
                line.map(TraceView::intact).orElse(true),
                subject.map(cases::ofSubject).orElse(List.of()).stream()
                        .map(one -> rows.of(one, moments))
                        .toList(),
                line.map(TraceView::entries).orElse(List.of()).reversed().stream()
                        .map(entry -> TraceRow.of(entry, moments))
                        .toList());
    }
}
