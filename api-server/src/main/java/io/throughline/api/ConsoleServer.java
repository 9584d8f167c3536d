package io.throughline.api;

import io.throughline.api.access.Credentials;
import io.throughline.api.access.KeyRing;
import io.throughline.api.account.Comparing;
import io.throughline.api.account.SystemSwitch;
import io.throughline.api.console.Assets;
import io.throughline.api.console.AssetsResource;
import io.throughline.api.console.Origin;
import io.throughline.api.console.Pages;
import io.throughline.api.console.ProblemPages;
import io.throughline.api.console.SessionCookie;
import io.throughline.api.console.Sessions;
import io.throughline.api.console.SignInResource;
import io.throughline.api.console.SignedIn;
import io.throughline.api.console.audit.AuditPageResource;
import io.throughline.api.console.cases.BulkPageResource;
import io.throughline.api.console.cases.CasePageResource;
import io.throughline.api.console.cases.CasePages;
import io.throughline.api.console.cases.CaseQueueResource;
import io.throughline.api.console.cases.CaseRows;
import io.throughline.api.console.cases.CausePages;
import io.throughline.api.console.cases.CauseResource;
import io.throughline.api.console.counter.CounterPageResource;
import io.throughline.api.console.counter.CounterPages;
import io.throughline.api.console.counter.CountersPageResource;
import io.throughline.api.console.facility.CountResource;
import io.throughline.api.console.facility.FacilitiesPageResource;
import io.throughline.api.console.facility.FacilityPageResource;
import io.throughline.api.console.facility.FacilityPages;
import io.throughline.api.console.facility.HeldResource;
import io.throughline.api.console.measure.KpiTrends;
import io.throughline.api.console.measure.KpisPageResource;
import io.throughline.api.console.order.BooksResource;
import io.throughline.api.console.order.OrderPageResource;
import io.throughline.api.console.order.OrderPages;
import io.throughline.api.console.order.OrdersPageResource;
import io.throughline.api.console.order.SearchResource;
import io.throughline.api.console.overview.OverviewResource;
import io.throughline.api.console.overview.UsualFlow;
import io.throughline.api.console.policy.TrialResource;
import io.throughline.api.console.recovery.ComparisonsPageResource;
import io.throughline.api.console.recovery.DeadLettersPageResource;
import io.throughline.api.console.recovery.RebuildsPageResource;
import io.throughline.api.console.recovery.RecoveryPageResource;
import io.throughline.api.console.recovery.UnknownEffectsPageResource;
import io.throughline.api.console.returns.ReturnForms;
import io.throughline.api.console.returns.ReturnPageResource;
import io.throughline.api.console.returns.ReturnPages;
import io.throughline.api.console.returns.ReturnsPageResource;
import io.throughline.api.console.returns.ScanPageResource;
import io.throughline.api.console.returns.Slips;
import io.throughline.api.console.runbook.RunbookResource;
import io.throughline.api.console.runbook.Runbooks;
import io.throughline.api.console.stock.StockPageResource;
import io.throughline.api.console.systems.PaceRows;
import io.throughline.api.console.systems.SystemPageResource;
import io.throughline.api.console.systems.SystemRows;
import io.throughline.api.console.systems.SystemsPageResource;
import io.throughline.api.console.transfer.AskTransferResource;
import io.throughline.api.console.transfer.TransferPageResource;
import io.throughline.api.console.transfer.TransferPages;
import io.throughline.api.console.transfer.TransfersPageResource;
import io.throughline.api.counter.CounterBook;
import io.throughline.api.fulfillment.FacilitySwitch;
import io.throughline.api.http.Links;
import io.throughline.api.intervention.AmendmentDesk;
import io.throughline.api.intervention.CaseDesk;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.intervention.GroupDesk;
import io.throughline.api.inventory.Counting;
import io.throughline.api.inventory.Republishing;
import io.throughline.api.order.Cancellations;
import io.throughline.api.order.OrderReading;
import io.throughline.api.returns.HeldDesk;
import io.throughline.api.returns.ReturnWork;
import io.throughline.api.routing.Trials;
import io.throughline.api.transfer.TransferDesk;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.runtime.retailer.Retailer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Puts the console together from what the resources of the API read and decide by. */
final class ConsoleServer {
    private final Retailer retailer;
    private final ServiceLevels levels;
    private final Facts facts;
    private final Links links;
    private final Clock clock;
    private final Sessions sessions;
    private final Origin origin;
    private final Assets assets = new Assets();
    private final Pages pages;

