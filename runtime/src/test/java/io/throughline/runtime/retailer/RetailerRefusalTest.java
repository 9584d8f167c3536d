package io.throughline.runtime.retailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.availability.StockPolicy;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Preorders.Preorder;
import io.throughline.domain.returns.ReturnPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in the files stops the start with words that name the file, the key and what to do. */
final class RetailerRefusalTest {
    private static final String STOCK_POLICY = "policies/stock/stock-1.yml";
    private static final String ROUTING_POLICY = "policies/routing/routing-1.yml";
    private static final String STORE_DAY_POLICY = "policies/store-day/store-day-1.yml";
    private static final String RETURN_POLICY = "policies/returns/returns-1.yml";
    private static final String BLIND_POLICY = "policies/returns/returns-2.yml";
    private static final String MAIL_POLICY = "policies/returns/returns-3.yml";
    private static final String CASE_POLICY = "policies/cases/cases-1.yml";

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void copyTheSample() throws IOException {
        Files.createDirectories(directory.resolve("policies/stock"));
        Files.createDirectories(directory.resolve("policies/store-day"));
        Files.createDirectories(directory.resolve("policies/returns"));
        Files.createDirectories(directory.resolve("policies/routing"));
        Files.createDirectories(directory.resolve("policies/cases"));
        for (String file : new String[] {
            "retailer.yml",
            "policies/standard-10.yml",
            STOCK_POLICY,
            STORE_DAY_POLICY,
            RETURN_POLICY,
            ROUTING_POLICY,
            CASE_POLICY
        }) {
            Files.copy(Path.of("../config").resolve(file), directory.resolve(file));
        }
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        id: northwind-jp                  | id: northwind                 | accounts: 'northwind' is there twice: remove one of the two
        id: northwind-jp                  | id: Northwind JP              | accounts[1].id: 'Northwind JP' is not allowed here: a name of 1 to 40 of a-z, 0-9 and -
        system: REST                      | system: TELEX                 | accounts[6].system: 'TELEX' is not allowed here: one of
        system: REST                      | system: MESSAGING             | accounts[6].options: missing: this system needs mailFrom, smsFrom
        mode: LIVE\\n                      | mode: DRY\\n                   | accounts[7].mode: 'DRY' is not allowed here: one of [LIVE, SHADOW, OFF]
        ${SQUARE_BASE_URL:-http://127.0.0.1:7302} | ftp://example        | accounts[3].baseUrl: 'ftp://example' is not allowed here
        ${SQUARE_BASE_URL:-http://127.0.0.1:7302} | ${SQUARE_BASE_URL}   | accounts[3].baseUrl: the environment variable SQUARE_BASE_URL is not set: set it
        ${SQUARE_BASE_URL:-http://127.0.0.1:7302} | ${SQUARE BASE}       | accounts[3].baseUrl: '${SQUARE BASE}' is not of the form
        merchantId: NORTHWIND             | merchantName: NORTHWIND       | accounts[3].options.merchantId: missing: this system needs merchantId, apiVersion
        merchantId: NORTHWIND             | merchantId: ""                | accounts[3].options.merchantId: missing
        merchantId: NORTHWIND             | merchantId: [NORTHWIND]       | accounts[3].options.merchantId: must be one value
        database: northwind               | databse: northwind            | accounts[4].options.database: missing
        "+15005550006"                    | "+1" region                   | not readable as YAML (line
        smsFrom:                          | region: US\\n      smsFrom:    | accounts[5].options.region: unknown key: remove it, or use one of [mailFrom, smsFrom]
        accounts:                         | account:                      | accounts: missing: the installations
        currentPolicy:                    | colour: red\\ncurrentPolicy:   | colour: unknown key: remove it, or use one of
        currentPolicy:                    | currentPolicy: a\\ncurrentPolicy: | not readable as YAML (line
        :-standard-10                     | :-standard-99                 | standard-99.yml: the current policy has no file: create it
        kind: STORE                       | kind: KIOSK                   | facilities[2].kind: 'KIOSK' is not allowed here: one of [STORE, WAREHOUSE]
        zone: Europe/Dublin               | zone: Europe/Dublinn          | facilities[4].zone: 'Europe/Dublinn' is not allowed here: a time zone
        country: IE                       | country: Ireland              | facilities[4].country: 'Ireland' is not allowed here: two letters
        latitude: 53.35                   | latitude: 153.35              | facilities[4].latitude: '153.35' is not allowed here: degrees between -90 and 90
        id: ST-DUBLIN                     | id: UNROUTED                  | facilities[4].id: 'UNROUTED' is not allowed here
        id: ST-DUBLIN                     | id: ST-HARBOR                 | facilities: 'ST-HARBOR' is there twice
        square-northwind: LDUBLIN         | square-northwind: LHARBOR     | facilities: ST-DUBLIN and ST-HARBOR are both 'LHARBOR' at account 'square-northwind'
        square-northwind: LDUBLIN         | square-northwnd: LDUBLIN      | facilities[4].locations.square-northwnd: 'square-northwnd' is not allowed here
        workAccount: northwind            | workAccount: rest             | facilities[0].locations: 'rest' gives WH-EAST its work
        serves: [northwind]               | serves: northwind             | facilities[0].serves: must be a list
        methods: [SHIPPING]               | methods: [SHIPPING, DRONE]    | facilities[0].methods[1]: 'DRONE' is not allowed here
        methods: [SHIPPING]               | labels: rest\\n    methods: [SHIPPING] | facilities[0].labels: 'rest' is not allowed here: the id of an account
        carrierName: Sandbox Parcel       | name: Sandbox Parcel          | accounts[8].options.carrierName: missing: this system needs carrierName
        ${BAZAAR_ACKNOWLEDGE_WITHIN:-PT30M} | PT0S                        | accounts[9].options: 'PT0S' is no acknowledgeWithin: write an ISO 8601 duration
        ${BAZAAR_SHIP_BY:-2 business days} | soon                         | accounts[9].options: 'soon' is no shipBy: write such as '48 hours'
        BUYER_REQUEST, OUT_OF_STOCK, OTHER | BUYER_REQUEST                | accounts[9].options: 'BUYER_REQUEST' is no cancellationReasons
        client: bazaar                    | clients: bazaar               | accounts[9].options.client: missing: this system needs client
        sku: NW-MUG-RED                   | sku: NW-CAP-NVY               | catalog: 'NW-CAP-NVY' is there twice
        sku: NW-JKT-GRN-L                 | sku: NW-JKT-BLU-L             | openingStock.WH-EAST.NW-JKT-GRN-L: 'NW-JKT-GRN-L' is not allowed here
        NW-SOCK-2PK: 1 }                  | NW-SOCKS: 1 }                 | catalog: the bundle 'NW-SET-CAMP' has the part 'NW-SOCKS', which is no product
        NW-SOCK-2PK: 1 }                  | NW-SET-CAMP: 1 }              | catalog: the bundle 'NW-SET-CAMP' has the part 'NW-SET-CAMP', which is a bundle itself
        NW-SOCK-2PK: 1 }                  | NW-SOCK-2PK: 0 }              | catalog[8].bundle.NW-SOCK-2PK: '0' is not allowed here: for each component its units
        [ON_HAND, HELD, DAMAGED]          | [ON_HAND, HELD]               | stockAuthorities: nobody moves DAMAGED of ST-DOWNTOWN: name the account that does
        [ON_HAND, HELD, DAMAGED]          | [ON_HAND, HELD, DAMAGED, IN_TRANSIT] | stockAuthorities: both 'square-northwind' and 'tryton-northwind' move IN_TRANSIT of ST-
        [ON_HAND, HELD, DAMAGED]          | [ON_HAND, HELD, LOST]         | stockAuthorities[1].measures[2]: 'LOST' is not allowed here: any of [ON_HAND
        account: tryton-northwind\\n    by: MOVEMENTS | account: tryton-northwind\\n    by: HEARSAY | stockAuthorities[0].by: 'HEARSAY' is not allowed here: one of [MOVEMENTS, LEVELS]
        facilities: [WH-EAST]             | facilities: [WH-NORTH]        | stockAuthorities[0].facilities[0]: 'WH-NORTH' is not allowed here: any of [WH-EAST
        IN_TRANSIT, SAFETY_STOCK]\\n    account: tryton-northwind | IN_TRANSIT]\\n    account: tryton-northwind | stockAuthorities: nobody moves SAFETY_STOCK of WH-EAST
        TITLE: northwind                  | TITLE: northwnd               | systemOfRecord.attributes.TITLE: 'northwnd' is not allowed here
        TITLE: northwind                  | COLOUR: northwind             | systemOfRecord.attributes.COLOUR: 'COLOUR' is not allowed here
        TITLE: northwind\\n               | \\n                           | systemOfRecord.attributes: nobody owns TITLE: name the account that does
        customers:\\n    northwind: northwind | customers:\\n    northwind: tryton-northwind | :264: systemOfRecord.customers.northwind: 'tryton-northwind' hears nothing of the customers of 'northwind', and would own nobody: a channel's customers are its own, so name 'northwind'
        products: [northwind, tryton-northwind] | products: [northwind, tryton] | systemOfRecord.products[1]: 'tryton' is not allowed here
        rate: "150"                       | rate: "0"                     | priceParity.japan-as-at-home: a rate is positive
        otherCurrency: JPY                | otherCurrency: YEN            | priceParity.japan-as-at-home.otherCurrency: 'YEN' is not allowed here
        NW-MUG-RED: 50                    | NW-MUG-RED: -1                | openingStock.WH-EAST.NW-MUG-RED: '-1' is not allowed here
        NW-MUG-RED: 50                    | NW-MUG-RED: 1.5               | openingStock.WH-EAST.NW-MUG-RED: '1.5' is not allowed here
        """)
    void refuses(String found, String replacement, String problem) throws IOException {
        change("retailer.yml", found.replace("\\n", "\n"), replacement.replace("\\n", "\n"));

        refused(problem);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
        version: standard-10    | version: standard-5   | version: 'standard-5' must be the name of the file without .yml
        onShortage: BACKORDER   | onShortage: MAYBE     | onShortage: 'MAYBE' is not allowed here: REFUSE, BACKORDER or SPLIT
        basketsOnShortage: PARTIAL | basketsOnShortage: SPLIT | basketsOnShortage: a basket is not given out: use REFUSE, BACKORDER or PARTIAL
        cancelAfter: P30D       | promisePatience: soon  | promisePatience: 'soon' is not allowed here: an ISO 8601 duration
        basketsOnShortage: PARTIAL | basketsOnShortage: ANY | basketsOnShortage: 'ANY' is not allowed here: REFUSE, BACKORDER or PARTIAL
        onShortage: BACKORDER   | onShortage: PARTIAL   | onShortage: what is missing to an order is never left out: use SPLIT, BACKORDER or REFUSE
        onShortage: BACKORDER   | onShortage: REFUSE    | cancelAfter: nothing waits for stock unless onShortage is BACKORDER or SPLIT
        cancelAfter: P30D       | cancelAfter: a month  | cancelAfter: 'a month' is not allowed here: an ISO 8601 duration
        STORE: PT4H             | STORE: 4 hours        | acknowledgeWithin.STORE: '4 hours' is not allowed here: an ISO 8601 duration
        STORE: PT4H             | STORE: PT0S           | acknowledgeWithin.STORE: 'PT0S' is not allowed here
        STORE: PT4H             | KIOSK: PT4H           | acknowledgeWithin.STORE: missing: an ISO 8601 duration
        pickUpWithin: P5D       | pickUpBefore: P5D     | pickUpWithin: missing
        keepBasketsFor: PT1H    | confirmPaymentWithin: a week | confirmPaymentWithin: 'a week' is not allowed here: an ISO 8601 duration
        address: GIVE_AGAIN     | address: RETURN       | changedOutside.address: 'RETURN' is not allowed here: one of [LEAVE, GIVE_AGAIN]
        moved: FOLLOW           | moves: FOLLOW         | changedOutside.moves: unknown key: remove it
        captureBefore: P1D      | captureBefore: soon   | changedOutside.captureBefore: 'soon' is not allowed here: an ISO 8601 duration
        edited: PLAN            | edited: GUESS         | changedOutside.edited: 'GUESS' is not allowed here: one of [ASK, PLAN]
        expired: HOLD           | expired: SHIP         | changedOutside.expired: 'SHIP' is not allowed here: one of [GO_ON, HOLD]
        most: 3                 | most: -1              | reroutes.most: '-1' is not allowed here: 0 to 20
        silent: true            | silence: true         | reroutes.silent: missing: true or false
        [BACKORDER, OFFER]      | [BACKORDER, BEG]      | reroutes.otherwise[1]: 'BEG' is not allowed here: any of [BACKORDER, OFFER]
        [BACKORDER, OFFER]      | [BACKORDER]           | reroutes.offers: otherwise does not name OFFER
        unanswered: WAIT        | unanswered: NOTHING   | reroutes.offers.unanswered: 'NOTHING' is not allowed here
        instead: []             | instead: [northwind]  | reroutes.carriers.instead[0]: 'northwind' is not allowed here: up to 2 different accounts
        instead: []             | instead: [parcel-northwind, parcel-northwind] | reroutes.carriers.instead: up to 2 different accounts
        silentAfter: PT2H       | silentAfter: soon     | reroutes.carriers.silentAfter: 'soon' is not allowed here: an ISO 8601 duration
        elsewhere: true         | elswhere: true        | reroutes.carriers.elsewhere: missing: true or false
        choices: [OTHER_STORE, SHIP, WAIT, CANCEL] | choices: [WAIT] | reroutes.offers.choices: two at least
        moveToOpenPeriod: false | moveToOpenPeriod: no! | moveToOpenPeriod: 'no!' is not allowed here: true or false
        """)
    void refusesPolicies(String found, String replacement, String problem) throws IOException {
        change("policies/standard-10.yml", found, replacement);

        refused(problem);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        runWhileOpen: [STORE]  | runWhileOpen: [KIOSK] | runWhileOpen[0]: 'KIOSK' is not allowed here: any of [STORE, WAREHOUSE]
        unansweredPickup: WAIT | unansweredPickup: ASK | reroutes.offers.unansweredPickup: 'ASK' is not allowed here: one of the choices
        """)
    void refusesWhatNewerVersionsAdd(String found, String replacement, String problem) throws IOException {
        change("policies/standard-10.yml", found, replacement);

        refused(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        true  | ST-NOWHERE | reroutes.silentExcept[0]: 'ST-NOWHERE' is not allowed here: any of [WH-EAST
        false | ST-HARBOR  | reroutes.silentExcept: silent is false, so a person is asked about everybody
        """)
    void refusesThoseWhoAreExcepted(String silent, String facility, String problem) throws IOException {
        change(
                "policies/standard-10.yml",
                "  silent: true\n",
                "  silent: " + silent + "\n  silentExcept: [" + facility + "]\n");

        refused(problem);
    }

    @Test
    void refusesBasketsThatWaitWhereNoOrderMay() throws IOException {
        change("policies/standard-10.yml", "onShortage: BACKORDER", "onShortage: REFUSE");
        change("policies/standard-10.yml", "basketsOnShortage: PARTIAL", "basketsOnShortage: BACKORDER");
        change("policies/standard-10.yml", "cancelAfter: P30D", "");

        refused("basketsOnShortage: no order that took a basket over may wait: onShortage is REFUSE");
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        version: stock-1          | version: stock-2             | :3: version: 'stock-2' must be the name of the file without .yml
        2026-01-01T00:00:00Z      | 2026-01-01                   | :4: effectiveFrom: '2026-01-01' is not allowed here: an instant
        [WH-EAST, WH-WEST]        | [WH-EAST, WH-NORTH]          | :8: groups.WAREHOUSES[1]: 'WH-NORTH' is not allowed here: any of
        STORES: [ST-DOWNTOWN      | ST-HARBOR: [ST-DOWNTOWN      | :9: groups.ST-HARBOR: is the name of a facility
        northwind-jp: [STORES]    | northwind-jp: [SHOPS]        | :14: channels.northwind-jp[0]: 'SHOPS' is not allowed here: any of the groups [WAREHOUSES, STORES]
        bazaar: [STORES]          | bazaar: [WAREHOUSES, STORES] | :17: channels.bazaar: [WH-EAST, WH-WEST] never serve 'bazaar' (serves in retailer.yml): name only facilities that do
        northwind-jp: [STORES]    | northwind-de: [STORES]       | :14: channels.northwind-de: 'northwind-de' is not allowed here: a channel account
        units: 1 }                | units: -1 }                  | :21: safetyStock.socks-to-show.units: '-1' is not allowed here: units, 0 to
        [NW-SOCK-2PK]             | [" "]                        | :21: safetyStock.socks-to-show.skus[0]: '' is not allowed here: SKUs, each 1 to 100 visible characters
        channels: [northwind],    | chanels: [northwind],        | :25: thresholds.scarves-sell-fast.channels: missing
        allowed: false            | allowed: never               | :30: pickup.bags-are-shipped-only.allowed: 'never' is not allowed here: true or false
        pickupReadyWithin: PT2H   | pickupReadyWithin: soon      | :33: pickupReadyWithin: 'soon' is not allowed here: an ISO 8601 duration
        within: P2D               | within: 2                    | :38: transfers.east-to-harbor.within: '2' is not allowed here
        keep: 5 }                 | keep: 5, by: truck }         | :38: transfers.east-to-harbor.by: unknown key: remove it
        tolerance: 1              | tolerance: -1                | :40: transfers.between-stores.tolerance: '-1' is not allowed here: units, 0 to
        shipToStore: P1D          | shipToStore: soon            | :42: transfers.harbor-brings-to-dublin.shipToStore: 'soon' is not allowed here
        percent: 50               | percent: 150                 | :47: trust.a-till-that-is-silent.percent: '150' is not allowed here: 0 to 99
        displacement: NEWEST_FIRST | displacement: WHOEVER       | :62: displacement: 'WHOEVER' is not allowed here: one of [NEWEST_FIRST
        afterOpenFor: PT72H       | afterOpenFor: three days     | :69: quiet.a-store-that-says-nothing.afterOpenFor: 'three days' is not allowed here: an ISO 8601
        most: 4, within: P2D      | most: 4, within: P91D        | :80: retellings.a-shop-that-will-not-have-it.within: 'P91D' is not allowed here: an ISO 8601 duration, up to P90D
        most: 4, within: P2D      | most: 4, within: PT0S        | :80: retellings.a-shop-that-will-not-have-it.within: 'PT0S' is not allowed here
        shipping: {}              | shipping:                    | shipping: missing: the rules by name, or {} for none
        """)
    void refusesStockPolicies(String found, String replacement, String problem) throws IOException {
        change(STOCK_POLICY, found, replacement);

        refused(problem);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        version: cases-1          | version: cases-2             | :3: version: 'cases-2' must be the name of the file without .yml
        IT_ON_CALL: PT0S, OPERATIONS: PT4H | IT_ON_CALL: PT0S, OPERATION: PT4H | :17: groups.RETAIL_IT.escalation.OPERATION: 'OPERATION' is not allowed here: other groups
        IT_ON_CALL: PT0S, OPERATIONS: PT4H | IT_ON_CALL: soon, OPERATIONS: PT4H | :17: groups.RETAIL_IT.escalation.IT_ON_CALL: 'soon' is not allowed here
        IT_ON_CALL: PT0S, OPERATIONS: PT4H | IT_ON_CALL: PT5H, OPERATIONS: PT4H | :15: groups.RETAIL_IT: OPERATIONS would hear of it before
        IT_ON_CALL: PT0S, OPERATIONS: PT4H | RETAIL_IT: PT0S       | :15: groups.RETAIL_IT: RETAIL_IT knows of it already
        OPERATIONS: { contact: operations@northwind.example, | operations: { contact: operations@northwind.example, | OPERATIONS
        UNKNOWN_SKU: { owner: SUPPORT | UNKNOWN_SKU: { owner: SUPORT | :34: codes.UNKNOWN_SKU.owner: 'SUPORT' is not allowed here: one of the groups [SUPPORT,
        UNKNOWN_SKU: {            | UNKNOWN_SKUS: {              | codes.UNKNOWN_SKU: missing: for each failure code its owner and dueAfter
        NO_FACILITY: {            | `NOBODY: { owner: SUPPORT, dueAfter: PT1H }\n  NO_FACILITY: {` | codes.NOBODY: unknown key: remove it
        ORDER_ON_HOLD: { owner: SUPPORT, dueAfter: PT8H | ORDER_ON_HOLD: { owner: SUPPORT, dueAfter: PT0S | :35: codes.ORDER_ON_HOLD.dueAfter: 'PT0S' is not allowed here
        ORDER_ON_HOLD: { owner: SUPPORT, dueAfter: PT8H | ORDER_ON_HOLD: { owner: SUPPORT, dueAfter: PT8H, retryWhenBack: true | :35: codes.ORDER_ON_HOLD.retryWhenBack: ORDER_ON_HOLD can't be tried again: leave it out
        NO_FACILITY: { owner: SUPPORT, dueAfter: PT8H, retryWhenBack: true | NO_FACILITY: { owner: SUPPORT, dueAfter: PT8H | codes.NO_FACILITY.probe: one that is tried helps no other
        first: PT30M, longest: PT4H | first: PT30M, longest: PT5M | codes.NO_FACILITY.probe.longest: it is shorter than first
        first: PT30M, longest: PT4H | first: PT30M | codes.NO_FACILITY.probe.longest: missing
        USD: "1000.00"            | USD: "-1.00"                 | secondPersonAbove.USD: '-1.00' is not allowed here
        decisionsPerSecond: 5     | decisionsPerSecond: 0        | decisionsPerSecond: '0' is not allowed here: 1 to 100
        """)
    void refusesCasePolicies(String found, String replacement, String problem) throws IOException {
        change(CASE_POLICY, found, replacement.replace("\\n", "\n"));

        refused(problem);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        version: store-day-1      | version: store-day-2         | version: 'store-day-2' must be the name of the file without .yml
        ST-HARBOR, ST-DUBLIN]     | ST-HARBOR]                   | stores: no rule is for the store ST-DUBLIN: add it to one
        ST-HARBOR, ST-DUBLIN]     | ST-HARBOR, WH-EAST]          | every-store.facilities[2]: 'WH-EAST' is not allowed here: any of the stores
        dayCut: "04:00"           | dayCut: four                 | every-store.dayCut: 'four' is not allowed here: a time of the store's clock
        :-PT2H}                   | :-soon}                      | every-store.grace: 'soon' is not allowed here: an ISO 8601 duration
        :-SUPPLEMENT}             | :-NEVER}                     | every-store.lateSales: 'NEVER' is not allowed here: one of [SUPPLEMENT, NEXT_DAY]
        closedPeriods: REFUSE     | closedPeriods: ASK           | every-store.closedPeriods: 'ASK' is not allowed here: one of [REFUSE, NEXT_OPEN]
        """)
    void refusesPoliciesOfStoreDays(String found, String replacement, String problem) throws IOException {
        change(STORE_DAY_POLICY, found, replacement);

        refused(problem);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        version: returns-1        | version: returns-2           | :4: version: 'returns-2' must be the name of the file without .yml
        [NW-SOCK-2PK]             | [""]                         | :10: categories.underwear[0]: '' is not allowed here: SKUs, each 1 to 100 visible characters
        [NW-SOCK-2PK]             | []                           | :10: categories.underwear: the category is empty
        everything: { days: 30 }  | everything: { days: -1 }     | :15: windows.everything.days: '-1' is not allowed here: days, 0 to
        everything: { days: 30 }  | everything: { days: 30, channels: [ONLINE] } | :14: windows: no rule is for every product of the channel POINT_OF_SALE: add one
        [MARKETPLACE], days       | [BAZAAR], days               | :16: windows.marketplaces.channels[0]: 'BAZAAR' is not allowed here: any of [ONLINE
        [apparel], channels       | [], channels                 | :17: windows.apparel-bought-unseen.categories: the list is empty: leave it out for all
        { categories: [underwear] } | { categories: [undies] }   | :22: notReturnable.underwear.categories[0]: 'undies' is not allowed here: any of the categories
        giftCards: true           | giftCards: some              | :21: notReturnable.gift-cards.giftCards: 'some' is not allowed here: true or false
        OPENED: 90                | OPENED: 190                  | :25: grades.OPENED: '190' is not allowed here: for each grade
        assumedGrade: NEW         | assumedGrade: FRESH          | :26: assumedGrade: 'FRESH' is not allowed here: one of [NEW, OPENED
        [NOT_AS_DESCRIBED,        | [UGLY,                       | :29: ourFault[0]: 'UGLY' is not allowed here: any of [UNWANTED
        percent: 15               | percent: some                | :33: restocking.luggage.percent: 'some' is not allowed here: 0 to 100
        JPY: "800"                | JPY: "800.50"                | :36: labelFee.JPY: '800.50' is not allowed here: for each currency an amount
        JPY: "800"                | YEN: "800"                   | :36: labelFee.YEN: 'YEN' is not allowed here: for each currency
        USD: "6.95"               | USD: "-6.95"                 | :36: labelFee.USD: '-6.95' is not allowed here
        shipping: WITH_THE_LAST   | shipping: SOMETIMES          | :39: shipping: 'SOMETIMES' is not allowed here: one of [NEVER
        ["*", store_credit        | [store_credit                | :44: refundOrder: an order of gateways names each once, and *
        CHF: "0.05"               | CHF: "0.00"                  | :49: cash.smallestCoin.CHF: no coin is worth nothing
        beforeGoodsUpTo: {        | beforeGoods: {               | :53: limits.beforeGoodsUpTo: missing: for each currency
        afterDays: 45             | afterDays: late              | :90: storeCredit.only.late-apparel.afterDays: 'late' is not allowed here: days
        withinDays: 90            | withinDays: long             | :59: customerLimit.withinDays: 'long' is not allowed here: days
        """)
    void refusesPoliciesOfReturns(String found, String replacement, String problem) throws IOException {
        change(RETURN_POLICY, found, replacement);

        refused(problem);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        account: northwind,       | account: northwind-jp,       | blind.credit.account: 'northwind-jp' is not allowed here: an account that has the credential giftCardSecret
        everything: { percent: 80 } | everything: { percent: 180 } | blind.values.everything.percent: '180' is not allowed here: 0 to 100
        NEW: RESTOCK,             | NEW: KEEP,                   | blind.dispositions.NEW: 'KEEP' is not allowed here
        secondPersonAbove: "75.00" | secondPersonAbove: "-1.00"  | blind.limits.secondPersonAbove: '-1.00' is not allowed here: an amount in USD
        refuseFrom: 80            | refuseFrom: 40               | blind.fraud.refuseFrom: it must be more than secondPersonFrom
        seen: LATELY              | seen: OFTEN                  | blind.fraud.signals.came-lately.seen: 'OFTEN' is not allowed here: one of [EARLIER_RETURNS
        """)
    void refusesRulesOfReturnsWithoutAReceipt(String found, String replacement, String problem) throws IOException {
        Files.copy(Path.of("../config").resolve(BLIND_POLICY), directory.resolve(BLIND_POLICY));
        change(BLIND_POLICY, found, replacement);

        refused(problem);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        to: WH-EAST               | to: WH-WEST                  | mail.to: 'WH-WEST' is not allowed here: a facility that has an address
        carriers: [parcel-northwind] | carriers: [northwind]     | mail.carriers[0]: 'northwind' is not allowed here: 1 to 3 different accounts
        carriers: [parcel-northwind] | carriers: [parcel-northwind, parcel-northwind] | mail.carriers: name 1 to 3 different accounts
        silentAfter: PT4H         | silentAfter: late            | mail.silentAfter: 'late' is not allowed here: an ISO 8601 duration
        underWayDays: 21          | underWayDays: -1             | mail.underWayDays: '-1' is not allowed here: days
        NEW: RESTOCK,             | NEW: SEND_BACK,              | blind.dispositions.NEW: 'SEND_BACK' is not allowed here
        """)
    void refusesLabelsThatNobodyCouldBuy(String found, String replacement, String problem) throws IOException {
        Files.copy(Path.of("../config").resolve(MAIL_POLICY), directory.resolve(MAIL_POLICY));
        change(MAIL_POLICY, found, replacement);

        refused(problem);
    }

    @Test
    void anOrderKeepsThePolicyOfReturnsOfItsDay() throws IOException {
        Files.writeString(
                directory.resolve("policies/returns/returns-2.yml"),
                Files.readString(directory.resolve(RETURN_POLICY))
                        .replace("version: returns-1", "version: returns-2")
                        .replace("2026-01-01T00:00:00Z", "2026-12-24T18:00:00Z"));

        ReturnPolicies policies = Retailer.load(directory, Map.of()).returnPolicies();

        assertThat(policies.at(Instant.parse("2025-01-01T00:00:00Z")).version()).isEqualTo("returns-1");
        assertThat(policies.at(Instant.parse("2026-12-24T17:59:59Z")).version()).isEqualTo("returns-1");
        assertThat(policies.at(Instant.parse("2026-12-24T18:00:00Z")).version()).isEqualTo("returns-2");
        assertThat(policies.named("returns-2")).contains(policies.at(Instant.parse("2027-01-01T00:00:00Z")));
        assertThat(policies.named("returns-3")).isEmpty();
    }

    @Test
    void aProductThatIsSoldBeforeItMayLeaveIsPolicyData() throws IOException {
        preorders("""
                  spring: { skus: [NW-JKT-GRN-L, NW-MUG-RED], releaseAt: 2027-03-01T08:00:00Z, limit: 50 }
                  mugs-later: { skus: [NW-MUG-RED], releaseAt: 2027-04-01T08:00:00Z }
                """);

        StockPolicy policy =
                Retailer.load(directory, Map.of()).stockPolicies().at(Instant.parse("2026-12-01T00:00:00Z"));

        assertThat(policy.preorder(Sku.of("NW-JKT-GRN-L")))
                .contains(new Preorder(Instant.parse("2027-03-01T08:00:00Z"), OptionalInt.of(50)));
        assertThat(policy.preorder(Sku.of("NW-MUG-RED")))
                .as("the last rule, as many as are on order")
                .contains(new Preorder(Instant.parse("2027-04-01T08:00:00Z"), OptionalInt.empty()));
        assertThat(policy.preorder(Sku.of("NW-CAP-NVY"))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        skus: [""], releaseAt: 2027-03-01T08:00:00Z                     | preorders.spring.skus[0]: '' is not allowed here: SKUs, each 1 to 100 visible
        skus: [NW-JKT-GRN-L], releaseAt: 2027-03-01                     | preorders.spring.releaseAt: '2027-03-01' is not allowed here: an instant
        skus: [NW-JKT-GRN-L]                                            | preorders.spring.releaseAt: missing: an instant
        skus: [NW-JKT-GRN-L], releaseAt: 2027-03-01T08:00:00Z, limit: -1 | preorders.spring.limit: '-1' is not allowed here: units, 0 to
        skus: [NW-JKT-GRN-L], releaseAt: 2027-03-01T08:00:00Z, most: 5  | preorders.spring.most: unknown key: remove it
        """)
    void refusesPreorders(String rule, String problem) throws IOException {
        preorders("  spring: { " + rule + " }\n");

        refused(problem);
    }

    private void preorders(String rules) throws IOException {
        Files.writeString(
                directory.resolve(STOCK_POLICY),
                Files.readString(directory.resolve(STOCK_POLICY)) + "\npreorders:\n" + rules);
    }

    @Test
    void refusesTwoStockPoliciesOfOneInstant() throws IOException {
        Files.writeString(
                directory.resolve("policies/stock/stock-2.yml"),
                Files.readString(directory.resolve(STOCK_POLICY)).replace("version: stock-1", "version: stock-2"));

        refused("stock-2.yml:4: effectiveFrom: '2026-01-01T00:00:00Z' is when 'stock-1' begins, too");
    }

    @Test
    void refusesADirectoryWithoutStockPolicies() throws IOException {
        Files.delete(directory.resolve(STOCK_POLICY));

        refused("policies/stock: no stock policy is there: create stock-1.yml");
    }

    @Test
    void aStockPolicyHoldsFromItsInstantOn() throws IOException {
        Files.writeString(
                directory.resolve("policies/stock/stock-2.yml"),
                Files.readString(directory.resolve(STOCK_POLICY))
                        .replace("version: stock-1", "version: stock-2")
                        .replace("2026-01-01T00:00:00Z", "2026-12-24T18:00:00Z"));

        Retailer retailer = Retailer.load(directory, Map.of());

        assertThat(retailer.stockPolicies()
                        .at(Instant.parse("2026-12-24T17:59:59Z"))
                        .version())
                .isEqualTo("stock-1");
        assertThat(retailer.stockPolicies()
                        .at(Instant.parse("2026-12-24T18:00:00Z"))
                        .version())
                .isEqualTo("stock-2");
        assertThatThrownBy(() -> retailer.stockPolicies().at(Instant.parse("2025-12-31T23:59:59Z")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no stock policy is in force");
    }

    @Test
    void refusesAnErpThatIsNone() throws IOException {
        change("retailer.yml", "    erp: tryton-northwind\n", "    erp: messaging\n");

        refused("'northwind' has its books at 'messaging', which is no account whose system is TRYTON");
    }

    @Test
    void refusesAChannelWithoutBooks() throws IOException {
        change("retailer.yml", "    erp: tryton-northwind\n", "");

        refused("accounts[0].erp: missing: name the account in whose books the orders of 'northwind' are posted");
    }

    @Test
    void refusesBooksWithAMissingRole() throws IOException {
        change("retailer.yml", "      ROUNDING: { \"*\": \"6900\" }\n", "");

        refused("finance.tryton-northwind.accounts.ROUNDING: missing");
    }

    @Test
    void refusesBooksWithoutADefault() throws IOException {
        change("retailer.yml", "REVENUE: { \"*\": \"4000\" }", "REVENUE: { web: \"4000\" }");

        refused("finance.tryton-northwind.accounts.REVENUE: has no '*': say what holds for every other detail");
    }

    @Test
    void refusesStockOfAnUnknownPlace() throws IOException {
        change("retailer.yml", "openingStock:\n", "openingStock:\n  ST-PARIS: { NW-MUG-RED: 1 }\n");

        refused("openingStock.ST-PARIS: unknown key");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        Files.delete(directory.resolve("retailer.yml"));

        refused("retailer.yml: the file can't be read: create it, or point THROUGHLINE_CONFIG to the directory that"
                + " has it");
    }

    @Test
    void refusesAMissingPolicyDirectory() throws IOException {
        Files.move(directory.resolve("policies"), directory.resolve("rules"));

        refused("policies: the directory of the policies can't be read: create it");
    }

    @Test
    void aPolicyThatIsGoneIsAnError() {
        Retailer retailer = Retailer.load(directory, Map.of());

        assertThatThrownBy(() -> retailer.policies().version("standard-0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'standard-0' is not kept any more: put its file back");
    }

    private void change(String file, String found, String replacement) throws IOException {
        String text = Files.readString(directory.resolve(file));
        assertThat(text).contains(found);
        int at = text.indexOf(found);
        Files.writeString(
                directory.resolve(file), text.substring(0, at) + replacement + text.substring(at + found.length()));
    }

    private void refused(String problem) {
        assertThatThrownBy(() -> Retailer.load(directory, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(directory.toString())
                .hasMessageContaining(problem);
    }
}
