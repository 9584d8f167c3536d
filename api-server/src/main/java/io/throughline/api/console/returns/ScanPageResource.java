package io.throughline.api.console.returns;

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
import io.throughline.api.console.returns.ScanPage.Found;
import io.throughline.api.console.returns.ScanPage.Line;
import io.throughline.api.console.returns.ScanPage.Preview;
import io.throughline.api.http.Parameters;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.api.returns.ReturnBook;
import io.throughline.api.returns.ReturnSubmission;
import io.throughline.api.returns.ReturnWork;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.Verdict;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whatever a customer brings is scanned here, and what of its order comes back is authorised. */
@Path("/console/returns/scan")
@ForPeople
@Hidden
public final class ScanPageResource {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private final ReturnWork work;
    private final Facilities facilities;
    private final Pages pages;

    public ScanPageResource(ReturnWork work, Facilities facilities, Pages pages) {
        this.work = work;
        this.facilities = facilities;
        this.pages = pages;
    }

    @GET
    @Allow({Role.STORE, Role.SUPPORT})
    public Response ask(@QueryParam("id") @Nullable String id, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        String scanned = Optional.ofNullable(id).map(String::strip).orElse("");
        return pages.show(page(scanned, visit, new Form(Map.of()), Optional.empty()), visit);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.STORE, Role.SUPPORT})
    public Response take(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        Form form = visit.form();
        String scanned = form.text("id").orElse("");
        try {
            ReturnSubmission submission = read(scanned, visit);
            if (form.text("do").filter("authorise"::equals).isEmpty()) {
                Preview preview = shown(work.preview(submission, visit.caller()));
                return pages.show(page(scanned, visit, form, Optional.of(preview)), visit);
            }
            ReturnId id = ReturnBook.check(work.authorise(
                    ReturnBook.submission(visit.caller(), ReturnForms.key(form), "returns", submission),
                    submission,
                    visit.caller()));
            return Response.seeOther(URI.create(Subjects.returned(id.value()))).build();
        } catch (ProblemException refused) {
            return pages.refuse(page(scanned, visit, form, Optional.empty()), visit, refused);
        }
    }

    private ScanPage page(String id, Visit visit, Form form, Optional<Preview> preview) {
        Caller caller = visit.caller();
        Optional<ReturnWork.Scanned> scanned =
                id.isEmpty() || id.length() > 255 ? Optional.empty() : work.scan(id, caller);
        Optional<String> chosen = form.text("store");
        List<Choice> stores = facilities.all().stream()
                .filter(place -> place.kind() == Facility.Kind.STORE && caller.worksFor(place.id()))
                .map(place -> new Choice(
                        place.id().value(),
                        place.name(),
                        chosen.filter(place.id().value()::equals).isPresent()))
                .toList();
        return new ScanPage(
                id, scanned.map(one -> found(one, form, pages.moments(), !stores.isEmpty())), stores, preview);
    }

    private static Found found(ReturnWork.Scanned scanned, Form form, Moments moments, boolean anyStore) {
        List<Purchase.Line> bought = scanned.purchase().lines();
        List<Line> lines = IntStream.range(0, bought.size())
                .mapToObj(i -> line(i + 1, bought.get(i), form))
                .toList();
        return new Found(
                scanned.order().id().value(),
                scanned.order().name(),
                lines,
                scanned.returns().stream()
                        .map(one -> ReturnRow.of(one, moments))
                        .toList(),
                "console/" + scanned.order().id() + "/returns/" + scanned.known(),
                anyStore && lines.stream().anyMatch(line -> line.returnable() > 0));
    }

    private static Line line(int number, Purchase.Line bought, Form form) {
        return new Line(
                number,
                bought.sold().title(),
                bought.sold().sku().value(),
                bought.handedOver(),
                bought.withoutGoods() ? 0 : bought.returnable(),
                form.text("units/" + number).orElse("0"),
                Choice.among(
                                "",
                                Arrays.stream(ReturnReason.values())
                                        .filter(reason -> reason != ReturnReason.NEVER_ARRIVED),
                                Enum::name,
                                Words::of,
                                form.text("reason/" + number)
                                        .flatMap(text -> Parameters.name(text, ReturnReason::valueOf))
                                        .or(() -> Optional.of(ReturnReason.UNWANTED)))
                        .stream()
                        .skip(1)
                        .toList(),
                form.text("grade/" + number).orElse(""));
    }

    private ReturnSubmission read(String scanned, Visit visit) {
        ReturnWork.Scanned found = work.scan(scanned, visit.caller())
                .orElseThrow(() -> ProblemException.notFound("order that this belongs to"));
        Form form = visit.form();
        List<ReturnSubmission.Line> lines = new ArrayList<>();
        List<Purchase.Line> bought = found.purchase().lines();
        for (int i = 1; i <= bought.size(); i++) {
            int units = form.text("units/" + i)
                    .filter(text -> NUMBER.matcher(text).matches())
                    .map(Integer::parseInt)
                    .orElse(0);
            if (units > 0) {
                lines.add(new ReturnSubmission.Line(
                        bought.get(i - 1).sold().id(),
                        units,
                        form.text("reason/" + i)
                                .flatMap(text -> Parameters.name(text, ReturnReason::valueOf))
                                .orElse(ReturnReason.UNWANTED),
                        form.text("grade/" + i)));
            }
        }
        if (lines.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "Say how many units of which line come back.");
        }
        return new ReturnSubmission(
                found.order().id().value(),
                form.text("store"),
                lines,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Preview shown(ReturnPreview preview) {
        Stream<String> refused = preview.verdicts().stream()
                .flatMap(verdict -> verdict instanceof Verdict.Refused no ? Stream.of(no.why()) : Stream.empty());
        return new Preview(
                preview.refund().total().shop().toString(),
                Words.of(preview.refundTo()),
                preview.needsSecondPerson(),
                preview.refund().entries().stream().map(ScanPageResource::words).toList(),
                Stream.concat(refused, preview.objection().stream()).toList());
    }

    private static String words(RefundEntry entry) {
        return entry.amount() + ": " + entry.words();
    }
}
