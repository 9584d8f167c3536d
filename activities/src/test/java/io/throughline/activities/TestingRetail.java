package io.throughline.activities;

import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Doorbell;
import io.throughline.activities.call.Effects;
import io.throughline.activities.call.InFlight;
import io.throughline.activities.call.Messages;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.finance.FinanceStepsImpl;
import io.throughline.activities.finance.ReturnBooks;
import io.throughline.activities.fulfillment.ChannelMoves;
import io.throughline.activities.fulfillment.Coverage;
import io.throughline.activities.fulfillment.EditedWork;
import io.throughline.activities.fulfillment.FulfillmentStepsImpl;
import io.throughline.activities.fulfillment.LegStates;
import io.throughline.activities.fulfillment.Readdressing;
import io.throughline.activities.fulfillment.Routing;
import io.throughline.activities.fulfillment.RoutingQuestions;
import io.throughline.activities.fulfillment.Shipping;
import io.throughline.activities.intervention.CaseStepsImpl;
import io.throughline.activities.marketplace.MarketplaceRefunds;
import io.throughline.activities.marketplace.Marketplaces;
import io.throughline.activities.order.ChannelReading;
import io.throughline.activities.order.ChannelStepsImpl;
import io.throughline.activities.order.OrderStepsImpl;
import io.throughline.activities.order.Restraints;
import io.throughline.activities.payment.AuthorisationTerms;
import io.throughline.activities.payment.MoneyBesideReturns;
import io.throughline.activities.payment.PaymentStepsImpl;
import io.throughline.activities.returns.AskedClients;
import io.throughline.activities.returns.ChannelRefunds;
import io.throughline.activities.returns.ExchangeDesk;
import io.throughline.activities.returns.PassedOnRefunds;
import io.throughline.activities.returns.ReturnLabels;
import io.throughline.activities.returns.ReturnStepsImpl;
import io.throughline.activities.returns.ShopShelves;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.availability.SampleStockPolicies;
import io.throughline.domain.availability.ServingRules;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.availability.StockPolicy.TransferRule;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.effect.TestingEffectLedger;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.finance.TestingJournals;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.PickupCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.fulfillment.TestingParcels;
import io.throughline.domain.fulfillment.TestingPauses;
import io.throughline.domain.fulfillment.TestingReroutes;
import io.throughline.domain.intervention.TestingAmendments;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.TestingBaskets;
import io.throughline.domain.inventory.TestingInventory;
import io.throughline.domain.marketplace.MarketplaceOrder;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.marketplace.SampleMarketplaceTerms;
import io.throughline.domain.marketplace.TestingMarketplaceOrders;
import io.throughline.domain.notification.CustomerNotifier;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderCheck;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.TestingAwaitedProducts;
import io.throughline.domain.order.TestingOrderIntake;
import io.throughline.domain.order.TestingOrders;
import io.throughline.domain.payment.TestingDisputes;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.returns.Advances;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.TestingClientRefunds;
import io.throughline.domain.returns.TestingExchanges;
import io.throughline.domain.returns.TestingPassedOnMoney;
import io.throughline.domain.returns.TestingReturnDebts;
import io.throughline.domain.returns.TestingReturnParcels;
import io.throughline.domain.returns.TestingReturns;
import io.throughline.domain.routing.PostalAreas;
import io.throughline.domain.routing.SampleRoutingPolicies;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.routing.WorkDeadlines;
import io.throughline.domain.trace.TestingTrace;
import io.throughline.domain.transfer.TestingOrderTransfers;
import io.throughline.domain.transfer.TransferRules;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sample retailer with everything in memory: facts, outside systems, and the activities over them. */
public final class TestingRetail {
    private static final Authority LEVELS = new Authority("levels", Basis.LEVELS);

    public final SampleAccounts accounts = new SampleAccounts();
    public final SamplePolicies policies = new SamplePolicies();
    public final SampleRoutingPolicies routingPolicies = new SampleRoutingPolicies();
    public final TestingVendor vendor = new TestingVendor();
    public final TestingShop shop = new TestingShop(vendor);
    public final TestingFacilitySystem facilitySystem = new TestingFacilitySystem(vendor);
    public final TestingErp erp = new TestingErp(vendor);
    public final TestingGate gate = new TestingGate();
    public final TestingPeople people = new TestingPeople();
    public final TestingAwaitedProducts awaited = new TestingAwaitedProducts();

