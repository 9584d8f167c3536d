package io.throughline.runtime.retailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in the files stops the start with words that name the file, the key and what to do. */
final class RetailerRefusalTest {
    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void copyTheSample() throws IOException {
        Files.createDirectory(directory.resolve("policies"));
        for (String file : new String[] {"retailer.yml", "policies/standard-1.yml"}) {
            Files.copy(Path.of("../config").resolve(file), directory.resolve(file));
        }
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        id: northwind-jp                  | id: northwind                 | accounts: 'northwind' is there twice: remove one of the two
        id: northwind-jp                  | id: Northwind JP              | accounts[1].id: 'Northwind JP' is not allowed here: a name of 1 to 40 of a-z, 0-9 and -
        system: REST                      | system: TELEX                 | accounts[6].system: 'TELEX' is not allowed here: one of
        system: REST                      | system: MESSAGING             | accounts[6].options: missing: this system needs mailFrom, smsFrom
        mode: LIVE\\n                      | mode: DRY\\n                   | accounts[6].mode: 'DRY' is not allowed here: one of [LIVE, SHADOW, OFF]
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
        :-standard-1                      | :-standard-9                  | standard-9.yml: the current policy has no file: create it
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
        sku: NW-MUG-RED                   | sku: NW-CAP-NVY               | catalog: 'NW-CAP-NVY' is there twice
        sku: NW-MUG-RED                   | sku: NW-MUG-BLUE              | openingStock.WH-EAST.NW-MUG-RED: 'NW-MUG-RED' is not allowed here
        NW-MUG-RED: 50                    | NW-MUG-RED: -1                | openingStock.WH-EAST.NW-MUG-RED: '-1' is not allowed here
        NW-MUG-RED: 50                    | NW-MUG-RED: 1.5               | openingStock.WH-EAST.NW-MUG-RED: '1.5' is not allowed here
        """)
    void refuses(String found, String replacement, String problem) throws IOException {
        change("retailer.yml", found.replace("\\n", "\n"), replacement.replace("\\n", "\n"));

        refused(problem);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', textBlock = """
        version: standard-1     | version: standard-2   | version: 'standard-2' must be the name of the file without .yml
        STORE: PT4H             | STORE: 4 hours        | acknowledgeWithin.STORE: '4 hours' is not allowed here: an ISO 8601 duration
        STORE: PT4H             | STORE: PT0S           | acknowledgeWithin.STORE: 'PT0S' is not allowed here
        STORE: PT4H             | KIOSK: PT4H           | acknowledgeWithin.STORE: missing: an ISO 8601 duration
        pickUpWithin: P5D       | pickUpBefore: P5D     | pickUpWithin: missing
        moveToOpenPeriod: false | moveToOpenPeriod: no! | moveToOpenPeriod: 'no!' is not allowed here: true or false
        """)
    void refusesPolicies(String found, String replacement, String problem) throws IOException {
        change("policies/standard-1.yml", found, replacement);

        refused(problem);
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

        refused(
                "retailer.yml: the file can't be read: create it, or point THROUGHLINE_CONFIG to the directory that has it");
    }

    @Test
    void refusesAMissingPolicyDirectory() throws IOException {
        Files.delete(directory.resolve("policies/standard-1.yml"));
        Files.delete(directory.resolve("policies"));

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
