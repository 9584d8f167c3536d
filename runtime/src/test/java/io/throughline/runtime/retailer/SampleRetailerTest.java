package io.throughline.runtime.retailer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.catalog.SystemOfRecord;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.OwnerGroup;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.marketplace.MarketplaceTerms;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.policy.ChangedOutside;
import io.throughline.domain.policy.ChangedOutside.OnAddress;
import io.throughline.domain.policy.ChangedOutside.OnEdit;
import io.throughline.domain.policy.ChangedOutside.OnExpiry;
import io.throughline.domain.policy.ChangedOutside.OnMove;
import io.throughline.domain.policy.OnDispute;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.ReroutePolicy;
import io.throughline.domain.policy.ReroutePolicy.Carriers;
import io.throughline.domain.policy.ReroutePolicy.Offers;
import io.throughline.domain.policy.ReroutePolicy.Otherwise;
import io.throughline.domain.policy.ShortagePolicy;
import io.throughline.domain.policy.Uncollected;
import io.throughline.domain.policy.WhoCollects;
import io.throughline.domain.returns.BlindRules;
import io.throughline.domain.returns.ChargeRule;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPolicy.Goods;
import io.throughline.domain.returns.TenderRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed configuration, as it is with and without an environment. */
final class SampleRetailerTest {
    private static final Path CONFIG = Path.of("../config");

    private final Retailer retailer = Retailer.load(CONFIG, Map.of());

    @Test
    void whatIsCountedInAStoreIsBelievedWithinReason() {
        StockPolicy policy = retailer.stockPolicies().at(Instant.parse("2026-11-26T08:00:00Z"));

        assertThat(policy.countTolerance(new FacilityId("ST-HARBOR"), Sku.of("NW-MUG-RED")))
                .hasValue(200);
        assertThat(policy.countTolerance(new FacilityId("WH-EAST"), Sku.of("NW-MUG-RED")))
                .isEmpty();
    }

    @Test
    void aShopThatKeepsComingByTheLedgersNumberIsLookedAtOnce() {
        StockPolicy policy = retailer.stockPolicies().at(Instant.parse("2026-11-26T08:00:00Z"));

        assertThat(policy.retelling(new FacilityId("ST-HARBOR"), Sku.of("NW-MUG-RED")))
                .hasValueSatisfying(rule -> {
                    assertThat(rule.most()).isEqualTo(4);
                    assertThat(rule.within()).isEqualTo(Duration.ofDays(2));
                });
    }

    @Test
    void needsNoEnvironment() {
        assertThat(retailer.accounts().all())
                .containsExactly(
                        new Account(AccountId.of("northwind"), OutsideSystem.SHOPIFY, EffectMode.LIVE),
                        new Account(AccountId.of("northwind-jp"), OutsideSystem.SHOPIFY, EffectMode.LIVE),
                        new Account(AccountId.of("northwind-kw"), OutsideSystem.SHOPIFY, EffectMode.LIVE),
                        new Account(AccountId.of("square-northwind"), OutsideSystem.SQUARE, EffectMode.LIVE),
                        new Account(AccountId.of("tryton-northwind"), OutsideSystem.TRYTON, EffectMode.LIVE),
                        new Account(AccountId.of("messaging"), OutsideSystem.MESSAGING, EffectMode.LIVE),
                        new Account(AccountId.of("rest"), OutsideSystem.REST, EffectMode.LIVE),
                        new Account(AccountId.of("wms-west"), OutsideSystem.WMS, EffectMode.LIVE),
                        new Account(AccountId.of("parcel-northwind"), OutsideSystem.CARRIER, EffectMode.LIVE),
                        new Account(AccountId.of("bazaar"), OutsideSystem.MARKETPLACE, EffectMode.LIVE));
        assertThat(retailer.restAccount()).isEqualTo(AccountId.of("rest"));
        assertThat(retailer.settings(OutsideSystem.SHOPIFY))
                .extracting(AccountSettings::baseUrl)
                .containsExactly(
                        URI.create("http://127.0.0.1:7301/northwind-demo.myshopify.com"),
                        URI.create("http://127.0.0.1:7301/northwind-jp.myshopify.com"),
                        URI.create("http://127.0.0.1:7301/northwind-kw.myshopify.com"));
    }

