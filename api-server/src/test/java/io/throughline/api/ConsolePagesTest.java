package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.policy.OrderRules;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of the console show of real facts, and what they never show. */
final class ConsolePagesTest {
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final AccountId ERP = AccountId.of("tryton-northwind");

    /** Names as people and attackers write them. */
    private static final List<String> BAD_NAMES = List.of(
            "<img src=x onerror=alert(1)>",
            "\"><script>alert(1)</script>",
            "<svg onload=alert(1)>",
            "' onmouseover='alert(1)",
            "</td></table><script>alert(1)</script>",
            "javascript:alert(1)",
            "{{7*7}} ${7*7} ${jndi:ldap://x}",
            "=HYPERLINK(\"http://evil.example\")",
            "' OR 1=1--",
            "\u202egnp.exe",
            "a\u200bb");

    private final TestingApi api = TestingApi.get();

    private OrderId order(String externalId, String submission) {
        OrderKey key = new OrderKey(AccountId.of("rest"), externalId);
        assertThat(api.postOnce("/v1/orders", Role.INTEGRATION, externalId, submission)
                        .status())
                .isEqualTo(202);
        api.database().orders().hint(key, Channel.API, new OrderRules("standard-1", Set.of()));
        ChannelOrder told = api.database().submittedOrders().read(key).orElseThrow();
        api.database().orders().accept(told.order(), told.person(), Instant.now());
        return OrderId.of(key);
    }

    private OrderId order() {
        String name = "CON-" + UUID.randomUUID();
        return order(name, SampleSubmissions.shipped(name));
    }