    /** Beside everything of Northwind's, which begins with NW-. */
    public final Set<Sku> introduced = ConcurrentHashMap.newKeySet();

    public final TestingPauses pauses = new TestingPauses();
    public final SampleFacilities facilities = new SampleFacilities();
    public final TestingParcels parcels = new TestingParcels();
    public final TestingCarrier carrier = new TestingCarrier(vendor);
    public final TestingMarketplace marketplace = new TestingMarketplace(vendor, shop);
    public final Map<FulfillmentOrderId, PickupCode> codes = new ConcurrentHashMap<>();
    private volatile StockPolicy stockPolicy = SampleStockPolicies.plain("stock-1");
    public final TestingFulfillmentOrders work;
    public final TestingReroutes reroutes;
    public final TestingOrders orders;
    public final TestingInventory inventory;
    public final TestingOrderTransfers transfers;
    public final TestingCases cases;
    public final TestingAmendments amendments;
    public final TestingEffectLedger ledger;
    public final TestingMarketplaceOrders marketplaceOrders;
    public final TestingJournals journals = new TestingJournals();
    public final TestingTrace trace;
    public final TestingReturns returns = new TestingReturns();
    public final TestingReturnDebts debts = new TestingReturnDebts(returns);
    public final TestingReturnParcels returnParcels;
    public final TestingClientRefunds clientRefunds;
    public final TestingPassedOnMoney passedOn = new TestingPassedOnMoney(returns);
    public final TestingDisputes disputes = new TestingDisputes();
    public final ReturnPolicyBuilder returnPolicy = new ReturnPolicyBuilder();
    public final OutsideWorld world;
    public final Steps steps;
    public final Effects effects;
    public final FinanceStepsImpl finance;
    public final FulfillmentStepsImpl fulfillment;
    public final OrderStepsImpl own;
    public final ChannelStepsImpl channel;
    public final PaymentStepsImpl payment;
    public final CaseStepsImpl interventions;
    public final TestingInterventions asked;
    public final ReturnStepsImpl returned;
    public final TestingExchanges exchanges;
    public final TestingBaskets baskets = new TestingBaskets();
    public final TestingOrderIntake intake;

    public TestingRetail(Clock clock, Doorbell doorbell, Checkpoints checkpoints) {
        this(clock, doorbell, checkpoints, Bundles.none());
    }

