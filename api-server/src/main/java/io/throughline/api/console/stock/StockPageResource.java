package io.throughline.api.console.stock;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Bar;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CaseRow;
import io.throughline.api.console.cases.CaseRows;
import io.throughline.api.console.stock.StockPage.ChannelRow;
import io.throughline.api.console.stock.StockPage.Known;
import io.throughline.api.console.stock.StockPage.PendingRow;
import io.throughline.api.console.stock.StockPage.Place;
import io.throughline.api.console.stock.StockPage.TransferUnits;
import io.throughline.api.console.transfer.AskTransferResource;
import io.throughline.api.console.transfer.TransferRow;
import io.throughline.api.http.Parameters;
import io.throughline.api.inventory.RepublicationRequest;
import io.throughline.api.inventory.Republishing;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.availability.Availabilities.Question;
import io.throughline.domain.availability.Availability;
import io.throughline.domain.availability.Availability.AtFacility;
import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Product;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.Transfers;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stock of a SKU. */
@Path("/console/stock")
@ForPeople
@Hidden
public final class StockPageResource {
    private static final int FIRST_PRODUCTS = 100;
    private static final int MOST_TRANSFERS = 50;

    private final Availabilities availabilities;
    private final ProductCatalog products;
    private final Catalog catalog;
    private final Facilities facilities;
    private final Transfers transfers;
    private final Cases cases;
    private final Republishing republishing;
    private final CaseRows rows;
    private final Pages pages;

    public StockPageResource(
            Availabilities availabilities,
            ProductCatalog products,
            Catalog catalog,
            Facilities facilities,
            Transfers transfers,
            Cases cases,
            Republishing republishing,
            CaseRows rows,
            Pages pages) {
        this.availabilities = availabilities;
        this.products = products;
        this.catalog = catalog;
        this.facilities = facilities;
        this.transfers = transfers;
        this.cases = cases;
        this.republishing = republishing;
        this.rows = rows;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@QueryParam("sku") @Nullable String given, @Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        return pages.show(page(given == null ? "" : given.strip(), visit), visit);
    }

    private StockPage page(String name, Visit visit) {
        boolean mayAsk = visit.caller().hasAny(Role.SUPPORT, Role.ADMIN);
        return Parameters.name(name, Sku::of)
                .filter(catalog::knows)
                .map(known -> of(known, mayAsk, pages.moments()))
                .orElseGet(() -> choice(name));
    }