    @Test
    void everyPageIsShownToEveryRoleOfPeople() {
        OrderId id = order();
        Case open =
                api.database().cases().open(SHOP, id.value(), "stock.reserve", FailureCode.STOCK_MISSING, "none left");
        Fingerprint cause =
                api.database().caseFiles().find(open.id()).orElseThrow().cause();
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.INTEGRATION, Role.STORE))) {
            Visitor visitor = Visitor.signedIn(api, role);
            for (String path : List.of(
                    "/console",
                    "/console/orders",
                    "/console/orders/" + id,
                    "/console/orders/" + id + "/books",
                    "/console/cases",
                    "/console/cases?status=CLOSED&owner=FINANCE",
                    "/console/cases?clock=BREACHED&assigned=MINE&asleep=BOTH",
                    "/console/cases/" + open.id(),
                    "/console/causes/" + cause,
                    "/console/causes/0123456789abcdef",
                    "/console/returns",
                    "/console/counter-returns",
                    "/console/facilities",
                    "/console/facilities/ST-HARBOR",
                    "/console/systems",
                    "/console/kpis",
                    "/console/audit",
                    "/console/audit?actor=nobody&before=2026-01-01T00:00:00Z",
                    "/console/routing",
                    "/console/stock",
                    "/console/stock?sku=NW-TEE-BLK-M",
                    "/console/transfers",
                    "/console/transfers?facility=ST-HARBOR",
                    "/console/search?q=nothing-has-this",
                    "/console/runbooks",
                    "/console/runbooks/erp-rejected")) {
                HttpResponse<String> answer = visitor.get(path);

                assertThat(answer.statusCode())
                        .as(role + " " + path + answer.body())
                        .isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .isEqualTo("text/html;charset=utf-8");
                assertThat(answer.headers().allValues("Content-Security-Policy"))
                        .singleElement()
                        .asString()
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
                assertThat(answer.body())
                        .as("nothing runs that stands in the page itself")
                        .doesNotContainPattern("<script(?![^>]* src=)")
                        .doesNotContainPattern("<[^>]* (style|on[a-z]+)=")
                        .doesNotContainPattern("(src|href)=\"https?://(?!127\\.0\\.0\\.1:8233/)");
            }
        }
    }

    @Test
    void badNamesAreTextWhereverTheyStand() {
        for (String bad : BAD_NAMES) {
            String name = "BAD-" + UUID.randomUUID();
            String json = bad.replace("\\", "\\\\").replace("\"", "\\\"");
            OrderId id = order(
                    name,
                    SampleSubmissions.shipped(name)
                            .replace("Ada Canary", json)
                            .replace("\"sku\":\"NW-CAP-NVY\"", "\"sku\":\"NW-CAP-NVY\",\"title\":\"" + json + "\""));
            Case open = api.database().cases().open(SHOP, id.value(), "step " + bad, FailureCode.STOCK_MISSING, bad);
            Visitor support = Visitor.signedIn(api, Role.SUPPORT);
            support.post("/console/cases/" + open.id() + "/decisions", Map.of("action", "CANCEL", "note", bad));

            for (String path : List.of(
                    "/console/orders/" + id,
                    "/console/cases?status=DECIDED",
                    "/console/cases/" + open.id(),
                    "/console/search?q=" + Visitor.encoded(bad),
                    "/console/stock?sku=" + Visitor.encoded(bad))) {
                String page = support.page(path);

                assertThat(page)
                        .as(path)
                        .doesNotContain("<img src=x", "<script>alert", "<svg onload", "</table><script>")
                        .doesNotContain("href=\"javascript:");
            }
            if (bad.startsWith("<img")) {
                assertThat(support.page("/console/cases/" + open.id())).contains("&lt;img src=x onerror=alert(1)");
            }
        }
    }

    @Test
    void personalDataIsSupportsAlone() {
        OrderId id = order();
        Case open = api.database().cases().open(SHOP, id.value(), "hold", FailureCode.ORDER_ON_HOLD, "looks odd");
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        support.post(
                "/console/cases/" + open.id() + "/decisions",
                Map.of("action", "RELEASE_HOLD", "note", "Mrs Canary rang"));

        assertThat(support.page("/console/orders/" + id)).contains("Ada Canary", "ada@canary.example", "02110");
        for (Role role : List.of(Role.VIEWER, Role.FINANCE, Role.ADMIN)) {
            assertThat(Visitor.signedIn(api, role).page("/console/orders/" + id))
                    .as(role.name())
                    .contains("A*** C***", "Masked")
                    .doesNotContain("anary", "02110", "6175550100");
        }
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/cases/" + open.id()))
                .doesNotContain("anary");
    }

    @Test
    void aFacilityIsPausedAndGoesOn() {
        String page = "/console/facilities/ST-HARBOR";
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);

        assertThat(support.post(page + "/pause", Map.of("reason", "flood", "openWork", "WAIT", "length", ""))
                        .statusCode())
                .isEqualTo(422);
        assertThat(support.post(
                                page + "/pause",
                                Map.of("reason", "flood", "openWork", "WAIT", "length", "PT2000000000000000S"))
                        .statusCode())
                .isEqualTo(422);
        Visitor.done(support.post(page + "/pause", Map.of("reason", "flood", "openWork", "REROUTE", "length", "PT4H")));
        assertThat(support.page(page)).contains("Nothing new is routed here", "in 3 h", "Route work here again");
        assertThat(support.page("/console/facilities")).contains("Paused");
        assertThat(support.page("/console/audit")).contains("ST-HARBOR");
        Visitor.done(support.post(page + "/resumption", Map.of()));
        assertThat(support.page(page)).doesNotContain("Nothing new is routed here");
        assertThat(Visitor.signedIn(api, Role.FINANCE).page(page)).doesNotContain("Pause<");
    }

    @Test
    void whatWasCountedIsTakenIn() {
        String page = "/console/facilities/ST-HARBOR/counts";
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        String name = support.page(page).replaceAll("(?s).*name=\"name\" value=\"([^\"]+)\".*", "$1");

        HttpResponse<String> unread = support.post(page, Map.of("name", name, "lines", "NW-MUG-RED many\nNO-SUCH 3"));
        assertThat(unread.statusCode()).isEqualTo(422);
        assertThat(unread.body()).contains("line 1: a SKU and a number of units", "NW-MUG-RED many");
        HttpResponse<String> unknown = support.post(page, Map.of("name", name, "lines", "NO-SUCH 3"));
        assertThat(unknown.body()).contains("a SKU of the catalogue");
        HttpResponse<String> taken =
                support.post(page, Map.of("name", name, "lines", "NW-MUG-RED 2\r\n\r\nNW-TEE-BLK-M, 3\r\n"));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(taken.body()).contains("What it led to", "NW-MUG-RED", "NW-TEE-BLK-M");
        assertThat(support.post(page, Map.of("name", name, "lines", "NW-MUG-RED 5"))
                        .body())
                .contains("Conflict");
        assertThat(Visitor.signedIn(api, Role.FINANCE).get(page).statusCode()).isEqualTo(403);
    }

    /** Whoever is woken by an alert need not know how its page is called. */
    @Test
    void everyRunbookIsListed() throws IOException {
        String list = Visitor.signedIn(api, Role.VIEWER).page("/console/runbooks");

        try (Stream<Path> files = Files.list(Path.of("..", "runbooks"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("README.md"))
                            .map(name -> "href=\"/console/runbooks/" + name.replace(".md", "") + "\""))
                    .hasSizeGreaterThan(70)
                    .allSatisfy(link -> assertThat(list).contains(link));
        }
    }

    @Test
    void figuresAreReadBesideThePage() {
        Visitor visitor = Visitor.signedIn(api, Role.VIEWER);
        Instant patience = Instant.now().plusSeconds(60);
        String page = visitor.page("/console/kpis");
        while (page.contains("just being read") && Instant.now().isBefore(patience)) {
            page = visitor.page("/console/kpis");
        }
        assertThat(page).contains("Order sync latency", "class=\"plot\"", "Day by day");
    }

    @Test
    void aPolicyIsTriedByAdministrators() throws IOException {
        Visitor admin = Visitor.signedIn(api, Role.ADMIN);
        String policy = Files.readString(Path.of("../config/policies/routing/routing-1.yml"));

        HttpResponse<String> tried =
                admin.post("/console/routing/trials", Map.of("candidate", policy, "window", "P7D", "promise", "P2D"));
        assertThat(tried.statusCode()).as(tried.body()).isEqualTo(200);
        assertThat(tried.body()).contains("What it would have made of them", "Fill rate");
        HttpResponse<String> wrong = admin.post(
                "/console/routing/trials", Map.of("candidate", "version: <b>", "window", "P7D", "promise", "P2D"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("role=\"alert\"", "version: &lt;b").doesNotContain("<b>");
        for (String window : List.of("", "PT0S", "PT2000000000000000S")) {
            assertThat(admin.post(
                                    "/console/routing/trials",
                                    Map.of("candidate", policy, "window", window, "promise", "P2D"))
                            .statusCode())
                    .as(window)
                    .isEqualTo(422);
        }
        assertThat(Visitor.signedIn(api, Role.SUPPORT)
                        .post("/console/routing/trials", Map.of("candidate", policy))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anOrderIsCancelledBySupport() {
        OrderId id = order();
        String page = "/console/orders/" + id;

        assertThat(Visitor.signedIn(api, Role.FINANCE).page(page)).doesNotContain("Cancel the order");
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        assertThat(support.page(page)).contains("Cancel the order");
        assertThat(Visitor.signedIn(api, Role.FINANCE)
                        .get(page + "/cancellation")
                        .statusCode())
                .isEqualTo(403);
        String preview = support.page(page + "/cancellation");
        assertThat(preview).contains("What would come of it", "<li>");
        String plan = shownPlan(preview);

        assertThat(support.post(page + "/cancellation", Map.of("plan", plan, "reason", " "))
                        .statusCode())
                .isEqualTo(422);
        HttpResponse<String> blind = support.post(page + "/cancellation", Map.of("reason", "changed her mind"));
        assertThat(blind.statusCode()).isEqualTo(422);
        assertThat(blind.body()).contains("value=\"changed her mind\"", plan);
        assertThat(support.post(page + "/cancellation", Map.of("plan", plan, "reason", "changed her mind"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(support.page(page))
                .contains("Cancellation asked for", "changed her mind")
                .doesNotContain("Cancel the order");
        assertThat(api.database().orders().view(id).orElseThrow().cancelRequestedAt())
                .isPresent();
    }

    static String shownPlan(String page) {
        return page.replaceAll("(?s).*name=\"plan\" value=\"([0-9a-f]{64})\".*", "$1");
    }

    @Test
    void aCancellationThatWasDeclinedIsShownUntilItIsAskedForAgain() {
        OrderId id = order();
        String page = "/console/orders/" + id;
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        assertThat(support.page(page)).doesNotContain("Cancellation declined");
        api.database().orders().requestCancel(id, "ada", "changed her mind");
        api.database().orders().declineCancel(id, "WH-EAST goes on with it");

        assertThat(support.page(page))
                .contains("<span class=\"badge quiet\">Cancellation declined</span>", "Cancel the order")
                .doesNotContain("<span class=\"badge waiting\">Cancellation asked for</span>");

        api.database().orders().requestCancel(id, "ada", "is sure");

        assertThat(support.page(page))
                .contains("<span class=\"badge waiting\">Cancellation asked for</span>")
                .doesNotContain("<span class=\"badge quiet\">Cancellation declined</span>");
    }

    @Test
    void theLineShowsWhatWasDoneAndWhereItStalls() {
        OrderId id = order();
        EffectLedger effects = api.database().effects();
        done(effects.intend(ERP, id.value(), "announce", "once"));
        EffectKey refused = effects.intend(ERP, id.value(), "invoice", "once");
        long token = ((EffectLedger.Claim.Held)
                        effects.claim(refused, OutsideSystem.TRYTON, "{\"total\":\"101.50\"}", Duration.ofMinutes(1)))
                .token();
        effects.refuse(refused, token, FailureCode.ERP_REJECTED, "no such product");
        Case open = api.database()
                .cases()
                .open(ERP, id.value(), "erp.invoice", FailureCode.ERP_REJECTED, "no such product");

        String page = Visitor.signedIn(api, Role.VIEWER).page("/console/orders/" + id);

        assertThat(page).contains("role=\"img\"", ">ERP</text>", ">Announce</text>", "class=\"stall\"");
        assertThat(page).contains("ERP: Announce</li>", "ERP: ERP rejected (stalled)</li>");
        assertThat(page).contains("<pre>{\"total\":\"101.50\"}</pre>", "Chain intact");
        String caseFile = Visitor.signedIn(api, Role.FINANCE).page("/console/cases/" + open.id());
        assertThat(caseFile).contains("no such product", "101.50", "<h3>Symptom</h3>", "In the Temporal UI");
    }

    /** A case bears the account of its order's channel; what refused is another system. */
    @Test
    void aCaseTellsWhichSystemWasAskedForWhatAndHowItAnswered() {
        OrderId id = order();
        EffectLedger effects = api.database().effects();
        EffectKey refused = effects.intend(ERP, id.value(), "announce", "once");
        long token = ((EffectLedger.Claim.Held) effects.claim(
                        refused, OutsideSystem.TRYTON, "{\"date\":\"2026-11-27\"}", Duration.ofMinutes(1)))
                .token();
        effects.refuse(refused, token, FailureCode.ERP_PERIOD_CLOSED, "the period is closed");
        Case open = api.database()
                .cases()
                .open(SHOP, id.value(), "erp.announce", FailureCode.ERP_PERIOD_CLOSED, "the period is closed");

        String page = Visitor.signedIn(api, Role.FINANCE).page("/console/cases/" + open.id());

        assertThat(page)
                .contains("Asked and answered", "Tryton, <span class=\"id\">" + ERP + "</span>: announce")
                .contains("<pre>{\"date\":\"2026-11-27\"}</pre>")
                .doesNotContain("What else is not done");
    }

    private void done(EffectKey key) {
        EffectLedger effects = api.database().effects();
        long token = ((EffectLedger.Claim.Held) effects.claim(key, OutsideSystem.TRYTON, "{}", Duration.ofMinutes(1)))
                .token();
        effects.succeed(key, token, Receipt.of("SALE-" + key.subject()));
    }

    @Test
    void anyIdLeadsToItsPage() {
        OrderId id = order();
        done(api.database().effects().intend(ERP, id.value(), "announce", "once"));
        Case open = api.database().cases().open(SHOP, id.value(), "hold", FailureCode.ORDER_ON_HOLD, "odd");
        Visitor visitor = Visitor.signedIn(api, Role.VIEWER);

        assertThat(found(visitor, id.value())).isEqualTo("/console/orders/" + id);
        assertThat(found(visitor, "SALE-" + id)).isEqualTo("/console/orders/" + id);
        assertThat(found(visitor, open.id().value())).isEqualTo("/console/cases/" + open.id());
        assertThat(found(visitor, "NW-TEE-BLK-M")).isEqualTo("/console/stock?sku=NW-TEE-BLK-M");
        assertThat(visitor.page("/console/search?q=%20")).contains("Write any id");
        assertThat(visitor.page("/console/search?q=" + "x".repeat(300))).contains("Nothing has the id");
    }

    private static String found(Visitor visitor, String id) {
        HttpResponse<String> answer = visitor.get("/console/search?q=" + Visitor.encoded(id));
        assertThat(answer.statusCode()).as(id + answer.body()).isEqualTo(303);
        return answer.headers()
                .firstValue("Location")
                .orElseThrow()
                .replace(visitor.server().toString(), "");
    }

    @Test
    void aPageThatShowsTheSameIsToldNothing() {
        Case open = api.database()
                .cases()
                .open(SHOP, "S-" + UUID.randomUUID(), "hold", FailureCode.CREDENTIAL_REFUSED, "odd");
        Visitor visitor = Visitor.signedIn(api, Role.VIEWER);
        String path = "/console/cases/" + open.id();
        String seen = seen(visitor, path);
        // A page tells times to the minute: where one has just passed, it has passed for good.
        if (status(visitor, path, seen) != 204) {
            seen = seen(visitor, path);
        }

        assertThat(status(visitor, path, seen)).isEqualTo(204);
        api.database().cases().close(open.id(), "gone");
        assertThat(status(visitor, path, seen)).isEqualTo(200);
    }

    private static String seen(Visitor visitor, String path) {
        return visitor.page(path).replaceAll("(?s).*X-Seen&#34;:&#34;([0-9a-f]{64}).*", "$1");
    }

    private static int status(Visitor visitor, String path, String seen) {
        return visitor.send(visitor.to(path).header("X-Seen", seen)).statusCode();
    }

    @Test
    void aPartOfAPageThatFindsNoSessionMakesTheWholePageSignIn() {
        HttpResponse<String> answer = Visitor.stranger(api)
                .send(Visitor.stranger(api).to("/console/cases").header("HX-Request", "true"));

        assertThat(answer.headers().firstValue("HX-Redirect").orElse("")).startsWith("/console/sign-in?next=");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/orders/O-0000000000",
                "/console/orders/nothing",
                "/console/cases/C-999999999",
                "/console/runbooks/no-such-page",
                "/console/nowhere",
                "/console/assets/console.java"
            })
    void whatIsNotThereIsAPageThatSaysWhatToDo(String path) {
        HttpResponse<String> answer = Visitor.signedIn(api, Role.VIEWER).get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.body()).contains("search for any id", "href=\"/console\"");
    }

    @Test
    void filesOfPagesAreKeptByBrowsers() {
        String page = Visitor.signedIn(api, Role.VIEWER).page("/console");

        for (String name : List.of("console.css", "console.js", "htmx.js", "icon.svg")) {
            String address = page.replaceAll("(?s).*\"(/console/assets/" + name + "\\?v=[0-9a-f]{12})\".*", "$1");
            HttpResponse<String> file = Visitor.stranger(api).get(address);
            assertThat(file.statusCode()).as(address).isEqualTo(200);
            assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        }
    }
}
