package io.throughline.runtime.retailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.routing.AfterAction;
import io.throughline.domain.routing.BrandRule;
import io.throughline.domain.routing.Criterion;
import io.throughline.domain.routing.OpeningHours;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.RoutingRule;
import io.throughline.domain.routing.RoutingRule.Candidates;
import io.throughline.domain.routing.RoutingRule.Concerns;
import io.throughline.domain.routing.RoutingRule.StockTerms;
import io.throughline.domain.routing.ShippingTable;
import io.throughline.domain.routing.ShippingTable.Zone;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A routing policy that says all that one can say is read whole, and each mistake in it is told with its file, line and rule. */
final class RoutingPolicyFileTest {
    private static final Path CONFIG = Path.of("../config");
    private static final String FULL = """
            version: routing-2
            effectiveFrom: 2026-12-01T00:00:00Z
            groups:
              STORES: [ST-DOWNTOWN, ST-HARBOR]
            postalAreas: true
            capacity:
              small-stores: { facilities: [STORES], perHour: 12 }
            hours:
              two-days: { facilities: [STORES], days: [MONDAY, FRIDAY], opens: "09:00", cutOff: "16:00", closes: "21:00" }
            shipping:
              currency: USD
              zones:
                near: { upToKilometres: 300, parcel: "5.00", unit: "0.50" }
                far: { parcel: "8.00", unit: "0.80" }
                abroad: { abroad: true, parcel: "25.00", unit: "2.00" }
            rules:
              loyal-from-stores:
                for: { channels: [northwind], origins: [ONLINE, MARKETPLACE], countries: [US], tags: [loyal], methods: [SHIPPING] }
                candidates:
                  { facilities: [STORES, WH-EAST], ownCountry: true, withinKilometres: 500, keep: 2, mostOpenWork: 30, leavesWithin: P2D, openNow: true }
                objective: [COST, SPLITS, LOAD]
                mostFacilities: 2
                otherwise: { do: NEXT_RULE }
              the-rest:
                objective: [SPLITS, DELAY]
                otherwise: { do: CANCEL, lookAgainAfter: PT15M, cancelAfter: P3D }
            """;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void copyTheSample() throws IOException {
        Files.walkFileTree(CONFIG, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = directory.resolve(CONFIG.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void theCommittedOneIsTheRuleFromBefore() {
        RoutingPolicy first =
                Retailer.load(directory, Map.of()).routingPolicies().first();

        assertThat(first.version()).isEqualTo("routing-1");
        assertThat(first.mindsWork()).isFalse();
        assertThat(first.rules())
                .containsExactly(new RoutingRule(
                        "fewest-parcels-from-nearby",
                        Concerns.everything(),
                        Candidates.everybody(),
                        List.of(Criterion.SPLITS, Criterion.ABROAD, Criterion.DISTANCE, Criterion.STORES),
                        Optional.empty(),
                        AfterAction.of(AfterAction.Kind.CASE)));
    }

    @Test
    void aPolicyIsReadWhole() throws IOException {
        write(FULL);
        Retailer retailer = Retailer.load(directory, Map.of());
        Set<FacilityId> stores = Set.of(new FacilityId("ST-DOWNTOWN"), new FacilityId("ST-HARBOR"));
        CurrencyCode dollars = CurrencyCode.of("USD");

        assertThat(retailer.routingPolicies().version("routing-2"))
                .isEqualTo(new RoutingPolicy(
                        "routing-2",
                        Instant.parse("2026-12-01T00:00:00Z"),
                        true,
                        List.of(new RoutingPolicy.Capacity("small-stores", stores, 12)),
                        List.of(new OpeningHours(
                                "two-days",
                                stores,
                                Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                                LocalTime.of(9, 0),
                                LocalTime.of(16, 0),
                                LocalTime.of(21, 0))),
                        Optional.of(new ShippingTable(List.of(
                                new Zone(
                                        "near",
                                        false,
                                        Optional.of(300),
                                        Money.of("5.00", dollars),
                                        Money.of("0.50", dollars)),
                                new Zone(
                                        "far",
                                        false,
                                        Optional.empty(),
                                        Money.of("8.00", dollars),
                                        Money.of("0.80", dollars)),
                                new Zone(
                                        "abroad",
                                        true,
                                        Optional.empty(),
                                        Money.of("25.00", dollars),
                                        Money.of("2.00", dollars))))),
                        List.of(
                                new RoutingRule(
                                        "loyal-from-stores",
                                        new Concerns(
                                                Set.of(AccountId.of("northwind")),
                                                Set.of(Channel.ONLINE, Channel.MARKETPLACE),
                                                Set.of("US"),
                                                Set.of("loyal"),
                                                Set.of(DeliveryMethod.SHIPPING)),
                                        new Candidates(
                                                Set.of(
                                                        new FacilityId("ST-DOWNTOWN"),
                                                        new FacilityId("ST-HARBOR"),
                                                        new FacilityId("WH-EAST")),
                                                true,
                                                Optional.of(500),
                                                2,
                                                Optional.of(30),
                                                Optional.of(Duration.ofDays(2)),
                                                true),
                                        List.of(Criterion.COST, Criterion.SPLITS, Criterion.LOAD),
                                        Optional.of(2),
                                        AfterAction.of(AfterAction.Kind.NEXT_RULE)),
                                new RoutingRule(
                                        "the-rest",
                                        Concerns.everything(),
                                        Candidates.everybody(),
                                        List.of(Criterion.SPLITS, Criterion.DELAY),
                                        Optional.empty(),
                                        new AfterAction(
                                                AfterAction.Kind.CANCEL,
                                                Optional.of(Duration.ofMinutes(15)),
                                                Optional.of(Duration.ofDays(3)))))));
    }

    @Test
    void aPolicyHoldsFromItsInstantOnAndIsFoundForAsLongAsItsFileIsThere() throws IOException {
        write(FULL);
        Retailer retailer = Retailer.load(directory, Map.of());

        assertThat(retailer.routingPolicies()
                        .at(Instant.parse("2020-01-01T00:00:00Z"))
                        .version())
                .isEqualTo("routing-1");
        assertThat(retailer.routingPolicies()
                        .at(Instant.parse("2026-11-30T23:59:59Z"))
                        .version())
                .isEqualTo("routing-1");
        assertThat(retailer.routingPolicies()
                        .at(Instant.parse("2026-12-01T00:00:00Z"))
                        .version())
                .isEqualTo("routing-2");
        assertThatThrownBy(() -> retailer.routingPolicies().version("routing-0"))
                .hasMessageContaining("'routing-0' is not kept any more: put its file back");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        version: routing-2        | version: routing-3           | :1: version: 'routing-3' must be the name of the file without .yml
        [ST-DOWNTOWN, ST-HARBOR]  | [ST-DOWNTOWN, ST-PARIS]      | :4: groups.STORES[1]: 'ST-PARIS' is not allowed here: any of
        postalAreas: true         | postalAreas: perhaps         | :5: postalAreas: 'perhaps' is not allowed here: true or false
        perHour: 12               | perHour: -1                  | :7: capacity.small-stores.perHour: '-1' is not allowed here: a number, 0 to 100000
        [MONDAY, FRIDAY]          | [MONDAY, PAYDAY]             | :9: hours.two-days.days[1]: 'PAYDAY' is not allowed here: any of [MONDAY
        cutOff: "16:00"           | cutOff: "22:00"              | :9: hours.two-days.days: this does not go together: open on some day, and the cut-off between opening and closing
        unit: "0.50"              | unit: "0.505"                | :13: shipping.zones.near.unit: '0.505' is not allowed here: an amount in USD
        abroad: { abroad: true,   | abroad: { abroad: false,     | :12: shipping.zones: this does not go together: a zone without a limit must be there, at home and abroad
        [northwind], origins      | [southwind], origins         | :18: rules.loyal-from-stores.for.channels[0]: 'southwind' is not allowed here: any of the channel accounts
        [ONLINE, MARKETPLACE]     | [SHOP]                       | :18: rules.loyal-from-stores.for.origins[0]: 'SHOP' is not allowed here: any of [ONLINE
        [ONLINE, MARKETPLACE]     | []                           | :18: rules.loyal-from-stores.for.origins: the list is empty: leave it out for all
        countries: [US]           | countries: [USA]             | :18: rules.loyal-from-stores.for.countries[0]: 'USA' is not allowed here: two letters
        methods: [SHIPPING]       | methods: [DRONE]             | :18: rules.loyal-from-stores.for.methods[0]: 'DRONE' is not allowed here
        [STORES, WH-EAST]         | []                           | rules.loyal-from-stores.candidates.facilities: these are no facilities: leave it out for all
        opens: "09:00"            | opens: "21:00"               | :9: hours.two-days.days: this does not go together
        [STORES, WH-EAST]         | [SHOPS, WH-EAST]             | rules.loyal-from-stores.candidates.facilities[0]: 'SHOPS' is not allowed here: any of the groups [STORES] or facilities
        withinKilometres: 500     | withinMiles: 500             | rules.loyal-from-stores.candidates.withinMiles: unknown key: remove it
        [COST, SPLITS, LOAD]      | [COST, SPEED]                | :21: rules.loyal-from-stores.objective[1]: 'SPEED' is not allowed here: what decides first, then next: any of [SPLITS, ABROAD
        [COST, SPLITS, LOAD]      | [COST, COST]                 | :21: rules.loyal-from-stores.objective: names what decides, each once
        mostFacilities: 2         | mostFacilities: 0            | :22: rules.loyal-from-stores.mostFacilities: '0' is not allowed here: a number, 1 to 20
        do: NEXT_RULE             | do: PANIC                    | :23: rules.loyal-from-stores.otherwise.do: 'PANIC' is not allowed here: one of [NEXT_RULE, WAIT
        do: NEXT_RULE             | do: WAIT                     | :23: rules.loyal-from-stores.otherwise.do: this does not go together: just WAIT and CANCEL look again
        , cancelAfter: P3D        | `` | :26: rules.the-rest.otherwise.do: this does not go together: just CANCEL has an end
        lookAgainAfter: PT15M     | lookAgainAfter: soon         | :26: rules.the-rest.otherwise.lookAgainAfter: 'soon' is not allowed here: an ISO 8601 duration
        """)
    void refusesAMistake(String found, String replacement, String problem) throws IOException {
        assertThat(FULL).contains(found);
        write(FULL.replaceFirst(Pattern.quote(found), Matcher.quoteReplacement(replacement)));

        refused("routing-2.yml", problem);
    }

    private static final String BY_STOCK = FULL.replace("openNow: true }", """
            openNow: true, beforeShipBy: true,
                    leastWeeksOfSupply: 4, leastStockAge: P90D }""")
            .replace("[SPLITS, DELAY]", "[LATENESS, STOCK_AGE, WEEKS_OF_SUPPLY, SPLITS]")
            .replace("rules:\n", """
            brands:
              premium: { brands: ["Northwind Atelier", Fjord], facilities: [STORES] }
            rules:
            """);

    @Test
    void whatStockAndBrandsAndMarketplacesSayIsReadWhole() throws IOException {
        write(BY_STOCK);
        RoutingPolicy policy =
                Retailer.load(directory, Map.of()).routingPolicies().version("routing-2");

        assertThat(policy.brands())
                .containsExactly(new BrandRule(
                        "premium",
                        Set.of("Northwind Atelier", "Fjord"),
                        Set.of(new FacilityId("ST-DOWNTOWN"), new FacilityId("ST-HARBOR"))));
        assertThat(policy.rules().getFirst().candidates().beforeShipBy()).isTrue();
        assertThat(policy.rules().getFirst().candidates().stock())
                .isEqualTo(new StockTerms(Optional.of(4), Optional.of(Duration.ofDays(90))));
        assertThat(policy.rules().getLast().objective())
                .containsExactly(Criterion.LATENESS, Criterion.STOCK_AGE, Criterion.WEEKS_OF_SUPPLY, Criterion.SPLITS);
        assertThat(List.of(policy.mindsTurnover(), policy.mindsBrands(), policy.mindsShipBy()))
                .containsOnly(true);

        write(FULL);
        RoutingPolicy without =
                Retailer.load(directory, Map.of()).routingPolicies().version("routing-2");
        assertThat(List.of(without.mindsTurnover(), without.mindsBrands(), without.mindsShipBy()))
                .as("a version that says nothing of them reads as before")
                .containsOnly(false);
        assertThat(without.rules().getFirst().candidates().stock()).isEqualTo(StockTerms.any());
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        leastWeeksOfSupply: 4     | leastWeeksOfSupply: 0        | rules.loyal-from-stores.candidates.leastWeeksOfSupply: '0' is not allowed here: a number, 1 to 104
        leastWeeksOfSupply: 4     | leastWeeksOfSupply: some     | rules.loyal-from-stores.candidates.leastWeeksOfSupply: 'some' is not allowed here
        leastStockAge: P90D       | leastStockAge: PT5H          | rules.loyal-from-stores.candidates.leastStockAge: 'PT5H' is not allowed here: days, from P1D to P728D
        leastStockAge: P90D       | leastStockAge: P729D         | rules.loyal-from-stores.candidates.leastStockAge: 'P729D' is not allowed here
        beforeShipBy: true        | beforeShipBy: soon           | rules.loyal-from-stores.candidates.beforeShipBy: 'soon' is not allowed here: true or false
        ["Northwind Atelier", Fjord] | []                        | :17: brands.premium.brands: this does not go together: it names no brand
        ["Northwind Atelier", Fjord] | [" "]                     | :17: brands.premium.brands[0]: '' is not allowed here: brands as the catalogue calls them
        Fjord], facilities: [STORES] | Fjord], facilities: [PARIS] | :17: brands.premium.facilities[0]: 'PARIS' is not allowed here: any of the groups [STORES]
        STOCK_AGE, WEEKS_OF       | STOCK_AGE, STOCK_AGE, WEEKS_OF | rules.the-rest.objective: names what decides, each once
        """)
    void refusesAMistakeAboutStockAndBrands(String found, String replacement, String problem) throws IOException {
        assertThat(BY_STOCK).contains(found);
        write(BY_STOCK.replaceFirst(Pattern.quote(found), Matcher.quoteReplacement(replacement)));

        refused("routing-2.yml", problem);
    }

    @Test
    void everyDeliveryIsRoutedBySomeRule() throws IOException {
        write(FULL.replace("do: CANCEL, lookAgainAfter: PT15M, cancelAfter: P3D", "do: NEXT_RULE"));
        refused("routing-2.yml:26", "rules.the-rest.otherwise.do: no rule comes after this one");

        write(FULL.replace(
                "    objective: [SPLITS, DELAY]", "    for: { tags: [big] }\n    objective: [SPLITS, DELAY]"));
        refused("routing-2.yml:24", "rules.the-rest: the last rule must be for every delivery");
    }

    @Test
    void noRuleStandsBehindOneThatAlwaysDecides() throws IOException {
        write(FULL.replaceAll("    for: .*\\n", "").replace("do: NEXT_RULE", "do: CASE"));

        refused("routing-2.yml:17", "rules.loyal-from-stores: no rule after this one is ever asked");
    }

    @Test
    void whatMindsTheCostNeedsATable() throws IOException {
        write(FULL.replaceAll("(?s)shipping:.*rules:", "rules:"));

        refused("routing-2.yml:15", "rules.loyal-from-stores.objective: COST needs the table 'shipping': add it");
    }

    @Test
    void postalAreasMustBeKnownToBeUsed() throws IOException {
        write(FULL);
        Files.delete(directory.resolve("postal-areas.yml"));

        refused("routing-2.yml:5", "postalAreas: no postal areas are known: create postal-areas.yml");
    }

    @Test
    void aDeploymentRoutesBySomething() throws IOException {
        Files.delete(directory.resolve("policies/routing/routing-1.yml"));

        refused("policies/routing", "no routing policy is there: create routing-1.yml");
    }

    @Test
    void thePostalAreaIsThatOfTheLongestBeginningThatIsKnown() {
        Retailer retailer = Retailer.load(directory, Map.of());

        assertThat(retailer.postalAreas().find("US", "02110")).contains(new GeoPoint(42.4, -71.1));
        assertThat(retailer.postalAreas().find("US", "02900")).contains(new GeoPoint(42.0, -72.5));
        assertThat(retailer.postalAreas().find("IE", "d02 x285")).contains(new GeoPoint(53.3, -6.3));
        assertThat(retailer.postalAreas().find("IE", "X35")).isEmpty();
        assertThat(retailer.postalAreas().find("FR", "75001")).isEmpty();
        assertThat(retailer.postalAreas().find("US", "")).isEmpty();
    }

    private void write(String policy) throws IOException {
        Files.writeString(directory.resolve("policies/routing/routing-2.yml"), policy);
    }

    private void refused(String where, String problem) {
        assertThatThrownBy(() -> Retailer.load(directory, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(problem);
    }
}
