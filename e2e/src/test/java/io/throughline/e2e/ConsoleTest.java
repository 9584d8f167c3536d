package io.throughline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.BlindReturn;
import io.throughline.local.demo.GoodsReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A person who has only the console, in a real browser: finds what stops, mends it and sees it go on. Every page is held to WCAG 2.2 AA as
 * far as a machine can tell. How it looks is kept in {@code e2e/target/console}.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConsoleTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String SCARF = "NW-SCARF-GRY";
    private static final String BAG = "NW-BAG-TAN";
    private static final String POLICY = "config/policies/routing/routing-1.yml";
    private static final long FIRST = 7_980_000_000_000L;
    private static final double PATIENCE_MILLIS = 60_000;

    private static ConsoleBrowser browser;
    private static House house;
    private static Stage stage;
    private static OrderId well;
    private static OrderId stalled;
    private static OrderId alike;
    private static GoodsReturn back;
    private static String counter;
    private static BlindReturn blind;
    private static String transfer;

    @BeforeAll
    static void open() throws Exception {
        Path pictures = Files.createDirectories(House.project().resolve("e2e/target/console"));
        house = House.open("console");
        stage = house.stage();
        browser = ConsoleBrowser.open(house.stack().api(), pictures);
        well = stage.place(
                SHOP,
                body(1).line(1, "NW-TEE-BLK-M", 2, "25.00")
                        .line(2, "NW-MUG-RED", 1, "18.00")
                        .shipping("4.90")
                        .toJson());
        BlindReturn.awaitPriced(stage, BAG);
        // From here on all of them are on their way while one is waited for. The catalogue has been read, with the
        // scarf.
        stage.sandbox().post("/tryton/products/" + SCARF + "/remove", Json.object());
        stalled = stage.place(
                SHOP, body(2).line(8, SCARF, 1, "29.00").shipping("4.90").toJson());
        alike = stage.place(
                SHOP, body(3).line(9, SCARF, 1, "29.00").shipping("4.90").toJson());
        stage.end(well);
        String shirt = stage.order(well).orElseThrow().at("/content/lines/0/id").asText();
        counter = takenOverTheCounter();
        blind = BlindReturn.of(stage, "ST-HARBOR", BAG, "console-blind-" + FIRST);
        back = GoodsReturn.of(stage, well, shirt, Optional.empty());
        back.comesTo("WH-EAST", shirt);
        back.isFound("WH-EAST", shirt, "OPENED", "RESTOCK");
        stage.openCase(stalled, "ERP_REJECTED");
        stage.openCase(alike, "ERP_REJECTED");
        transfer = askedFor();
    }

    /** A cap that a store is to send to another, which goes by what its till has said that it has. */
    private static String askedFor() throws InterruptedException {
        stage.await(
                "caps at ST-DUBLIN",
                () -> Optional.of(Json.object().put("units", stage.onHand("NW-CAP-NVY", "ST-DUBLIN"))),
                found -> found.path("units").asInt() > 2);
        ObjectNode wanted = Json.object().put("from", "ST-DUBLIN").put("to", "ST-HARBOR");
        wanted.putArray("lines").addObject().put("sku", "NW-CAP-NVY").put("units", 1);
        return stage.api()
                .post("/v1/transfers", wanted, Map.of("Idempotency-Key", "console-transfer-" + FIRST))
                .path("id")
                .asText();
    }

    /** A mug that a till has sold for coins, and that another store takes back. */
    private static String takenOverTheCounter() {
        String sale = "console-" + FIRST;
        ObjectNode batch = Json.object();
        ObjectNode sold = batch.putArray("sales")
                .addObject()
                .put("saleId", sale)
                .put("register", "R1")
                .put("soldAt", Instant.now().toString())
                .put("currency", "USD")
                .put("taxesIncluded", false);
        sold.putArray("lines")
                .addObject()
                .put("sku", "NW-MUG-RED")
                .put("quantity", 1)
                .put("unitPrice", "18.00")
                .put("total", "18.00")
                .putArray("taxes");
        sold.putArray("tenders").addObject().put("kind", "cash").put("amount", "18.00");
        stage.api().post("/v1/stores/ST-DUBLIN/sales/batch", batch);
        ObjectNode back = Json.object().put("sale", "sale/ST-DUBLIN/" + sale).put("store", "ST-HARBOR");
        back.putArray("lines")
                .addObject()
                .put("line", 1)
                .put("quantity", 1)
                .put("reason", "UNWANTED")
                .put("grade", "NEW")
                .put("disposition", "RESTOCK");
        return stage.api()
                .post("/v1/counter-returns", back, Map.of("Idempotency-Key", sale))
                .path("returnId")
                .asText();
    }

    private static OrderBody body(int number) {
        return OrderBody.usd(FIRST + number);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (house != null) {
            house.close();
        }
    }

    @Test
    @Order(1)
    void aKeyOpensTheConsoleWhereSomebodyWantedToGo() {
        browser.go("/console/orders");
        assertThat(browser.place()).isEqualTo("/console/sign-in?next=%2Fconsole%2Forders");
        browser.look("sign-in");

        browser.page().keyboard().type(key());
        browser.page().keyboard().press("Enter");

        browser.page().waitForURL("**/console/orders");
    }

    @Test
    @Order(2)
    void everyPageCanBeUsedByEverybody() {
        browser.go("/console");
        browser.look("overview");
        for (Place place : List.of(
                new Place("orders", "/console/orders"),
                new Place("order", "/console/orders/" + well),
                new Place("books", "/console/orders/" + well + "/books"),
                new Place("order-stalled", "/console/orders/" + stalled),
                new Place("cancellation", "/console/orders/" + stalled + "/cancellation"),
                new Place("cases", "/console/cases"),
                new Place("cases-none", "/console/cases?status=CLOSED&owner=SUPPORT"),
                new Place("returns", "/console/returns"),
                new Place("return", "/console/returns/" + back.id()),
                new Place("return-slip", "/console/returns/" + back.id() + "/slip"),
                new Place("return-scan", "/console/returns/scan?id=" + well),
                new Place("counter-returns", "/console/counter-returns"),
                new Place("counter-return", "/console/counter-returns/" + counter),
                new Place("counter-return-blind", "/console/counter-returns/" + blind.id()),
                new Place("facilities", "/console/facilities"),
                new Place("facility", "/console/facilities/WH-EAST"),
                new Place("held", "/console/facilities/WH-EAST/held"),
                new Place("systems", "/console/systems"),
                new Place("system", "/console/systems/square-northwind"),
                new Place("recovery", "/console/recovery"),
                new Place("dead-letters", "/console/recovery/dead-letters"),
                new Place("unknown-effects", "/console/recovery/effects"),
                new Place("comparisons", "/console/recovery/comparisons?account=northwind"),
                new Place("rebuilds", "/console/recovery/rebuilds"),
                new Place("routing", "/console/routing"),
                new Place("audit-none", "/console/audit?actor=nobody"),
                new Place("stock", "/console/stock?sku=NW-TEE-BLK-M"),
                new Place("stock-choice", "/console/stock"),
                new Place("transfers", "/console/transfers"),
                new Place("transfer", "/console/transfers/" + transfer),
                new Place("new-transfer", "/console/new-transfer?sku=NW-TEE-BLK-M"),
                new Place("search", "/console/search?q=inventory/northwind"),
                new Place("search-none", "/console/search?q=nothing"),
                new Place("runbook", "/console/runbooks/erp-rejected"),
                new Place("runbooks", "/console/runbooks"),
                new Place("missing", "/console/orders/O-0000000000"))) {
            browser.go(place.path());
            browser.look(place.name());
        }
    }

    private record Place(String name, String path) {}

    private static String key() {
        try {
            return Files.readString(house.stack().localApiKeyFile()).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    @Order(3)
    void figuresStandThereAsSoonAsTheyAreRead() {
        browser.go("/console/kpis");

        assertThat(browser.page().locator("svg.plot")).hasCount(Kpi.values().length, longer());
        browser.look("kpis");
    }

    private static HasCountOptions longer() {
        return new HasCountOptions().setTimeout(PATIENCE_MILLIS);
    }

    @Test
    @Order(4)
    void aCaseIsTakenTalkedAboutAndLaidAside() {
        Page page = browser.page();
        browser.go("/console/cases");
        page.getByRole(AriaRole.LINK, named("C-")).first().click();

        click("Take it");
        assertThat(page.getByText("Assigned to")).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Give it back"))).isVisible();
        page.getByLabel("What there is to say").fill("asked purchasing when the scarf is back");
        click("Say it");
        assertThat(page.getByText("asked purchasing when the scarf is back")).isVisible();
        click("Let it sleep");
        assertThat(page.getByText("Asleep until")).isVisible();
        click("Wake it");
        assertThat(page.getByText("Asleep until")).hasCount(0);
        browser.look("case");
        tellsHowToDecideElsewhere(page);
    }

    /** Whoever comes to a field has all of it in hand: nothing is to be marked with a mouse. */
    private static void tellsHowToDecideElsewhere(Page page) {
        page.locator("details.paste > summary").first().click();
        Locator shell = page.locator("details.paste[open] textarea").first();
        assertThat(shell).hasValue(Pattern.compile("^curl -X POST .*/v1/cases/C-[0-9]+/decisions$"));
        shell.focus();
        assertThat((String) page.evaluate("() => document.activeElement.value.substring("
                        + "document.activeElement.selectionStart, document.activeElement.selectionEnd)"))
                .isEqualTo(shell.inputValue());
        browser.look("case-elsewhere");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions beginningWith(String words) {
        return new Page.GetByRoleOptions().setName(Pattern.compile("^" + words));
    }

    private static void click(String button) {
        browser.page().getByRole(AriaRole.BUTTON, named(button)).click();
    }

    /** The product is still missing, so both cases come back with the same question. */
    @Test
    @Order(5)
    void allCasesOfOneCauseAreDecidedTogether() {
        Page page = browser.page();
        browser.go("/console");
        page.getByRole(AriaRole.LINK, named("ERP rejected")).first().click();
        page.waitForURL("**/console/causes/*");
        browser.look("cause");
        page.getByRole(AriaRole.RADIO, beginningWith("Retry")).check();
        click("See what it would be about");
        assertThat(page.getByText("Retry for 2 cases?")).isVisible();
        browser.look("cause-preview");
        click("Retry: 2 cases");
        page.waitForURL("**/console/bulk/B-*");
        assertThat(page.locator("#live .head .badge").first()).hasText("Done", soon());
        browser.look("bulk");
        page.getByText("What is still open of this cause").click();
        assertThat(page.locator("#live td .badge.waiting, #live td .badge.bad")).hasCount(2, longer());
    }

    @Test
    @Order(6)
    void aFacilityIsPausedAndCounted() {
        Page page = browser.page();
        browser.go("/console/facilities/ST-DOWNTOWN");
        page.getByLabel("Why").fill("water in the stockroom");
        click("Pause");
        assertThat(page.getByText("Nothing new is routed here")).isVisible();
        browser.look("facility-paused");
        click("Route work here again");
        assertThat(page.getByText("Nothing new is routed here")).hasCount(0);

        page.getByText("Tell what was counted here").click();
        page.getByLabel("One SKU a line, then its units").fill("NW-MUG-RED 24\nNW-TEE-BLK-M 7");
        browser.look("count");
        click("Take the count in");
        assertThat(page.getByText("What it led to")).isVisible();
        browser.look("count-outcome");
    }

    @Test
    @Order(7)
    void aSystemIsSlowedPausedAndResumed() {
        Page page = browser.page();
        browser.go("/console/systems/tryton-northwind");
        page.getByLabel("Operations a second").fill("5");
        page.getByLabel("What for").fill("it has just come back");
        click("Set");
        assertThat(page.getByText("At most 5 operations a second")).isVisible();
        page.getByLabel("Why").fill("its upgrade begins");
        click("Pause");
        assertThat(page.getByText("Nothing is asked of it")).isVisible();
        browser.look("system-paused");
        page.getByLabel("Why").fill("its upgrade is done");
        click("Resume");
        assertThat(page.getByText("Nothing is asked of it")).hasCount(0);
    }

    @Test
    @Order(8)
    void anotherPolicyIsTriedOnWhatHappened() throws IOException {
        Page page = browser.page();
        browser.go("/console/routing");
        page.getByLabel("The policy, as in")
                .fill(Files.readString(House.project().resolve(POLICY)));
        click("Try it");
        assertThat(page.getByText("What it would have made of them")).isVisible();
        browser.look("routing-trial");
    }

    @Test
    @Order(9)
    void whoDidWhatIsSeen() {
        browser.go("/console/audit");
        assertThat(browser.page().getByText("comments on C-").first()).isVisible();
        browser.look("audit");
    }

    /** The ERP does not know the product, and another stands for it in its documents: only in those of this order. */
    @Test
    @Order(10)
    void whatTheErpDoesNotKnowHasAnotherStandForIt() throws InterruptedException {
        Page page = browser.page();
        String id = stage.openCase(alike, "ERP_REJECTED");
        browser.go("/console/cases/" + id);
        page.getByRole(AriaRole.RADIO, beginningWith("Amend and retry")).check();
        page.getByLabel("Products that stand in").fill(SCARF + "=" + BAG);
        page.getByRole(AriaRole.BUTTON, named("Decide")).click();
        page.getByRole(AriaRole.BUTTON, named("Amend so and retry")).click();

        assertThat(page.locator("del", new Page.LocatorOptions().setHasText(SCARF)))
                .isVisible();
        assertThat(page.locator("ins", new Page.LocatorOptions().setHasText(BAG)))
                .isVisible();
        assertThat(page.locator("#live .head .badge").first()).hasText("Closed", soon());
        browser.look("case-amended");
        assertThat(stage.end(alike).posting()).isEqualTo("CONFIRMED");
        JsonNode products = stage.sandbox().get("/tryton/products");
        long bag = StreamSupport.stream(products.spliterator(), false)
                .filter(product -> product.path("code").asText().equals(BAG))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asLong();
        JsonNode invoices = stage.sandbox().get("/tryton/invoices?reference=" + alike + "-F1/invoice");
        assertThat(invoices).hasSize(1);
        assertThat(invoices.at("/0/lines"))
                .anyMatch(line -> line.path("product").asLong() == bag);
        assertThat(stage.openCase(stalled, "ERP_REJECTED"))
                .as("it mends nothing for the others")
                .isNotEqualTo(id);
    }

    /** From the overview to the end without a mouse, and without loading a page anew to see how it went. */
    @Test
    @Order(11)
    void whatStoppedGoesOn() throws InterruptedException {
        browser.go("/console");
        Page page = browser.page();
        page.keyboard().press("g");
        page.keyboard().press("c");
        page.waitForURL("**/console/cases");
        page.getByRole(AriaRole.LINK, named("C-")).first().waitFor();
        do {
            page.keyboard().press("j");
        } while (!page.evaluate("() => document.activeElement.textContent")
                .toString()
                .startsWith("C-"));
        page.keyboard().press("Enter");
        page.waitForURL("**/console/cases/C-*");
        assertThat(page.getByText("Tryton knows no product " + SCARF).first()).isVisible();
        assertThat(page.getByText("Typical: product unknown or inactive")).isVisible();

        stage.sandbox().post("/tryton/products/" + SCARF + "/restore", Json.object());
        page.getByRole(AriaRole.RADIO, beginningWith("Retry")).check();
        page.getByLabel("Comment").fill("the product is in the ERP again");
        page.getByRole(AriaRole.BUTTON, named("Decide")).click();

        assertThat(page.getByText("the product is in the ERP again").first()).isVisible();
        assertThat(page.locator("#live .head .badge").first()).hasText("Closed", soon());
        page.keyboard().press("/");
        page.keyboard().type(stalled.value());
        page.keyboard().press("Enter");
        page.waitForURL("**/console/orders/" + stalled);
        assertThat(page.locator("#live .axes .badge").first()).hasText("Completed", soon());
        assertThat(page.locator("svg.line .stall")).hasCount(0);
        browser.look("order-went-on");
        assertThat(stage.end(stalled).posting()).isEqualTo("CONFIRMED");
    }

    private static HasTextOptions soon() {
        return new HasTextOptions().setTimeout(PATIENCE_MILLIS);
    }

    @Test
    @Order(12)
    void noPageComplains() {
        assertThat(browser.complaints()).isEmpty();
    }
}
