package io.throughline.api.console.facility;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.Caller;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Form;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.facility.HeldPage.HeldRow;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.returns.HeldDesk;
import io.throughline.api.returns.HeldSubmission;
import io.throughline.api.returns.ReturnBook;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.returns.HeldGoods;
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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** What is held in a facility, and what has become of it. */
@Path("/console/facilities/{id}/held")
@ForPeople
@Hidden
public final class HeldResource {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private final HeldDesk desk;
    private final Pages pages;

    public HeldResource(HeldDesk desk, Pages pages) {
        this.desk = desk;
        this.pages = pages;
    }

    @GET
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(page(desk.facility(id, visit.caller()), visit.caller()), visit);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.STORE, Role.SUPPORT, Role.ADMIN})
    public Response release(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Caller caller = visit.caller();
        Facility place = desk.facility(id, caller);
        try {
            HeldSubmission told = read(visit.form());
            String key = visit.form().text("key").orElse("");
            desk.release(ReturnBook.submission(caller, key, address(place), told), place, told, caller);
        } catch (ProblemException refused) {
            return pages.refuse(page(place, caller), visit, refused);
        }
        return Response.seeOther(URI.create(address(place))).build();
    }

    private static HeldSubmission read(Form form) {
        HeldGoods.Outcome outcome = form.text("outcome")
                .flatMap(text -> Parameters.name(text, HeldGoods.Outcome::valueOf))
                .orElseThrow(() -> new ProblemException(ProblemType.INVALID_CONTENT, "Say what has become of them."));
        int quantity = form.text("quantity")
                .filter(text -> NUMBER.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(0);
        return new HeldSubmission(form.text("sku").orElse(""), quantity, outcome);
    }

    private HeldPage page(Facility place, Caller caller) {
        Moments moments = pages.moments();
        List<HeldGoods.Held> held = desk.at(place);
        return new HeldPage(
                place.id().value(),
                place.name(),
                address(place),
                held.stream().map(some -> row(some, moments)).toList(),
                held.stream()
                        .map(some -> some.sku().value())
                        .distinct()
                        .map(sku -> new Choice(sku, sku, false))
                        .toList(),
                Arrays.stream(HeldGoods.Outcome.values())
                        .map(outcome -> new Choice(outcome.name(), Words.of(outcome), false))
                        .toList(),
                "console/held/" + UUID.randomUUID(),
                !held.isEmpty() && caller.worksFor(place.id()));
    }

    private static HeldRow row(HeldGoods.Held held, Moments moments) {
        return new HeldRow(
                held.sku().value(),
                held.units(),
                held.disposition().map(Words::of).orElse("Held by somebody else"),
                held.source().orElse(""),
                held.source().map(Subjects::address),
                moments.of(held.since()));
    }

    private static String address(Facility place) {
        return Subjects.facility(place.id().value()) + "/held";
    }
}
