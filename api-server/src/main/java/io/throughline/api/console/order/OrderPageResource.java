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

/** One order, and the wish that it be cancelled, with what would come of that. */
@Path("/console/orders/{id}")
@ForPeople
@Hidden
public final class OrderPageResource {
    static final String CANCELLATION = "/cancellation";

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

    @GET
    @Path(CANCELLATION)
    @Allow(Role.SUPPORT)
    public Response plan(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        OrderView order = orders.view(id);
        try {
            return pages.show(plan(order, visit, ""), visit);
        } catch (ProblemException refused) {
            return pages.refuse(reader.read(order, visit, pages.moments()), visit, refused);
        }
    }

    @POST
    @Path(CANCELLATION)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow(Role.SUPPORT)
    public Response cancel(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        OrderView order = orders.view(id);
        String reason = visit.form().text("reason").orElse("");
        try {
            cancellations.askAsPlanned(order, visit.form().text("plan").orElse(""), reason, visit.caller());
        } catch (ProblemException refused) {
            return refused(orders.view(id), visit, reason, refused);
        }
        return Response.seeOther(URI.create(Subjects.order(order.id()))).build();
    }

    /** With what would come of it now, as long as the order can be cancelled at all. */
    private Response refused(OrderView order, Visit visit, String reason, ProblemException refused) {
        try {
            return pages.refuse(plan(order, visit, reason), visit, refused);
        } catch (ProblemException tooLate) {
            return pages.refuse(reader.read(order, visit, pages.moments()), visit, tooLate);
        }
    }

    private CancellationPage plan(OrderView order, Visit visit, String reason) {
        String address = Subjects.order(order.id());
        return new CancellationPage(
                order.name(),
                order.id().value(),
                address,
                address + CANCELLATION,
                cancellations.preview(order, visit.caller()),
                reason);
    }
}
