package io.throughline.api.console.transfer;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Form;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.SkuLines;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Visit;
import io.throughline.api.http.CleanText;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.transfer.TransferBodies.TransferRequest;
import io.throughline.api.transfer.TransferBodies.UnitsOfSku;
import io.throughline.api.transfer.TransferDesk;
import io.throughline.domain.access.Role;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a transfer, as {@code POST /v1/transfers} does. */
@Path(AskTransferResource.ADDRESS)
@ForPeople
@Hidden
public final class AskTransferResource {
    public static final String ADDRESS = "/console/new-transfer";

    private static final List<Duration> LENGTHS =
            List.of(Duration.ofHours(4), Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(7));
    private static final int LONGEST_NAME = 100;

    private final TransferDesk desk;
    private final Facilities facilities;
    private final Pages pages;

    public AskTransferResource(TransferDesk desk, Facilities facilities, Pages pages) {
        this.desk = desk;
        this.facilities = facilities;
        this.pages = pages;
    }

    /** What is filled in; of a page that was just opened the SKU at most. */
    private record Filled(
            String name,
            String askedAt,
            Optional<FacilityId> from,
            Optional<FacilityId> to,
            String lines,
            Optional<Duration> length) {}

    @GET
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response ask(@QueryParam("sku") @Nullable String sku, @Context ContainerRequestContext request) {
        String lines = Optional.ofNullable(sku)
                .flatMap(text -> Parameters.name(text.strip(), Sku::of))
                .map(known -> known + " 1")
                .orElse("");
        return pages.show(
                page(new Filled(
                        newName(), now().toString(), Optional.empty(), Optional.empty(), lines, Optional.empty())),
                Visit.of(request));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response take(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Form form = visit.form();
        Filled filled = new Filled(
                form.text("name").filter(AskTransferResource::isName).orElseGet(AskTransferResource::newName),
                form.text("askedAt").orElseGet(() -> now().toString()),
                facility(form, "from"),
                facility(form, "to"),
                form.text("lines").orElse(""),
                form.text("length").flatMap(AskTransferResource::offered));
        try {
            String id = desk.request(wish(form, filled), "console/" + filled.name(), visit.caller())
                    .transfer()
                    .id();
            return Response.seeOther(URI.create(Subjects.transfer(id))).build();
        } catch (ProblemException refused) {
            return pages.refuse(page(filled), visit, refused);
        }
    }

    private TransferRequest wish(Form form, Filled filled) {
        if (filled.from().isEmpty() || filled.to().isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "Choose where the goods are, and where they go.");
        }
        List<UnitsOfSku> lines = SkuLines.read(filled.lines()).stream()
                .map(line -> new UnitsOfSku(line.sku(), line.units()))
                .toList();
        return new TransferRequest(
                filled.from().get().value(),
                filled.to().get().value(),
                lines,
                form.length("length").map(length -> expectedAt(filled, length)));
    }

    /** So long after the page was opened: sent twice, it asks for the same day. */
    private static Instant expectedAt(Filled filled, Duration length) {
        try {
            return Instant.parse(filled.askedAt()).plus(length);
        } catch (DateTimeException unreadable) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "Open this page anew: it does not say since when.");
        }
    }

    private Optional<FacilityId> facility(Form form, String field) {
        return form.text(field)
                .flatMap(text -> Parameters.name(text, FacilityId::new))
                .flatMap(facilities::find)
                .map(Facility::id);
    }

    private AskTransferPage page(Filled filled) {
        return new AskTransferPage(
                filled.name(),
                filled.askedAt(),
                choices(filled.from()),
                choices(filled.to()),
                filled.lines(),
                Choice.among(
                        "As long as the stock policy says",
                        LENGTHS.stream(),
                        Duration::toString,
                        Moments::length,
                        filled.length()));
    }

    private static Optional<Duration> offered(String length) {
        return LENGTHS.stream().filter(one -> one.toString().equals(length)).findFirst();
    }

    private List<Choice> choices(Optional<FacilityId> chosen) {
        return Choice.among(
                "Choose a facility",
                facilities.all().stream().map(Facility::id),
                FacilityId::value,
                id -> facilities.get(id).name() + " " + id,
                chosen);
    }

    private Instant now() {
        return pages.moments().now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** A part of an idempotency key. */
    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && CleanText.isClean(text);
    }

    private static String newName() {
        return UUID.randomUUID().toString();
    }
}
