package io.throughline.api.console.facility;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Form;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.fulfillment.FacilitySwitch;
import io.throughline.api.fulfillment.PausesResource.PauseRequest;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityPauses.OpenWork;
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

/** One facility, and the switch that keeps new work from it. */
@Path("/console/facilities/{id}")
@ForPeople
@Hidden
public final class FacilityPageResource {
    private final FacilityPages reader;
    private final FacilitySwitch facilitySwitch;
    private final Pages pages;

    public FacilityPageResource(FacilityPages reader, FacilitySwitch facilitySwitch, Pages pages) {
        this.reader = reader;
        this.facilitySwitch = facilitySwitch;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(reader.read(reader.find(id), visit, pages.moments()), visit);
    }

    @POST
    @Path("/pause")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response pause(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Facility facility = reader.find(id);
        try {
            facilitySwitch.pause(facility.id(), wish(visit.form(), pages.moments()), visit.caller());
        } catch (ProblemException refused) {
            return pages.refuse(reader.read(facility, visit, pages.moments()), visit, refused);
        }
        return back(facility);
    }

    @POST
    @Path("/resumption")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response resume(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Facility facility = reader.find(id);
        facilitySwitch.resume(facility.id(), Visit.of(request).caller());
        return back(facility);
    }

    private static PauseRequest wish(Form form, Moments moments) {
        OpenWork openWork = form.text("openWork")
                .flatMap(text -> Parameters.name(text, OpenWork::valueOf))
                .orElseThrow(() ->
                        new ProblemException(ProblemType.INVALID_CONTENT, "Say what becomes of the work that it has."));
        return new PauseRequest(
                form.text("reason").orElse(""), openWork, form.length("length").map(moments.now()::plus));
    }

    private static Response back(Facility facility) {
        return Response.seeOther(URI.create(Subjects.facility(facility.id().value())))
                .build();
    }
}
