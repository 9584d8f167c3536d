package io.throughline.api.console.order;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.order.Cancellations;
import io.throughline.api.order.OrderReading;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.order.OrderView;
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

/** One order, and the wish that it be cancelled. */
@Path("/console/orders/{id}")
@ForPeople
@Hidden
public final class OrderPageResource {
    private final OrderReading orders;
    private final OrderPages reader;
    private final Cancellations cancellations;
    private final Pages pages;

    public OrderPageResource(OrderReading orders, OrderPages reader, Cancellations cancellations, Pages pages) {
        this.orders = orders;
        this.reader = reader;
        this.cancellations = cancellations;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(reader.read(orders.view(id), visit, pages.moments()), visit);
    }

    @POST
    @Path("/cancellation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.SUPPORT)
    public Response cancel(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        OrderView order = orders.view(id);
        try {
            cancellations.ask(order, visit.form().text("reason").orElse(""), visit.caller());
        } catch (ProblemException refused) {
            return pages.refuse(reader.read(orders.view(id), visit, pages.moments()), visit, refused);
        }
        return Response.seeOther(URI.create(Subjects.order(order.id()))).build();
    }
}
