package io.throughline.worker.attention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStep;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.OpenProcesses;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImport;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.sale.StoreDays.StoreDay;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Returns, returns over counters, reroutes, stores' days and imports, by their facts; and by its name alone what runs for an account (its stock,
 * its catalogue, its comparison), for that always goes on, and what carries a decision into a case. A reroute's case is its order's, at a step
 * that names the work, as its other cases are.
 */
public final class StoredPeers implements Peers {
    /** A decision about it wakes the reroute, as one about any of its steps does. */
    private static final String OF_REROUTE = "reroute.process ";

    /** A run of a schedule has the moment behind the name of its account. */
    private static final Pattern OF_ACCOUNT =
            Pattern.compile("(?:inventory|stock-feed|erp-stock|catalog|products|customer|reconcile)/"
                    + "([a-z0-9][a-z0-9-]{0,39}?)(?:-[0-9]{4}-[0-9]{2}-[0-9]{2}T[^/]*|/.*)?");

    private static final Pattern IMPORT = Pattern.compile("stock-import/(I-[1-9][0-9]{0,17})");
    private static final Pattern DECISION = Pattern.compile("case/(C-[1-9][0-9]{0,17})");

    private final OpenProcesses open;
    private final Returns returns;
    private final CounterReturns counterReturns;
    private final Reroutes reroutes;
    private final StoreDays storeDays;
    private final Function<ImportId, Optional<StockImport>> imports;
    private final Cases cases;
    private final Attention attention;
    private final Facilities facilities;
    private final Accounts accounts;

    public StoredPeers(
            OpenProcesses open,
            Returns returns,
            CounterReturns counterReturns,
            Reroutes reroutes,
            StoreDays storeDays,
            Function<ImportId, Optional<StockImport>> imports,
            Cases cases,
            Attention attention,
            Facilities facilities,
            Accounts accounts) {
        this.open = open;
        this.returns = returns;
        this.counterReturns = counterReturns;
        this.reroutes = reroutes;
        this.storeDays = storeDays;
        this.imports = imports;
        this.cases = cases;
        this.attention = attention;
        this.facilities = facilities;
        this.accounts = accounts;
    }

    @Override
    public Optional<Peer> find(String workflowId) {
        if (workflowId.startsWith("order/")) {
            return Optional.empty();
        }
        Optional<RerouteId> reroute = RerouteId.about(workflowId);
        return reroute.isPresent()
                ? reroute.flatMap(reroutes::find).flatMap(this::peer)
                : of(workflowId).or(() -> ofAccount(workflowId));
    }

    @Override
    public Optional<Peer> about(Case shown) {
        Optional<FulfillmentOrderId> rerouted =
                shown.step().startsWith(OF_REROUTE) ? RerouteStep.work(shown.step()) : Optional.empty();
        if (rerouted.isPresent()) {
            return rerouted.flatMap(reroutes::latest).flatMap(this::peer);
        }
        return shown.step().equals(AttentionSweep.STEP) && !shown.subject().startsWith("order/")
                ? of(shown.subject()).or(() -> ofAccount(shown.subject()))
                : Optional.empty();
    }

    @Override
    public OpenProcesses.Page open(String mark, Instant until, int limit) {
        return open.page(mark, until, limit);
    }

    /** What is named by its subject as by its process. */
    private Optional<Peer> of(String name) {
        return ReturnId.about(name)
                .flatMap(returns::find)
                .map(StoredPeers::peer)
                .or(() -> CounterReturnId.about(name)
                        .flatMap(counterReturns::find)
                        .flatMap(this::peer))
                .or(() -> StoreDayId.of(name).flatMap(storeDays::find).flatMap(this::peer))
                .or(() ->
                        named(IMPORT, name).map(ImportId::new).flatMap(imports).map(StoredPeers::peer))
                .or(() -> named(DECISION, name)
                        .map(CaseId::new)
                        .flatMap(cases::find)
                        .map(about -> decision(name, about)));
    }

    private static Optional<String> named(Pattern form, String name) {
        Matcher named = form.matcher(name);
        return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
    }

    private static Peer peer(Return returned) {
        AccountId account = returned.order().account();
        return new Peer(
                returned.id().workflowId(account),
                account,
                returned.id().value(),
                AttentionSweep.STEP,
                returned.closedAt().isEmpty());
    }

    private Optional<Peer> peer(CounterReturn returned) {
        return accountOf(returned.store())
                .map(account -> new Peer(
                        returned.id().workflowId(),
                        account,
                        returned.id().value(),
                        AttentionSweep.STEP,
                        returned.closedAt().isEmpty()));
    }

    /** A day's process ends whenever nothing of it waits to be posted. */
    private Optional<Peer> peer(StoreDay day) {
        return accountOf(day.id().facility())
                .map(account -> new Peer(
                        day.id().value(),
                        account,
                        day.id().value(),
                        AttentionSweep.STEP,
                        day.waiting() > 0 || !day.unsettled().isEmpty()));
    }

    /** An import is there once all of its rows are. */
    private static Peer peer(StockImport imported) {
        String name = imported.id().workflowId();
        return new Peer(
                name,
                imported.feed().account(),
                name,
                AttentionSweep.STEP,
                !imported.progress().done());
    }

    /** What is decided is in nobody's facts before its process has got on, whatever has become of the case meanwhile. */
    private static Peer decision(String name, Case about) {
        return new Peer(name, about.account(), name, AttentionSweep.STEP, true);
    }

    private Optional<Peer> peer(Reroute reroute) {
        RerouteId id = reroute.id();
        return attention
                .keyOf(id.order())
                .map(OrderKey::account)
                .map(account -> new Peer(
                        id.workflowId(), account, id.order().value(), OF_REROUTE + id.work(), !reroute.ended()));
    }

    private Optional<AccountId> accountOf(FacilityId facility) {
        return facilities.find(facility).map(Facility::workAccount);
    }

    private Optional<Peer> ofAccount(String workflowId) {
        Matcher named = OF_ACCOUNT.matcher(workflowId);
        return named.matches()
                ? accounts.find(AccountId.of(named.group(1)))
                        .map(account -> new Peer(workflowId, account.id(), workflowId, AttentionSweep.STEP, true))
                : Optional.empty();
    }
}