    ConsoleServer(Retailer retailer, ServiceLevels levels, Facts facts, KeyRing keys, Links links, Clock clock) {
        this.retailer = retailer;
        this.levels = levels;
        this.facts = facts;
        this.links = links;
        this.clock = clock;
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

    /** Where the resources of the API and the pages of the console ask and decide alike. */
    record Desks(
            OrderReading orders,
            Cancellations cancellations,
            CaseViews cases,
            AmendmentDesk amendments,
            Decisions decisions,
            CaseDesk caseDesk,
            GroupDesk groups,
            Availabilities availabilities,
            ReturnWork returns,
            HeldDesk held,
            CounterBook counters,
            FacilitySwitch facilitySwitch,
            SystemSwitch systemSwitch,
            Comparing comparing,
            Counting counting,
            Republishing republishing,
            TransferDesk transfers,
            Trials trials) {}

    List<Object> resources(Desks desks) {
        List<Object> resources = new ArrayList<>(List.of(
                new AssetsResource(assets),
                new SignInResource(sessions, new SessionCookie(links.publicUrl()), origin, pages),
                new AuditPageResource(facts.audit(), pages),
                new KpisPageResource(new KpiTrends(facts.kpis(), clock), levels, pages),
                new TrialResource(desks.trials(), facts.policyActivations(), pages)));
        resources.addAll(cases(desks));
        resources.addAll(recovery(desks.comparing()));
        resources.addAll(orders(desks));
        resources.addAll(counters(desks.counters()));
        resources.addAll(places(desks));
        resources.addAll(transfers(desks.transfers()));
        return resources;
    }

    private List<Object> cases(Desks desks) {
        Accounts accounts = retailer.accounts();
        CasePolicies policies = retailer.casePolicies();
        Runbooks runbooks = new Runbooks();
        return List.of(
                new OverviewResource(
                        facts.caseFiles(),
                        policies,
                        facts.orderFlow(),
                        new UsualFlow(facts.orderFlow(), clock),
                        systems(),
                        pages),
                new SystemsPageResource(systems(), paces(), facts.workload(), levels, pages),
                new SystemPageResource(desks.systemSwitch(), systems(), paces(), facts.products(), pages),
                new CaseQueueResource(facts.caseFiles(), desks.groups(), policies, accounts, pages),
                new CauseResource(new CausePages(facts.caseFiles(), desks.groups(), policies), desks.groups(), pages),
                new BulkPageResource(desks.groups(), pages),
                new CasePageResource(
                        desks.cases(),
                        new CasePages(
                                facts.caseFiles(),
                                desks.cases(),
                                desks.amendments(),
                                policies,
                                facts.effects(),
                                facts.orders(),
                                facts.trace(),
                                accounts,
                                facts.driftHistories(),
                                runbooks,
                                links),
                        desks.decisions(),
                        desks.caseDesk(),
                        pages),
                new RunbookResource(runbooks, policies, pages));
    }

    private List<Object> recovery(Comparing comparing) {
        return List.of(
                new RecoveryPageResource(facts.inboxReplays(), facts.effectRedrives(), facts.rebuilds(), pages),
                new DeadLettersPageResource(facts.inboxReplays(), pages),
                new UnknownEffectsPageResource(facts.effectRedrives(), pages),
                new ComparisonsPageResource(comparing, pages),
                new RebuildsPageResource(facts.rebuilds(), pages));
    }

    private List<Object> orders(Desks desks) {
        CaseRows rows = rows();
        return List.of(
                new OrdersPageResource(facts.orders(), pages),
                new OrderPageResource(
                        desks.orders(),
                        new OrderPages(
                                desks.orders(),
                                facts.cases(),
                                facts.effects(),
                                facts.journals(),
                                facts.returns(),
                                facts.orderReservations(),
                                rows,
                                retailer.accounts(),
                                links),
                        desks.cancellations(),
                        pages),
                new BooksResource(desks.orders(), facts.orders(), facts.returns(), facts.journals(), pages),
                new ReturnsPageResource(desks.returns().book(), pages),
                new ScanPageResource(desks.returns(), retailer.facilities(), pages),
                new ReturnPageResource(
                        desks.returns(),
                        new ReturnPages(
                                facts.journals(),
                                facts.cases(),
                                rows,
                                facts.exchanges(),
                                facts.clientRefunds(),
                                facts.orders(),
                                facts.returnPhotos(),
                                facts.returnDebts(),
                                new ReturnForms(desks.returns(), facts.returns(), retailer.facilities())),
                        new Slips(retailer.facilities(), facts.orders()),
                        pages),
                new SearchResource(facts.trace(), facts.cases(), catalog(), rows, links, pages));
    }

    private List<Object> counters(CounterBook book) {
        return List.of(
                new CountersPageResource(book, pages),
                new CounterPageResource(
                        book,
                        new CounterPages(facts.cases(), rows(), facts.sales(), facts.journals(), facts.trace(), links),
                        new Slips(retailer.facilities(), facts.orders()),
                        pages));
    }

    private List<Object> places(Desks desks) {
        FacilityPages reader = new FacilityPages(
                retailer.facilities(),
                facts.workLists(),
                desks.facilitySwitch(),
                retailer.stockRules(clock).bundles());
        return List.of(
                new StockPageResource(
                        desks.availabilities(),
                        facts.products(),
                        catalog(),
                        retailer.facilities(),
                        facts.transfers(),
                        facts.cases(),
                        desks.republishing(),
                        rows(),
                        pages),
                new FacilitiesPageResource(retailer.facilities(), facts.pauses(), pages),
                new FacilityPageResource(reader, desks.facilitySwitch(), pages),
                new CountResource(reader, desks.counting(), pages),
                new HeldResource(desks.held(), pages));
    }

    private List<Object> transfers(TransferDesk desk) {
        return List.of(
                new TransfersPageResource(desk, retailer.facilities(), pages),
                new AskTransferResource(desk, retailer.facilities(), pages),
                new TransferPageResource(desk, new TransferPages(facts.cases(), rows(), facts.trace()), pages));
    }

    private SystemRows systems() {
        return new SystemRows(facts.systemHealth(), facts.systemControls(), retailer.accounts());
    }

    private PaceRows paces() {
        return new PaceRows(facts.systemPaces(), facts.systemControls(), retailer.accounts());
    }

    private CaseRows rows() {
        return new CaseRows(retailer.casePolicies());
    }

    private Catalog catalog() {
        return retailer.catalog().or(facts.products());
    }
}