    private TestingRetail(Clock clock, Doorbell doorbell, Checkpoints checkpoints, Bundles bundles) {
        work = new TestingFulfillmentOrders(clock);
        orders = new TestingOrders(clock, work, people);
        reroutes = new TestingReroutes(work, clock);
        inventory = new TestingInventory(work, orders::routed);
        transfers = new TestingOrderTransfers(work, inventory, reroutes);
        cases = new TestingCases(clock);
        ledger = new TestingEffectLedger(clock);
        marketplaceOrders = new TestingMarketplaceOrders(clock);
        clientRefunds = new TestingClientRefunds(clock);
        Marketplaces marketplaces =
                new Marketplaces(accounts, marketplace, marketplaceOrders, account -> SampleMarketplaceTerms.BAZAAR);
        trace = new TestingTrace(clock);
        world = new OutsideWorld(
                accounts,
                Map.of(
                        OutsideSystem.SHOPIFY,
                        shop,
                        OutsideSystem.SQUARE,
                        shop,
                        OutsideSystem.MARKETPLACE,
                        new MarketplaceSource(shop, marketplaceOrders),
                        OutsideSystem.REST,
                        new ClientSource(shop, clientRefunds, passedOn, this.orders)),
                Map.of(OutsideSystem.SHOPIFY, facilitySystem, OutsideSystem.SQUARE, facilitySystem),
                Map.of(OutsideSystem.SHOPIFY, shop),
                Map.of(OutsideSystem.SHOPIFY, shop),
                Map.of(OutsideSystem.SHOPIFY, shop),
                Map.of(
                        OutsideSystem.SHOPIFY,
                        shop,
                        OutsideSystem.MARKETPLACE,
                        new MarketplaceRefunds(marketplace, marketplaceOrders, clock),
                        OutsideSystem.REST,
                        new AskedClients(clientRefunds, clock)),
                Map.of(),
                Map.of(),
                erp,
                new Notifier(vendor));
        steps = new Steps(cases, orders, doorbell, gate, clock);
        effects = new Effects(ledger, accounts, clock, checkpoints, gate, Erp.LONGEST_CHANGE);
        Coverage coverage = new Coverage(returns, inventory, bundles, policies);
        EditedWork edited = new EditedWork(accounts, policies, reroutes, inventory, coverage, bundles);
        Routing routing = new Routing(
                orders,
                inventory,
                work,
                facilities,
                bundles,
                new RoutingQuestions(
                        routingPolicies,
                        new ServingRules(now -> stockPolicy, facilities),
                        new TransferRules(now -> stockPolicy, (facility, measure) -> LEVELS, accounts),
                        new Whereabouts(people, PostalAreas.none()),
                        clock),
                pauses,
                coverage,
                reroutes);
        Messages messages = new Messages(effects, world, orders, people);
        Restraints restraints = new Restraints(accounts, disputes, work.holds(), policies, steps);
        orders.changes().openIn(reroutes);
        AuthorisationTerms authorised = new AuthorisationTerms(accounts, orders, work.holds(), policies, steps, clock);
        MoneyBesideReturns beside = new MoneyBesideReturns(accounts, orders, returns, journals, steps);
        InFlight inFlight = new Readdressing(accounts, facilities, work, reroutes, orders.changes(), policies, steps)
                .and(new ChannelMoves(accounts, facilities, work, orders.changes(), routing, policies, effects, steps))
                .and(authorised)
                .and(beside);
        ChannelReading reading = new ChannelReading(world, orders, returns, steps, restraints, inFlight, clock);
        finance = new FinanceStepsImpl(
                steps, effects, world, orders, work, reading, beside, facilities, journals, people, policies, clock);
        Shipping shipping = new Shipping(parcels, carrier, people, codes::put);
        fulfillment = new FulfillmentStepsImpl(
                steps,
                effects,
                world,
                orders,
                work,
                inventory,
                facilities,
                bundles,
                policies,
                new WorkDeadlines(routingPolicies),
                routing,
                coverage,
                edited,
                pauses,
                reroutes,
                messages,
                shipping,
                marketplaces,
                transfers,
                work.holds(),
                orders.changes(),
                clock);
        own = new OrderStepsImpl(
                steps,
                orders,
                inventory,
                policies,
                new OrderCheck(sku -> sku.value().startsWith("NW-") || introduced.contains(sku)),
                awaited,
                routing,
                coverage,
                edited,
                new LegStates(accounts, facilities, parcels),
                reroutes,
                restraints,
                authorised,
                clock);
        channel = new ChannelStepsImpl(
                steps,
                effects,
                world,
                orders,
                reading,
                restraints,
                messages,
                coverage,
                edited,
                inventory,
                marketplaces);
        payment = new PaymentStepsImpl(steps, effects, world, orders, reading, policies, authorised);
        amendments = new TestingAmendments(cases, clock);
        asked = new TestingInterventions(cases);
        interventions = new CaseStepsImpl(cases, asked, amendments, trace, clock);
        exchanges = new TestingExchanges(returns, clock);
        returnParcels = new TestingReturnParcels(returns, clock);
        intake = new TestingOrderIntake(orders);
        PassedOnRefunds passing =
                new PassedOnRefunds(effects, world, orders, returns, passedOn, restraints, beside, clock);
        returned = new ReturnStepsImpl(
                steps,
                returns,
                new ReturnReckoning(new OnePolicy(returnPolicy::build)),
                new Advances(new OnePolicy(returnPolicy::build), debts),
                inventory,
                new ChannelRefunds(effects, world, orders, returns, reading, restraints, steps, passing, clock),
                new ReturnBooks(effects, world, orders, work, facilities, journals, passedOn, policies),
                messages,
                new ExchangeDesk(
                        exchanges,
                        returns,
                        orders,
                        work,
                        intake,
                        baskets,
                        people,
                        new OnePolicy(returnPolicy::build),
                        clock),
                new ReturnLabels(
                        steps,
                        effects,
                        returns,
                        returnParcels,
                        new OnePolicy(returnPolicy::build),
                        orders,
                        facilities,
                        shipping,
                        clock),
                new ShopShelves(
                        world, returns, new OnePolicy(returnPolicy::build), facilities, (place, measure) -> LEVELS),
                clock);
    }