    @Test
    void tellsForEachWayToFailWhoWorksOnItAndUntilWhen() {
        CasePolicy policy = retailer.casePolicies().at(Instant.parse("2026-11-23T09:00:00Z"));

        assertThat(policy.version()).isEqualTo("cases-1");
        assertThat(policy.rules()).containsOnlyKeys(FailureCode.values());
        assertThat(policy.rule(FailureCode.ERP_PERIOD_CLOSED))
                .isEqualTo(new CasePolicy.Rule(
                        "FINANCE",
                        Duration.ofHours(24),
                        true,
                        Optional.of(new CasePolicy.Probe(Duration.ofMinutes(15), Duration.ofHours(4)))));
        assertThat(policy.probes())
                .as("nothing that gives money back")
                .containsOnlyKeys(
                        FailureCode.NO_FACILITY,
                        FailureCode.FACILITY_REFUSED,
                        FailureCode.CARRIER_REFUSED,
                        FailureCode.CHANNEL_REFUSED,
                        FailureCode.RETURN_LABEL_REFUSED,
                        FailureCode.MESSAGE_REFUSED,
                        FailureCode.ERP_BOOKS_DIFFER,
                        FailureCode.CREDIT_REJECTED,
                        FailureCode.ERP_REJECTED,
                        FailureCode.ERP_PERIOD_CLOSED,
                        FailureCode.STORE_DAY_REJECTED);
        assertThat(policy.retriedWhenBack())
                .containsAll(policy.probes().keySet())
                .contains(FailureCode.RECALL_REFUSED);
        assertThat(policy.groups().values())
                .allSatisfy(group -> assertThat(group.contact()).contains("@"));
        assertThat(policy.codesOf("FINANCE"))
                .contains(FailureCode.ERP_REJECTED)
                .doesNotContain(FailureCode.UNKNOWN_SKU);
        assertThat(policy.escalation(FailureCode.ERP_REJECTED, 0).map(OwnerGroup.Escalation::to))
                .contains("CONTROLLER");
        assertThat(policy.escalation(FailureCode.ERP_REJECTED, 1))
                .contains(new OwnerGroup.Escalation("OPERATIONS", Duration.ofHours(24)));
        assertThat(policy.escalation(FailureCode.ERP_REJECTED, 2)).isEmpty();
        assertThat(policy.decisionsPerSecond()).isEqualTo(5);
    }

    /** The groups' names are told by the program, too, where no retailer has said anything. */
    @ParameterizedTest
    @EnumSource
    void whoeverDecidesAboutACodeIsAGroup(FailureCode.Owner owner) {
        assertThat(retailer.casePolicies().at(Instant.EPOCH).groups()).containsKey(owner.name());
    }

    @Test
    void tellsWhoseWordCounts() {
        SystemOfRecord owners = retailer.systemOfRecord();

        assertThat(owners.ownerOf(Attribute.TITLE)).isEqualTo(AccountId.of("northwind"));
        assertThat(owners.ownerOfPrices(AccountId.of("northwind-jp"))).contains(AccountId.of("northwind-jp"));
        assertThat(owners.ownerOfPrices(AccountId.of("rest"))).isEmpty();
        assertThat(owners.ownerOfCustomers(AccountId.of("northwind"))).contains(AccountId.of("northwind"));
        assertThat(owners.introducesProducts(AccountId.of("tryton-northwind"))).isTrue();
        assertThat(owners.introducesProducts(AccountId.of("northwind-jp"))).isFalse();
        assertThat(retailer.priceParity())
                .extracting(PriceParity::name)
                .containsExactly("web-as-in-the-erp", "japan-as-at-home", "kuwait-as-at-home");
    }

