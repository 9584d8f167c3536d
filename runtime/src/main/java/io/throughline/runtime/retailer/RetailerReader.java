package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.routing.PostalAreas;
import io.throughline.domain.sale.StoreDayPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code retailer.yml} in the order in which its parts refer to each other. */
final class RetailerReader {
    private static final String FILE = "retailer.yml";

    private final Path directory;
    private final Variables variables;

    RetailerReader(Path directory, Variables variables) {
        this.directory = directory;
        this.variables = variables;
    }

    Retailer read() {
        return YamlSection.read(directory.resolve(FILE), variables, this::retailer);
    }

    private Retailer retailer(YamlSection file) {
        Map<AccountId, AccountReader.Entry> entries = accountEntries(file);
        Accounts accounts = new ConfiguredAccounts(entries);
        Facilities facilities = facilities(file, accounts);
        ConfiguredCatalog catalog = catalog(file);
        NamedSkus namedSkus = new NamedSkus(catalog);
        Map<AccountId, AccountSettings> settings = new LinkedHashMap<>();
        entries.forEach((id, entry) -> settings.put(id, entry.settings()));
        Optional<PostalAreas> postalAreas =
                ConfiguredPostalAreas.load(directory.resolve("postal-areas.yml"), variables);
        return new Retailer(
                accounts,
                settings,
                facilities,
                catalog,
                finance(file, accounts),
                openingStock(file, facilities, catalog),
                policies(file, accounts, facilities),
                new StockAuthorityReader(facilities, accounts).read(file),
                stockPolicies(facilities, accounts, namedSkus)::at,
                storeDayPolicies(facilities)::atOrFirst,
                returnPolicies(
                        namedSkus, Retailer.cardCodes(settings).accounts(), new MailLabelReader(facilities, accounts)),
                routingPolicies(facilities, accounts, postalAreas.isPresent()),
                new CandidatePolicies(section -> new RoutingPolicyReader(facilities, accounts, postalAreas.isPresent())
                        .read(section, Versions.Identity.read(section))),
                postalAreas.orElseGet(PostalAreas::none),
                casePolicies()::atOrFirst,
                new SystemOfRecordReader(accounts).read(file),
                new PriceParityReader(accounts).read(file),
                namedSkus);
    }

    private Versions<StockPolicy> stockPolicies(Facilities facilities, Accounts accounts, NamedSkus skus) {
        return Versions.load(
                directory.resolve("policies/stock"),
                "stock policy",
                "stock-1",
                variables,
                (section, version) -> new StockPolicyReader(facilities, accounts, skus).read(section, version));
    }

    private Versions<StoreDayPolicy> storeDayPolicies(Facilities facilities) {
        return Versions.load(
                directory.resolve("policies/store-day"),
                "policy of store days",
                "store-day-1",
                variables,
                new StoreDayPolicyReader(facilities)::read);
    }

    private ReturnPolicies returnPolicies(NamedSkus skus, Set<AccountId> giveGiftCards, MailLabelReader labels) {
        Versions<ReturnPolicy> versions = Versions.load(
                directory.resolve("policies/returns"),
                "policy of returns",
                "returns-1",
                variables,
                (section, version) -> new ReturnPolicyReader(skus, giveGiftCards, labels).read(section, version));
        return new ReturnPolicies() {
            @Override
            public ReturnPolicy at(Instant instant) {
                return versions.atOrFirst(instant);
            }

            @Override
            public Optional<ReturnPolicy> named(String version) {
                return versions.named(version);
            }
        };
    }

    private ConfiguredRoutingPolicies routingPolicies(
            Facilities facilities, Accounts accounts, boolean postalAreasAreKnown) {
        return new ConfiguredRoutingPolicies(Versions.load(
                directory.resolve("policies/routing"),
                "routing policy",
                "routing-1",
                variables,
                (section, version) ->
                        new RoutingPolicyReader(facilities, accounts, postalAreasAreKnown).read(section, version)));
    }

    private Versions<CasePolicy> casePolicies() {
        return Versions.load(
                directory.resolve("policies/cases"), "policy of cases", "cases-1", variables, CasePolicyReader::read);
    }

    private static ConfiguredCatalog catalog(YamlSection file) {
        ConfiguredCatalog catalog = new ConfiguredCatalog(unique(
                file,
                "catalog",
                file.sections("catalog", "the products that may be sold", ConfiguredCatalog.Product::read),
                ConfiguredCatalog.Product::sku));
        for (ConfiguredCatalog.Product product : catalog.all()) {
            for (Bundles.Part part : product.parts()) {
                ConfiguredCatalog.Product component = catalog.find(part.sku())
                        .orElseThrow(() -> file.wrong(
                                "catalog",
                                "the bundle '" + product.sku() + "' has the part '" + part.sku()
                                        + "', which is no product: add it or correct the name"));
                if (!component.parts().isEmpty()) {
                    throw file.wrong(
                            "catalog",
                            "the bundle '" + product.sku() + "' has the part '" + part.sku()
                                    + "', which is a bundle itself: name its components instead");
                }
            }
        }
        return catalog;
    }

