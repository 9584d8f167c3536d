package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.availability.PolicyChannels;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.SystemOfRecord;
import io.throughline.domain.counter.CardCodes;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockCompanies;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.marketplace.MarketplaceTerms;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.routing.PolicyActivations;
import io.throughline.domain.routing.PostalAreas;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.domain.sale.StoreDayPolicies;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The retailer that this deployment serves, as {@code retailer.yml} and {@code policies/} of a configuration directory describe it.
 * Everything is checked when it is loaded: whoever has a Retailer has a whole one.
 */
public final class Retailer {
    private final Accounts accounts;
    private final Map<AccountId, AccountSettings> settings;
    private final Facilities facilities;
    private final ConfiguredCatalog catalog;
    private final Map<AccountId, FinanceMapping> finance;
    private final List<OpeningStock> openingStock;
    private final Policies policies;
    private final StockAuthorities stockAuthorities;
    private final StockPolicies stockPolicies;
    private final StoreDayPolicies storeDayPolicies;
    private final ReturnPolicies returnPolicies;
    private final ConfiguredRoutingPolicies routingPolicies;
    private final CandidatePolicies candidatePolicies;
    private final PostalAreas postalAreas;
    private final CasePolicies casePolicies;
    private final SystemOfRecord systemOfRecord;
    private final List<PriceParity> priceParity;
    private final NamedSkus namedSkus;

    Retailer(
            Accounts accounts,
            Map<AccountId, AccountSettings> settings,
            Facilities facilities,
            ConfiguredCatalog catalog,
            Map<AccountId, FinanceMapping> finance,
            List<OpeningStock> openingStock,
            Policies policies,
            StockAuthorities stockAuthorities,
            StockPolicies stockPolicies,
            StoreDayPolicies storeDayPolicies,
            ReturnPolicies returnPolicies,
            ConfiguredRoutingPolicies routingPolicies,
            CandidatePolicies candidatePolicies,
            PostalAreas postalAreas,
            CasePolicies casePolicies,
            SystemOfRecord systemOfRecord,
            List<PriceParity> priceParity,
            NamedSkus namedSkus) {
        this.accounts = accounts;
        this.settings = Map.copyOf(settings);
        this.facilities = facilities;
        this.catalog = catalog;
        this.finance = Map.copyOf(finance);
        this.openingStock = List.copyOf(openingStock);
        this.policies = policies;
        this.stockAuthorities = stockAuthorities;
        this.stockPolicies = stockPolicies;
        this.storeDayPolicies = storeDayPolicies;
        this.returnPolicies = returnPolicies;
        this.routingPolicies = routingPolicies;
        this.candidatePolicies = candidatePolicies;
        this.postalAreas = postalAreas;
        this.casePolicies = casePolicies;
        this.systemOfRecord = systemOfRecord;
        this.priceParity = List.copyOf(priceParity);
        this.namedSkus = namedSkus;
    }

    /**
     * Reads the directory; {@code ${NAME:-default}} in its values is replaced from {@code environment}. What is wrong is a {@link
     * ConfigurationException}.
     */
    public static Retailer load(Path directory, Map<String, String> environment) {
        return new RetailerReader(directory, new Variables(environment)).read();
    }

    public Accounts accounts() {
        return accounts;
    }

    /** How to reach an account. */
    public AccountSettings settings(AccountId account) {
        AccountSettings found = settings.get(account);
        if (found == null) {
            throw new IllegalArgumentException("no account '" + account + "' is configured");
        }
        return found;
    }

    /** How to reach each account of a system, in the order of the file. */
    public List<AccountSettings> settings(OutsideSystem system) {
        return accounts.all().stream()
                .filter(account -> account.system() == system)
                .map(account -> settings(account.id()))
                .toList();
    }

    /** Tells in the log of SKUs that policies name and that neither {@code retailer.yml} nor a sync knows. */
    public void warnOfUnknownSkus(ProductCatalog synced) {
        namedSkus.warnOfUnknown(skus -> synced.titles(skus).keySet());
    }

    NamedSkus namedSkus() {
        return namedSkus;
    }

    /** The codes of the gift cards that accounts give where nobody knows the sale. */
    public CardCodes cardCodes() {
        return cardCodes(settings);
    }

    static CardCodes cardCodes(Map<AccountId, AccountSettings> settings) {
        Map<AccountId, String> secrets = new HashMap<>();
        settings.forEach((account, of) -> of.optionalCredential(AccountSettings.GIFT_CARD_SECRET)
                .ifPresent(secret -> secrets.put(account, secret)));
        return new CardCodes(secrets);
    }

    /** The account of the orders that REST clients hand over. */
    public AccountId restAccount() {
        return settings(OutsideSystem.REST).getFirst().account();
    }

    /** What was agreed with the marketplace of this account. */
    public MarketplaceTerms marketplaceTerms(AccountId account) {
        return MarketplaceTermsReader.read(settings(account));
    }

    public Facilities facilities() {
        return facilities;
    }

    public ConfiguredCatalog catalog() {
        return catalog;
    }

    /** What the books of an ERP account are called there. */
    public FinanceMapping finance(AccountId erp) {
        FinanceMapping mapping = finance.get(erp);
        if (mapping == null) {
            throw new IllegalArgumentException("no finance mapping is configured for account '" + erp + "'");
        }
        return mapping;
    }

    public List<OpeningStock> openingStock() {
        return openingStock;
    }

    /**
     * By what the stock ledger books and promises; what depends on the policy follows the one in force at each instant. Fails when none is by
     * now, which is asked at the start rather than at the first booking.
     */
    public StockRules stockRules(Clock clock) {
        stockPolicies.at(clock.instant());
        return new StockRules(
                stockAuthorities,
                (facility, sku) -> stockPolicies.at(clock.instant()).safetyStock(facility, sku),
                catalog,
                () -> stockPolicies.at(clock.instant()).displacement(),
                sku -> stockPolicies.at(clock.instant()).preorder(sku),
                new PolicyChannels(stockPolicies, facilities, clock),
                StockCompanies.configured(facilities, accounts, stockAuthorities));
    }

    public StockPolicies stockPolicies() {
        return stockPolicies;
    }

    public StoreDayPolicies storeDayPolicies() {
        return storeDayPolicies;
    }

    public ReturnPolicies returnPolicies() {
        return returnPolicies;
    }

    /** Those of the files. */
    public RoutingPolicies routingPolicies() {
        return routingPolicies;
    }

    /** The same with what was put in force since, as it is kept there. */
    public ActiveRoutingPolicies routingPolicies(PolicyActivations activations, Clock clock) {
        return new ActiveRoutingPolicies(routingPolicies, activations, candidatePolicies, clock);
    }

    /** Reads routing policies that shall be tried, or were handed in. */
    public CandidatePolicies candidatePolicies() {
        return candidatePolicies;
    }

    /** Where postal codes lie, as far as {@code postal-areas.yml} tells. */
    public PostalAreas postalAreas() {
        return postalAreas;
    }

    /** Who works on cases, until when, and who hears of what is late. */
    public CasePolicies casePolicies() {
        return casePolicies;
    }

    /** Whose word counts for products, prices and customers. */
    public SystemOfRecord systemOfRecord() {
        return systemOfRecord;
    }

    /** Which prices are compared with which. */
    public List<PriceParity> priceParity() {
        return priceParity;
    }

    public Policies policies() {
        return policies;
    }
}