    @Test
    void takesAddressesModesAndSecretsFromTheEnvironment() {
        Retailer configured = Retailer.load(
                CONFIG,
                Map.of(
                        "SHOPIFY_BASE_URL", "https://shops.example:8443",
                        "NORTHWIND_JP_MODE", "SHADOW",
                        "SHOPIFY_JP_CLIENT_SECRET", "real-secret",
                        "SHOPIFY_JP_PREVIOUS_CLIENT_SECRET", "older-secret",
                        "THROUGHLINE_POLICY", "quick-1"));

        AccountSettings settings = configured.settings(AccountId.of("northwind-jp"));
        assertThat(settings)
                .isEqualTo(new AccountSettings(
                        AccountId.of("northwind-jp"),
                        OutsideSystem.SHOPIFY,
                        EffectMode.SHADOW,
                        URI.create("https://shops.example:8443/northwind-jp.myshopify.com"),
                        Map.of("shopDomain", "northwind-jp.myshopify.com", "apiVersion", "2026-10"),
                        Map.of(
                                "clientId",
                                "throughline-app-jp",
                                "clientSecret",
                                "real-secret",
                                "previousClientSecret",
                                "older-secret")));
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(configured.policies().current().version()).isEqualTo("quick-1");
    }

    @Test
    void readsAFacilityWhole() {
        assertThat(retailer.facilities().get(new FacilityId("ST-HARBOR")))
                .isEqualTo(new Facility(
                        new FacilityId("ST-HARBOR"),
                        "Northwind Harbor",
                        Facility.Kind.STORE,
                        ZoneId.of("America/New_York"),
                        "US",
                        new GeoPoint(42.36, -71.06),
                        AccountId.of("square-northwind"),
                        Map.of(
                                AccountId.of("northwind"), "70000000004",
                                AccountId.of("northwind-jp"), "70000000004",
                                AccountId.of("northwind-kw"), "70000000004",
                                AccountId.of("square-northwind"), "LHARBOR"),
                        Set.of(
                                AccountId.of("northwind"),
                                AccountId.of("northwind-jp"),
                                AccountId.of("northwind-kw"),
                                AccountId.of("square-northwind"),
                                AccountId.of("rest"),
                                AccountId.of("bazaar")),
                        Set.of(DeliveryMethod.SHIPPING, DeliveryMethod.PICKUP, DeliveryMethod.CARRIED_OUT)));
        assertThat(retailer.facilities().byLocation(AccountId.of("square-northwind"), "LDUBLIN"))
                .get()
                .extracting(Facility::id)
                .isEqualTo(new FacilityId("ST-DUBLIN"));
    }

    @Test
    void tellsWhatWasAgreedWithAMarketplace() {
        AccountId bazaar = AccountId.of("bazaar");

        MarketplaceTerms terms = retailer.marketplaceTerms(bazaar);
        assertThat(terms.deadlines(Instant.parse("2026-11-20T15:04:05Z")))
                .as("placed on a Friday, shipped by the end of Tuesday in New York")
                .isEqualTo(new MarketplaceDeadlines(
                        Instant.parse("2026-11-20T15:04:05Z"),
                        Instant.parse("2026-11-20T15:34:05Z"),
                        Instant.parse("2026-11-25T05:00:00Z")));
        assertThat(terms.reasons()).containsExactlyInAnyOrder(CancellationReason.values());
        FinanceMapping books = retailer.finance(retailer.accounts().erpOf(bazaar));
        assertThat(books.account(LedgerAccount.clearing("bazaar"))).isEqualTo("1230");
    }

    @Test
    void aWarehouseOfAShopServesThatShopOnly() {
        assertThat(retailer.facilities().get(new FacilityId("WH-EAST")).serves())
                .containsExactly(AccountId.of("northwind"));
    }