    /** Has a system show the ledger's number again, as {@code POST /v1/facilities/…/republications} does. */
    @POST
    @Path("/republications")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.SUPPORT, Role.ADMIN})
    public Response publishAgain(@Context ContainerRequestContext request) {
        Visit visit = Visit.of(request);
        String sku = visit.form().text("sku").orElse("");
        try {
            // The account, then the facility, neither of which has a blank in it.
            String[] where = visit.form().text("where").orElse("").split(" ", 2);
            FacilityId facility = Parameters.name(where[where.length - 1], FacilityId::new)
                    .flatMap(facilities::find)
                    .map(Facility::id)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.INVALID_CONTENT, "Choose which system is to show it, and of which facility."));
            republishing.ask(
                    facility,
                    new RepublicationRequest(sku, Optional.of(where[0])),
                    visit.caller().actor());
        } catch (ProblemException refused) {
            return pages.refuse(page(sku, visit), visit, refused);
        }
        return Response.seeOther(URI.create(Subjects.stock(sku))).build();
    }

    private StockPage choice(String asked) {
        List<Sku> first = products.after(Optional.empty(), FIRST_PRODUCTS).stream()
                .map(Product::sku)
                .toList();
        Map<Sku, String> titles = products.titles(first);
        return new StockPage(
                asked,
                Optional.empty(),
                !asked.isEmpty(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                first.stream()
                        .map(sku -> new Known(
                                sku.value(), titles.getOrDefault(sku, sku.value()), Subjects.stock(sku.value())))
                        .toList(),
                "",
                List.of(),
                List.of());
    }

    private StockPage of(Sku sku, boolean mayAsk, Moments moments) {
        Availability availability = availabilities
                .answer(new Question(List.of(sku), Optional.empty(), Optional.empty(), Optional.empty()), moments.now())
                .getFirst();
        List<Transfer> open = transfers.open(sku, MOST_TRANSFERS);
        int greatest = availability.facilities().stream()
                .flatMap(at -> at.balance().stream())
                .mapToInt(Balance::onHand)
                .max()
                .orElse(0);
        return new StockPage(
                sku.value(),
                Optional.ofNullable(products.titles(List.of(sku)).get(sku)),
                false,
                availability.policy(),
                availability.facilities().stream()
                        .map(at -> place(sku, at, greatest, moments))
                        .toList(),
                availability.channels().stream()
                        .map(in -> new ChannelRow(
                                in.channel().value(), in.availableToPromise(), in.threshold(), in.unroutedDemand()))
                        .toList(),
                open.stream().map(transfer -> transfer(sku, transfer, moments)).toList(),
                openCases(sku, open, moments),
                List.of(),
                mayAsk ? AskTransferResource.ADDRESS + "?sku=" + Subjects.encoded(sku.value()) : "",
                mayAsk ? republishable(sku) : List.of(),
                republishing.pending(sku).stream()
                        .map(wish -> new PendingRow(
                                wish.place().facility().value(),
                                wish.account().value(),
                                wish.askedBy(),
                                moments.of(wish.askedAt())))
                        .toList());
    }

    private List<Choice> republishable(Sku sku) {
        return facilities.all().stream()
                .flatMap(facility -> republishing.following(new StockSubject(facility.id(), sku)).stream()
                        .map(account ->
                                new Choice(account + " " + facility.id(), account + ": " + facility.name(), false)))
                .toList();
    }

    private static TransferUnits transfer(Sku sku, Transfer transfer, Moments moments) {
        Transfer.Line line = transfer.lines().stream()
                .filter(one -> one.sku().equals(sku))
                .findFirst()
                .orElseThrow();
        return new TransferUnits(
                transfer.id().value(),
                Subjects.address(transfer.id().value()),
                transfer.from().value(),
                transfer.to().value(),
                TransferRow.badge(transfer.status(), transfer.settled()),
                line.requested(),
                line.sent(),
                line.received(),
                moments.of(transfer.expectedAt()));
    }

    private List<CaseRow> openCases(Sku sku, List<Transfer> open, Moments moments) {
        List<String> subjects = Stream.concat(
                        facilities.all().stream().map(facility -> new StockSubject(facility.id(), sku).toString()),
                        open.stream().map(transfer -> transfer.id().subject()))
                .toList();
        return cases.unclosed(subjects).stream()
                .map(one -> rows.of(one, moments))
                .toList();
    }

    private Place place(Sku sku, AtFacility at, int greatest, Moments moments) {
        // A bundle has no balance of its own.
        Balance balance = at.balance().orElseGet(() -> new Balance(at.facility(), sku, 0, 0, 0, 0, 0, 0, 0));
        return new Place(
                at.facility().value(),
                facilities.find(at.facility()).map(Facility::name).orElse(""),
                balance.onHand(),
                balance.reserved(),
                balance.safetyStock(),
                balance.held(),
                balance.damaged(),
                balance.inTransit(),
                balance.lacking(),
                at.availableToPromise(),
                new Badge(Words.of(at.source().state()), tone(at.source().state())),
                at.source().system(),
                moments.of(at.source().heardAt()),
                at.source().lastWord().map(Word::source).orElse(""),
                moments.of(at.source().lastWord().map(Word::saidAt)),
                bars(balance, at.availableToPromise(), greatest));
    }

    private static Tone tone(Availability.State state) {
        return switch (state) {
            case LIVE -> Tone.GOOD;
            case SILENT, QUIET -> Tone.BAD;
            case UNHEARD, PAUSED -> Tone.QUIET;
        };
    }

    /** What is on hand: first what can be promised, then what is promised, then what is kept back. */
    private static List<Bar> bars(Balance balance, int available, int greatest) {
        List<Bar> bars = new ArrayList<>();
        int from = Bar.add(bars, Tone.GOOD, "available", 0, available, greatest);
        from = Bar.add(bars, Tone.WAITING, "reserved", from, balance.reserved(), greatest);
        int keptBack = balance.onHand() - available - balance.reserved();
        Bar.add(bars, Tone.QUIET, "kept back", from, keptBack, greatest);
        return bars;
    }
}
