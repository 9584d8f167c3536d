package io.throughline.api.console.order;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.order.BooksPage.TenderRow;
import io.throughline.api.order.OrderReading;
import io.throughline.domain.access.Role;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.Returns;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The books of one order. */
@Path("/console/orders/{id}/books")
@ForPeople
@Hidden
public final class BooksResource {
    private final OrderReading reading;
    private final Orders orders;
    private final Returns returns;
    private final Journals journals;
    private final Pages pages;

    public BooksResource(OrderReading reading, Orders orders, Returns returns, Journals journals, Pages pages) {
        this.reading = reading;
        this.orders = orders;
        this.returns = returns;
        this.journals = journals;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return pages.show(page(reading.view(id), pages.moments()), Visit.of(request));
    }

    private BooksPage page(OrderView view, Moments moments) {
        Optional<Order> order = orders.find(view.id());
        List<Return> back = returns.ofOrder(view.id());
        List<Posting> postings = new ArrayList<>(journals.of(view.id()));
        back.forEach(one -> postings.addAll(journals.of(one.id())));
        return new BooksPage(
                view.id().value(),
                view.name(),
                Subjects.order(view.id()),
                Badge.of(view.posting()),
                order.map(known -> known.currency().code()),
                order.map(Order::tenders).orElse(List.of()).stream()
                        .map(tender -> row(tender, moments))
                        .toList(),
                order.map(known -> new TieOut(known, sold(known, back), view.status(), back, postings).ties())
                        .orElse(List.of()),
                postings.stream().map(JournalTable::of).toList());
    }

    /** Where something came back: as it was before, for a channel takes off what was returned. */
    private Money sold(Order now, List<Return> back) {
        return back.isEmpty()
                ? now.total().shop()
                : orders.versions(now.id())
                        .reversed()
                        .get(back.getFirst().orderVersion() - 1)
                        .total()
                        .shop();
    }

    private static TenderRow row(Tender tender, Moments moments) {
        return new TenderRow(
                Words.of(tender.kind()),
                new Badge(Words.of(tender.status()), tone(tender.status())),
                tender.gateway(),
                tender.amount().shop().toString(),
                tender.amount().shop().equals(tender.amount().presentment())
                        ? ""
                        : tender.amount().presentment().toString(),
                tender.id(),
                moments.of(tender.at()));
    }

    private static Tone tone(Tender.Status status) {
        return switch (status) {
            case SUCCESS -> Tone.GOOD;
            case PENDING -> Tone.WAITING;
            case FAILURE, UNKNOWN -> Tone.BAD;
        };
    }
}