    @Test
    void namesTheBooks() {
        FinanceMapping books = retailer.finance(retailer.accounts().erpOf(AccountId.of("northwind")));

        assertThat(books.account(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE)))
                .isEqualTo("1100");
        assertThat(books.account(LedgerAccount.tax("NY State Tax"))).isEqualTo("2200");
        assertThat(books.account(LedgerAccount.clearing("shopify_payments"))).isEqualTo("1200");
        assertThat(books.account(LedgerAccount.clearing("a new gateway"))).isEqualTo("1220");
        assertThat(books.paymentJournals().values())
                .as("a payment's journal names its gateway again; with two of one the worker does not start")
                .doesNotHaveDuplicates();
        assertThat(books.paymentJournal("gift_card")).isEqualTo("gift_card");
        assertThat(books.paymentJournal("a new gateway")).isEqualTo("external");
        assertThat(books.tax("NY State Tax")).isEqualTo("Channel tax");
        assertThat(books.exchangeAccounts()).containsExactlyInAnyOrder("7000", "7010");
    }

    @Test
    void readsPolicies() {
        assertThat(retailer.policies().current())
                .isEqualTo(new OrderPolicy(
                        "standard-10",
                        Map.of(
                                Facility.Kind.STORE, Duration.ofHours(4),
                                Facility.Kind.WAREHOUSE, Duration.ofHours(12)),
                        Map.of(
                                Facility.Kind.STORE, Duration.ofHours(24),
                                Facility.Kind.WAREHOUSE, Duration.ofHours(48)),
                        Duration.ofDays(5),
                        Set.of("hold", "fraud-review"),
                        false,
                        true,
                        new ShortagePolicy(
                                OnShortage.BACKORDER,
                                Optional.of(Duration.ofDays(30)),
                                OnShortage.PARTIAL,
                                Optional.empty()),
                        Duration.ofHours(1),
                        Duration.ofDays(7),
                        Uncollected.CANCEL,
                        new ReroutePolicy(
                                3,
                                true,
                                Set.of(),
                                false,
                                List.of(Otherwise.BACKORDER, Otherwise.OFFER),
                                Optional.of(new Offers(
                                        Duration.ofHours(24),
                                        EnumSet.allOf(OfferChoice.class),
                                        OfferChoice.WAIT,
                                        Optional.of(OfferChoice.WAIT),
                                        3,
                                        Duration.ofHours(6))),
                                new Carriers(List.of(), Optional.of(Duration.ofHours(2)), true)),
                        Optional.of(Duration.ofDays(1)),
                        WhoCollects.CODE_OR_DOCUMENT,
                        OnDispute.HOLD_WHOLE,
                        new ChangedOutside(
                                OnAddress.GIVE_AGAIN,
                                OnMove.FOLLOW,
                                Optional.of(Duration.ofDays(1)),
                                OnExpiry.HOLD,
                                OnEdit.PLAN),
                        Set.of(Facility.Kind.STORE)));
        assertThat(List.of("standard-8", "standard-9", "quick-10"))
                .as("versions that orders follow ask a person")
                .allSatisfy(version -> assertThat(retailer.policies()
                                .version(version)
                                .changedOutside()
                                .edited())
                        .isEqualTo(OnEdit.ASK));
        assertThat(List.of("standard-5", "standard-6", "quick-8"))
                .as("versions from before there was a choice")
                .allSatisfy(version -> assertThat(
                                retailer.policies().version(version).changedOutside())
                        .isEqualTo(ChangedOutside.usual()));
        assertThat(retailer.policies().version("quick-9").changedOutside().moved())
                .isEqualTo(OnMove.FOLLOW);
        assertThat(retailer.policies().version("standard-4").reroutes().carriers())
                .as("a version that orders follow does not change")
                .isEqualTo(Carriers.askAPerson());
        assertThat(retailer.policies().version("standard-3").reroutes()).isEqualTo(ReroutePolicy.usual());
        assertThat(retailer.policies().version("standard-2").uncollected()).isEqualTo(Uncollected.ASK);
        assertThat(retailer.policies().version("standard-3").remindBefore()).isEmpty();
        assertThat(retailer.policies().version("standard-3").whoCollects()).isEqualTo(WhoCollects.ANYBODY);
        assertThat(retailer.facilities().all())
                .filteredOn(facility -> facility.labels().isPresent())
                .extracting(Facility::id)
                .containsExactly(new FacilityId("ST-DUBLIN"));
        assertThat(retailer.policies().version("standard-1").shortage()).isEqualTo(ShortagePolicy.refuse());
        assertThat(retailer.policies().version("standard-2").shortage().ofBaskets())
                .isEqualTo(OnShortage.BACKORDER);
        assertThat(retailer.policies().version("standard-5").shortage())
                .isEqualTo(new ShortagePolicy(
                        OnShortage.SPLIT,
                        Optional.of(Duration.ofDays(30)),
                        OnShortage.PARTIAL,
                        Optional.of(Duration.ofDays(14))));
        assertThat(retailer.policies().version("standard-9").shortage())
                .isEqualTo(retailer.policies().version("standard-5").shortage());
        assertThat(retailer.policies().version("standard-9").reroutes())
                .isEqualTo(retailer.policies().version("standard-8").reroutes());
        assertThat(List.of("standard-5", "standard-6", "quick-7"))
                .as("versions that say nothing of it hold as they did")
                .allSatisfy(version -> assertThat(
                                retailer.policies().version(version).onDispute())
                        .isEqualTo(OnDispute.HOLD));
        assertThat(List.of("standard-9", "quick-9", "quick-10"))
                .allSatisfy(version -> assertThat(
                                retailer.policies().version(version).onDispute())
                        .isEqualTo(OnDispute.HOLD_WHOLE));
        assertThat(retailer.policies().version("quick-1").pickUpWithin()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void theNewestVersionCountsOpenHoursAndTakesNoSilenceForAnAnswer() {
        OrderPolicy newest = retailer.policies().version("standard-10");
        Offers offers = newest.reroutes().offers().orElseThrow();

        assertThat(newest.runWhileOpen()).containsExactly(Facility.Kind.STORE);
        assertThat(offers.unanswered(DeliveryMethod.PICKUP)).isEqualTo(OfferChoice.WAIT);
        assertThat(offers.mayWait(DeliveryMethod.PICKUP)).isTrue();
        OrderPolicy before = retailer.policies().version("standard-9");
        assertThat(before.runWhileOpen()).isEmpty();
        assertThat(before.reroutes().offers().orElseThrow().mayWait(DeliveryMethod.PICKUP))
                .isFalse();
    }

    @Test
    void aFacilityMayBeExceptedFromThoseThatArePassedOver() {
        ReroutePolicy quick = retailer.policies().version("quick-9").reroutes();

        assertThat(quick.passesOver(new FacilityId("ST-HARBOR"))).isTrue();
        assertThat(quick.passesOver(new FacilityId("ST-DOWNTOWN"))).isFalse();
        assertThat(retailer.policies().version("quick-8").reroutes().passesOver(new FacilityId("ST-HARBOR")))
                .isFalse();
        assertThat(retailer.policies().version("standard-7").reroutes().passesOver(new FacilityId("ST-DOWNTOWN")))
                .isTrue();
    }

    /** Tests on a whole system would else prove something that nobody runs. */
    @Test
    void whatTestsRunOnDiffersFromWhatIsShippedByItsTimesOnly() {
        OrderPolicy shipped = retailer.policies().version("standard-10");
        OrderPolicy quick = retailer.policies().version("quick-11");
        Offers offers = shipped.reroutes().offers().orElseThrow();
        Offers soon = quick.reroutes().offers().orElseThrow();

        assertThat(quick)
                .isEqualTo(new OrderPolicy(
                        "quick-11",
                        quick.acknowledgeWithin(),
                        quick.handOverWithin(),
                        quick.pickUpWithin(),
                        shipped.holdTags(),
                        shipped.moveToOpenPeriod(),
                        shipped.localFirst(),
                        new ShortagePolicy(
                                shipped.shortage().onShortage(),
                                quick.shortage().cancelAfter(),
                                shipped.shortage().ofBaskets(),
                                shipped.shortage().patience()),
                        quick.keepBasketsFor(),
                        quick.confirmPaymentWithin(),
                        shipped.uncollected(),
                        new ReroutePolicy(
                                shipped.reroutes().most(),
                                shipped.reroutes().silent(),
                                shipped.reroutes().silentExcept(),
                                shipped.reroutes().unexplained(),
                                shipped.reroutes().otherwise(),
                                Optional.of(new Offers(
                                        soon.answerWithin(),
                                        offers.choices(),
                                        offers.unanswered(),
                                        Optional.empty(),
                                        offers.stores(),
                                        soon.lookAgainAfter())),
                                new Carriers(
                                        shipped.reroutes().carriers().instead(),
                                        quick.reroutes().carriers().silentAfter(),
                                        shipped.reroutes().carriers().elsewhere())),
                        quick.remindBefore(),
                        shipped.whoCollects(),
                        shipped.onDispute(),
                        new ChangedOutside(
                                shipped.changedOutside().address(),
                                shipped.changedOutside().moved(),
                                quick.changedOutside().captureBefore(),
                                shipped.changedOutside().expired(),
                                shipped.changedOutside().edited()),
                        Set.of()));
    }

    @Test
    void readsThePolicyOfReturns() {
        Goods everything = new Goods(Set.of(), Set.of());
        CurrencyCode dollar = CurrencyCode.of("USD");
        ReturnPolicy policy = retailer.returnPolicies().named("returns-1").orElseThrow();

        assertThat(policy.windows())
                .hasSize(3)
                .contains(new ReturnPolicy.Window("everything", everything, Duration.ofDays(30)));
        assertThat(policy.notReturnable())
                .containsExactly(
                        new ReturnPolicy.Exclusion("gift-cards", everything, true),
                        new ReturnPolicy.Exclusion(
                                "underwear", new Goods(Set.of(), Set.of(Sku.of("NW-SOCK-2PK"))), false));
        assertThat(policy.grades().percents()).containsEntry(new ConditionGrade("OPENED"), 90);
        assertThat(policy.restockingFees())
                .singleElement()
                .satisfies(fee -> assertThat(fee.percent()).isEqualTo(15));
        assertThat(policy.labelFee()).containsEntry(dollar, Money.of("6.95", dollar));
        assertThat(policy.charges())
                .isEqualTo(
                        new ReturnPolicy.Charges(ChargeRule.WITH_THE_LAST, ChargeRule.IN_PROPORTION, ChargeRule.NEVER));
        assertThat(policy.refundTo()).isEqualTo(new TenderRule.InOrder(List.of("*", "store_credit", "gift_card")));
        assertThat(policy.limits().secondPersonAbove()).containsEntry(dollar, Money.of("500.00", dollar));
        assertThat(policy.customerLimit()).contains(new ReturnPolicy.CustomerLimit(10, Duration.ofDays(90)));
        assertThat(policy.parcels().keepsDelivery()).isTrue();
        assertThat(policy.claims().photosAbove()).containsEntry(dollar, Money.of("25.00", dollar));
        assertThat(policy.storeCredit().byChoice()).isTrue();
        assertThat(policy.storeCredit().gateway()).isEqualTo("shopify_store_credit");
        assertThat(policy.exchange()).isEqualTo(new ReturnPolicy.Exchanging(true, false, Duration.ofDays(7)));
        assertThat(policy.storeCredit().only())
                .extracting(ReturnPolicy.CreditOnly::after)
                .containsExactly(Duration.ofDays(45));
        assertThat(policy.appeasements().customerLimit())
                .isEqualTo(new ReturnPolicy.TimesLimit(2, Duration.ofDays(180)));
    }

    /** The version after it says the same of everything else, so that no return of an order is another by it. */
    @Test
    void readsWhatIsTakenWithoutAReceipt() {
        ReturnPolicy before = retailer.returnPolicies().named("returns-1").orElseThrow();
        ReturnPolicy policy = retailer.returnPolicies().named("returns-2").orElseThrow();
        BlindRules blind = policy.blind().orElseThrow();

        assertThat(before.blind()).isEmpty();
        assertThat(policy)
                .usingRecursiveComparison()
                .ignoringFields("version", "effectiveFrom", "blind")
                .isEqualTo(before);
        assertThat(blind.credit().account()).isEqualTo(AccountId.of("northwind"));
        assertThat(retailer.cardCodes().accounts()).containsExactly(AccountId.of("northwind"));
        assertThat(blind.valuation(Sku.of("NW-GIFT-50")).orElseThrow().percent())
                .isZero();
        assertThat(blind.valuation(Sku.of("NW-BAG-TAN")).orElseThrow().percent())
                .isEqualTo(60);
        assertThat(blind.disposition(new ConditionGrade("UNSALEABLE"))).isEmpty();
        assertThat(blind.limits().perCustomer().times()).isEqualTo(3);
        assertThat(blind.limits().customerWithin()).isEqualTo(Duration.ofDays(90));
        assertThat(blind.fraud().signals()).hasSize(6);
    }

    /** Of everything else the version says what the one before it did. */
    @Test
    void readsByWhoseLabelsGoodsComeBack() {
        ReturnPolicy before = retailer.returnPolicies().named("returns-2").orElseThrow();
        ReturnPolicy policy = retailer.returnPolicies().named("returns-3").orElseThrow();

        assertThat(before.mail()).isEmpty();
        assertThat(policy)
                .usingRecursiveComparison()
                .ignoringFields("version", "effectiveFrom", "mail")
                .isEqualTo(before);
        assertThat(policy.mail())
                .contains(new ReturnPolicy.Mail(
                        new FacilityId("WH-EAST"),
                        Set.of(Channel.ONLINE, Channel.API, Channel.POINT_OF_SALE),
                        List.of(AccountId.of("parcel-northwind")),
                        Optional.of(Duration.ofHours(4)),
                        true,
                        new ReturnParcel.Terms(Duration.ofDays(21), Duration.ofDays(3))));
        assertThat(retailer.facilities()
                        .get(new FacilityId("WH-EAST"))
                        .address()
                        .orElseThrow()
                        .postalCode())
                .contains("07114");
    }

    @Test
    void openingStockAndCatalogueAreThoseOfTheSandbox() throws IOException {
        JsonNode seed = new ObjectMapper()
                .readTree(Path.of("../sandbox/src/main/resources/seed/northwind.json")
                        .toFile());
        Map<String, Integer> expected = new TreeMap<>();
        seed.get("stock")
                .properties()
                .forEach(facility -> facility.getValue()
                        .properties()
                        .forEach(sku -> expected.put(
                                facility.getKey() + "/" + sku.getKey(),
                                sku.getValue().asInt())));
        Map<String, Integer> actual = new TreeMap<>();
        retailer.openingStock().forEach(stock -> actual.put(stock.facility() + "/" + stock.sku(), stock.quantity()));

        assertThat(actual).isEqualTo(expected);
        assertThat(seed.get("products"))
                .allSatisfy(product -> assertThat(retailer.catalog()
                                .find(Sku.of(product.get("sku").asText())))
                        .get()
                        .extracting(ConfiguredCatalog.Product::giftCard)
                        .isEqualTo(product.get("giftCard").asBoolean()));
    }

    @Test
    void openingStockIsBookedOnce() {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        OpeningStock bags = new OpeningStock(new FacilityId("WH-WEST"), Sku.of("NW-BAG-TAN"), 2);

        assertThat(bags.toMovement(now))
                .isEqualTo(new Movement(
                        new FacilityId("WH-WEST"),
                        Sku.of("NW-BAG-TAN"),
                        2,
                        Movement.Kind.OPENING,
                        "opening",
                        "WH-WEST/NW-BAG-TAN",
                        now));
    }

    @Test
    void tillsMoveTheStockOfStoresAndBundlesAreTheirParts() {
        StockRules rules = retailer.stockRules(Clock.systemUTC());
        FacilityId harbor = new FacilityId("ST-HARBOR");

        assertThat(rules.authorities().of(harbor, Measure.ON_HAND))
                .isEqualTo(new Authority("square-northwind", Basis.MOVEMENTS));
        assertThat(rules.authorities().of(harbor, Measure.IN_TRANSIT).system()).isEqualTo("tryton-northwind");
        assertThat(rules.bundles().partsOf(Sku.of("NW-SET-CAMP")))
                .containsExactly(new Part(Sku.of("NW-MUG-RED"), 1), new Part(Sku.of("NW-SOCK-2PK"), 1));
        assertThat(rules.bundles().partsOf(Sku.of("NW-MUG-RED"))).containsExactly(new Part(Sku.of("NW-MUG-RED"), 1));
    }
}
