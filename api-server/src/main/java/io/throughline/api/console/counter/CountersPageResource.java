package io.throughline.api.console.counter;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.api.counter.CounterBook;
import io.throughline.domain.access.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The newest returns over counters. */
@Path("/console/counter-returns")
@ForPeople
@Hidden
public final class CountersPageResource {
    private static final int NEWEST = 100;

    private final CounterBook book;
    private final Pages pages;

    public CountersPageResource(CounterBook book, Pages pages) {
        this.book = book;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Moments moments = pages.moments();
        return pages.show(
                new CountersPage(book.recent(NEWEST, visit.caller()).stream()
                        .map(one -> CounterRow.of(one, moments))
                        .toList()),
                visit);
    }
}
