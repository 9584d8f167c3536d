package io.throughline.api.console.facility;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Form;
import io.throughline.api.console.Pages;
import io.throughline.api.console.SkuLines;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.facility.CountPage.CountedRow;
import io.throughline.api.inventory.CountOutcome;
import io.throughline.api.inventory.CountOutcome.CountedOutcome;
import io.throughline.api.inventory.CountSubmission;
import io.throughline.api.inventory.CountSubmission.CountedLine;
import io.throughline.api.inventory.Counting;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.inventory.CycleCounts.Verdict;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Cycle counts by hand. They are of the moment in which they are sent. */
@Path("/console/facilities/{id}/counts")
@ForPeople
@Hidden
public final class CountResource {
    private final FacilityPages facilities;
    private final Counting counting;
    private final Pages pages;

    public CountResource(FacilityPages facilities, Counting counting, Pages pages) {
        this.facilities = facilities;
        this.counting = counting;
        this.pages = pages;
    }

    @GET
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response ask(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return pages.show(page(facilities.find(id), newName(), "", List.of()), Visit.of(request));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response take(@PathParam("id") String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Facility facility = facilities.find(id);
        Form form = visit.form();
        String name = form.text("name").orElseGet(this::newName);
        String lines = form.text("lines").orElse("");
        try {
            CountOutcome outcome = counting.take(
                    facility.id(), new CountSubmission(name, pages.moments().now(), read(lines)));
            return pages.show(page(facility, newName(), "", outcome.lines()), visit);
        } catch (ProblemException refused) {
            return pages.refuse(page(facility, name, lines, List.of()), visit, refused);
        }
    }

    /** Sent twice from one page, it is one count. */
    private String newName() {
        Instant now = pages.moments().now().truncatedTo(ChronoUnit.SECONDS);
        return "console/" + now + "/" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static List<CountedLine> read(String text) {
        return SkuLines.read(text).stream()
                .map(line -> new CountedLine(line.sku(), line.units()))
                .toList();
    }

    private static CountPage page(Facility facility, String name, String lines, List<CountedOutcome> outcome) {
        return new CountPage(
                FacilityRow.of(facility, false),
                name,
                lines,
                outcome.stream().map(CountResource::row).toList());
    }

    private static CountedRow row(CountedOutcome counted) {
        Verdict verdict = Verdict.valueOf(counted.verdict());
        return new CountedRow(
                counted.sku(),
                Subjects.stock(counted.sku()),
                new Badge(Words.of(verdict), tone(verdict)),
                meaning(verdict),
                counted.change() > 0 ? "+" + counted.change() : Integer.toString(counted.change()),
                counted.caseId());
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case BOOKED -> Tone.GOOD;
            case HELD_BACK -> Tone.WAITING;
            case CONFLICT -> Tone.BAD;
            case COVERED, KNOWN -> Tone.QUIET;
        };
    }

    private static String meaning(Verdict verdict) {
        return switch (verdict) {
            case BOOKED -> "The ledger has it.";
            case COVERED -> "A later count had told it already.";
            case KNOWN -> "This count was taken in before.";
            case CONFLICT -> "This count was taken in before, with another number or time; that stands.";
            case HELD_BACK -> "It differs by more than the policy believes: somebody decides in the case.";
        };
    }
}
