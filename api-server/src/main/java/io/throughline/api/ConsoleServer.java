package io.throughline.api;

import io.throughline.api.access.Credentials;
import io.throughline.api.access.KeyRing;
import io.throughline.api.console.Assets;
import io.throughline.api.console.AssetsResource;
import io.throughline.api.console.Origin;
import io.throughline.api.console.Pages;
import io.throughline.api.console.ProblemPages;
import io.throughline.api.console.SessionCookie;
import io.throughline.api.console.Sessions;
import io.throughline.api.console.SignInResource;
import io.throughline.api.console.SignedIn;
import io.throughline.api.console.cases.CasePageResource;
import io.throughline.api.console.cases.CasePages;
import io.throughline.api.console.cases.CaseQueueResource;
import io.throughline.api.console.order.OrderPageResource;
import io.throughline.api.console.order.OrderPages;
import io.throughline.api.console.order.OrdersPageResource;
import io.throughline.api.console.order.SearchResource;
import io.throughline.api.console.overview.OverviewResource;
import io.throughline.api.console.runbook.RunbookResource;
import io.throughline.api.console.runbook.Runbooks;
import io.throughline.api.console.stock.StockPageResource;
import io.throughline.api.http.Links;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.order.Cancellations;
import io.throughline.api.order.OrderReading;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.catalog.Catalog;
import io.throughline.runtime.retailer.Retailer;
import java.time.Clock;
import java.util.List;

/** Puts the console together from what the resources of the API read and decide by. */
final class ConsoleServer {
    private final Retailer retailer;
    private final Facts facts;
    private final Links links;
    private final Sessions sessions;
    private final Origin origin;
    private final Assets assets = new Assets();
    private final Pages pages;

    ConsoleServer(Retailer retailer, Facts facts, KeyRing keys, Links links, Clock clock) {
        this.retailer = retailer;
        this.facts = facts;
        this.links = links;
        this.sessions = new Sessions(keys, facts.consoleSessions(), clock);
        this.origin = new Origin(links.publicUrl());
        this.pages = new Pages(assets, clock);
    }

    /** How people say who they are. */
    Credentials people() {
        return new SignedIn(sessions, origin);
    }

    ProblemPages problemPages() {
        return new ProblemPages(pages);
    }

    List<Object> resources(
            OrderReading reading,
            Cancellations cancellations,
            CaseViews cases,
            Decisions decisions,
            Availabilities availabilities) {
        Accounts accounts = retailer.accounts();
        Catalog catalog = retailer.catalog().or(facts.products());
        Runbooks runbooks = new Runbooks();
        return List.of(
                new AssetsResource(assets),
                new SignInResource(sessions, new SessionCookie(links.publicUrl()), origin, pages),
                new OverviewResource(facts.cases(), facts.orderFlow(), facts.systemHealth(), accounts, pages),
                new CaseQueueResource(facts.cases(), accounts, pages),
                new CasePageResource(
                        cases,
                        new CasePages(
                                facts.cases(),
                                facts.effects(),
                                facts.orders(),
                                facts.trace(),
                                accounts,
                                runbooks,
                                links),
                        decisions,
                        pages),
                new OrdersPageResource(facts.orders(), pages),
                new OrderPageResource(
                        reading,
                        new OrderPages(
                                reading,
                                facts.cases(),
                                facts.effects(),
                                facts.journals(),
                                facts.orderReservations(),
                                accounts,
                                links),
                        cancellations,
                        pages),
                new SearchResource(facts.trace(), facts.cases(), catalog, pages),
                new StockPageResource(
                        availabilities, facts.products(), catalog, retailer.facilities(), facts.cases(), pages),
                new RunbookResource(runbooks, pages));
    }
}