    /** Nobody is told, and nothing dies. */
    public static TestingRetail quiet(Clock clock) {
        return new TestingRetail(clock, (workflowId, step, about, code, caseId) -> {}, Checkpoints.none());
    }

    /** As {@link #quiet}, with bundles in the catalogue. */
    public static TestingRetail bundling(Clock clock, Bundles bundles) {
        return new TestingRetail(clock, (workflowId, step, about, code, caseId) -> {}, Checkpoints.none(), bundles);
    }

    /** From now on goods may go as these rules say. */
    public TestingRetail sends(TransferRule... rules) {
        stockPolicy = SampleStockPolicies.sending("stock-2", rules);
        return this;
    }

    /** From now on stock is offered, and given out, by this policy. */
    public TestingRetail offersBy(StockPolicy policy) {
        stockPolicy = policy;
        return this;
    }

    /** The shop has the order, and we have heard of it. */
    public TestingRetail hears(Order order) {
        return hears(order, SamplePolicies.STANDARD);
    }

    /** An order that is known keeps to the policy under which it was first heard of. */
    public TestingRetail hears(Order order, OrderPolicy policy) {
        shop.put(order);
        String routing = routingPolicies.at(Instant.MAX).version();
        orders.hint(order.key(), order.channel(), new OrderRules(policy.version(), Optional.of(routing), Set.of()));
        return this;
    }

    public Object[] activities() {
        return new Object[] {
            finance, fulfillment, fulfillment.rerouting(), own, channel, payment, interventions, returned
        };
    }

    /** What a REST client has handed over, with what it was asked to give back since. */
    private record ClientSource(
            TestingShop submitted, TestingClientRefunds refunds, TestingPassedOnMoney passedOn, TestingOrders orders)
            implements OrderSource {
        @Override
        public Optional<ChannelOrder> read(OrderKey key) {
            return submitted
                    .read(key)
                    .map(told -> new ChannelOrder(
                            ClientRefund.told(
                                    told.order(),
                                    refunds.of(told.order().id()).stream()
                                            .map(this::asItStands)
                                            .toList()),
                            told.person()));
        }

        private ClientRefund asItStands(ClientRefund refund) {
            return refund.asItStands(
                    passedOn.by(refund.by()),
                    order -> orders.find(order).orElseThrow().tenders());
        }

        @Override
        public Page changedSince(AccountId account, Instant since, Optional<String> cursor) {
            return submitted.changedSince(account, since, cursor);
        }
    }

    /** A marketplace's order as it was handed over, and what its marketplace has given back of it since. */
    private record MarketplaceSource(TestingShop submitted, TestingMarketplaceOrders orders) implements OrderSource {
        @Override
        public Optional<ChannelOrder> read(OrderKey key) {
            return submitted
                    .read(key)
                    .map(this::withRefunds)
                    .map(read -> orders.find(read.order().id())
                            .flatMap(MarketplaceOrder::calledOff)
                            .map(calledOff -> new ChannelOrder(calledOff(read.order(), calledOff), read.person()))
                            .orElse(read));
        }

        private ChannelOrder withRefunds(ChannelOrder read) {
            return new ChannelOrder(
                    MarketplaceRefund.told(
                            read.order(), orders.refunds(read.order().id())),
                    read.person());
        }

        private static Order calledOff(Order order, MarketplaceOrder.CalledOff calledOff) {
            return order.cancelled(calledOff.at(), order.refundsOfAll(calledOff.reference(), calledOff.at()));
        }

        @Override
        public Page changedSince(AccountId account, Instant since, Optional<String> cursor) {
            return submitted.changedSince(account, since, cursor);
        }
    }

    private record Notifier(TestingVendor vendor) implements CustomerNotifier {
        @Override
        public Optional<Receipt> findSent(Notification notification) {
            return vendor.find("tell", notification.reference());
        }

        @Override
        public Reply send(Notification notification, String vendorKey) {
            return vendor.change("tell", notification.reference(), vendorKey);
        }
    }
}
