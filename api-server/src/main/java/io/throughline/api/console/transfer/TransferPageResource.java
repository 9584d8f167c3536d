package io.throughline.api.console.transfer;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Form;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.transfer.TransferBodies.UnitsOfSku;
import io.throughline.api.transfer.TransferBodies.UnitsTold;
import io.throughline.api.transfer.TransferDesk;
import io.throughline.api.transfer.TransferView;
import io.throughline.domain.access.Role;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** One transfer: its goods have left, have arrived, or are not wanted any more. */
@Path("/console/transfers/{id}")
@ForPeople
@Hidden
public final class TransferPageResource {
    /** Begins the field of a SKU's units. */
    static final String UNITS = "units/";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final TransferDesk desk;
    private final TransferPages reader;
    private final Pages pages;

    public TransferPageResource(TransferDesk desk, TransferPages reader, Pages pages) {
        this.desk = desk;
        this.reader = reader;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(page(id, visit), visit);
    }

    @POST
    @Path("/sending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response send(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (transfer, visit) -> desk.send(id, units(transfer, visit.form()), visit.caller()));
    }

    @POST
    @Path("/receipt")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response receive(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(
                id, request, (transfer, visit) -> desk.receive(id, units(transfer, visit.form()), visit.caller()));
    }

    @POST
    @Path("/cancellation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response cancel(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return changed(id, request, (transfer, visit) -> desk.cancel(id, visit.caller()));
    }

    /** One step. */
    private interface Change {
        TransferView of(TransferView transfer, Visit visit);
    }

    private Response changed(String id, ContainerRequestContext request, Change change) {
        Visit visit = Visit.of(request);
        TransferView transfer = desk.show(id, visit.caller());
        try {
            TransferView after = change.of(transfer, visit);
            return Response.seeOther(URI.create(Subjects.transfer(after.id()))).build();
        } catch (ProblemException refused) {
            return pages.refuse(page(id, visit), visit, refused);
        }
    }

    private TransferPage page(String id, Visit visit) {
        return reader.read(desk.show(id, visit.caller()), visit.caller(), pages.moments());
    }

    /** A number for each line of the transfer. */
    private static UnitsTold units(TransferView transfer, Form form) {
        List<UnitsOfSku> units = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        transfer.lines().forEach(line -> {
            Optional<String> told = form.text(UNITS + line.sku())
                    .filter(text -> NUMBER.matcher(text).matches());
            told.ifPresentOrElse(
                    number -> units.add(new UnitsOfSku(line.sku(), Integer.parseInt(number))),
                    () -> errors.add(new FieldError("/" + line.sku(), "a number of units, 0 for none")));
        });
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, "Say of each SKU how many units.", List.copyOf(errors));
        }
        return new UnitsTold(units);
    }
}