    private static Map<AccountId, AccountReader.Entry> accountEntries(YamlSection file) {
        Map<AccountId, AccountReader.Entry> entries = unique(
                file,
                "accounts",
                file.sections("accounts", "the installations that Throughline is connected to", AccountReader::read),
                entry -> entry.account().id());
        long rest = entries.values().stream()
                .filter(entry -> entry.account().system() == OutsideSystem.REST)
                .count();
        if (rest != 1) {
            throw file.wrong(
                    "accounts", "exactly one account must have the system REST, for the orders of REST clients");
        }
        unique(
                file,
                "accounts",
                entries.values().stream()
                        .map(AccountReader.Entry::settings)
                        .filter(settings -> settings.system() == OutsideSystem.MARKETPLACE)
                        .toList(),
                settings -> settings.option("client"));
        for (AccountReader.Entry entry : entries.values()) {
            entry.erp().filter(erp -> !isErp(entries, erp)).ifPresent(erp -> {
                throw file.wrong(
                        "accounts",
                        "'" + entry.account().id() + "' has its books at '" + erp
                                + "', which is no account whose system is TRYTON: add it or correct the name");
            });
        }
        return entries;
    }

    private static boolean isErp(Map<AccountId, AccountReader.Entry> entries, AccountId id) {
        AccountReader.Entry entry = entries.get(id);
        return entry != null && entry.account().system() == OutsideSystem.TRYTON;
    }

    private static Facilities facilities(YamlSection file, Accounts accounts) {
        List<Facility> facilities = file.sections(
                "facilities", "the places that keep and hand out stock", new FacilityReader(accounts)::read);
        Map<String, FacilityId> names = new HashMap<>();
        for (Facility facility : facilities) {
            facility.locations().forEach((account, location) -> {
                FacilityId other = names.put(account + "/" + location, facility.id());
                if (other != null) {
                    throw file.wrong(
                            "facilities",
                            facility.id() + " and " + other + " are both '" + location + "' at account '" + account
                                    + "': give each its own location");
                }
            });
        }
        return new ConfiguredFacilities(unique(file, "facilities", facilities, Facility::id));
    }

    private static Map<AccountId, FinanceMapping> finance(YamlSection file, Accounts accounts) {
        String hint = "for each account whose system is TRYTON, what its books are called";
        return file.section("finance", hint, section -> {
            Map<AccountId, FinanceMapping> mappings = new LinkedHashMap<>();
            accounts.all().stream()
                    .filter(account -> account.system() == OutsideSystem.TRYTON)
                    .forEach(account -> mappings.put(
                            account.id(), section.section(account.id().value(), hint, FinanceMapping::read)));
            return mappings;
        });
    }

    private static List<OpeningStock> openingStock(YamlSection file, Facilities facilities, ConfiguredCatalog catalog) {
        String hint = "for each facility the units of each SKU";
        List<OpeningStock> stock = new ArrayList<>();
        file.section("openingStock", hint, section -> {
            for (Facility facility : facilities.all()) {
                section.map(
                                facility.id().value(),
                                hint,
                                text -> known(catalog, text),
                                Values.between(1, Integer.MAX_VALUE))
                        .forEach((sku, units) -> stock.add(new OpeningStock(facility.id(), sku, units)));
            }
            return stock;
        });
        return stock;
    }

    private Policies policies(YamlSection file, Accounts accounts, Facilities facilities) {
        String current = file.text("currentPolicy", "the version of the policy that new orders follow");
        return ConfiguredPolicies.load(directory.resolve("policies"), current, accounts, facilities, variables);
    }

    private static Sku known(ConfiguredCatalog catalog, String text) {
        Sku sku = Sku.of(text);
        if (catalog.find(sku).filter(product -> product.parts().isEmpty()).isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return sku;
    }

    private static <K, V> Map<K, V> unique(YamlSection file, String key, List<V> values, Function<V, K> identity) {
        Map<K, V> byIdentity = new LinkedHashMap<>();
        for (V value : values) {
            if (byIdentity.put(identity.apply(value), value) != null) {
                throw file.wrong(key, "'" + identity.apply(value) + "' is there twice: remove one of the two");
            }
        }
        return byIdentity;
    }
}
