package io.throughline.api.console.order;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Visit;
import io.throughline.domain.access.Role;
import io.throughline.domain.order.Orders;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** The newest orders. */
@Path("/console/orders")
@ForPeople
@Hidden
public final class OrdersPageResource {
    private static final int NEWEST = 100;

    private final Orders orders;
    private final Pages pages;

    public OrdersPageResource(Orders orders, Pages pages) {
        this.orders = orders;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Moments moments = pages.moments();
        OrdersPage page = new OrdersPage(orders.recent(NEWEST).stream()
                .map(view -> OrderRow.of(view, moments))
                .toList());
        return pages.show(page, Visit.of(request));
    }
}
