package io.throughline.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.options.AriaRole;
import io.throughline.domain.order.OrderId;
import io.throughline.local.StackPart;
import io.throughline.local.demo.Incident;
import io.throughline.local.demo.IncidentChapter;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import io.throughline.local.demo.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Three people get over a bad hour each: one has only the console, one only Temporal's own client, and one only the API, while all
 * processes die in the midst of it. {@code -Dthroughline.incident=200} and {@code -Dthroughline.bulk=400} make the hours worse. Where two people
 * must decide, whoever comes through Temporal is neither of them.
 */
@Timeout(1500)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class IncidentTest {
    /** Those of the silent store, and one of each other product. */
    private static final int ORDERS = Integer.getInteger("throughline.incident", 8);

    private static final int BULK = Integer.getInteger("throughline.bulk", 24);
    private static final int AT_SILENT_STORE = 2;

    /** Five cases a second are decided together, and each order then has its way to the books. */
    private static final double PATIENCE_MILLIS = 120_000 + 400.0 * ORDERS;

    /** A call of Temporal's client is a process of its own, and each order takes two. */
    private static final Duration BY_HAND = Duration.ofMinutes(3).plusSeconds(2L * ORDERS);

    /** By when a store must have answered; here it is asked for less, so that nobody waits for a silent one for long. */
    private static final String USUAL = "acknowledgeWithin: { STORE: PT20S";

    private static final Pattern VIEW = Pattern.compile("\\[`([^`]+)`\\]");

    /** The store's case allows to try again, too, but nobody answers there. */
    private static final Pattern PASTED = Pattern.compile("(C-[0-9]+ (?:RETRY|REROUTE))");

    private static House house;
    private static Stage stage;

    @BeforeAll
    static void open() throws IOException {
        Path directory = House.newDirectory("incident");
        Map<String, String> variables = new HashMap<>(PlentifulStock.below(directory));
        Path policy = directory.resolve("config/policies/quick-2.yml");
        String rules = Files.readString(policy);
        assertThat(rules).contains(USUAL);
        Files.writeString(policy, rules.replace(USUAL, "acknowledgeWithin: { STORE: PT8S"));
        // Where work leaves a silent store by itself, nobody has to decide about it.
        variables.put("THROUGHLINE_POLICY", "quick-2");
        house = House.open(directory, variables);
        stage = house.stage();
    }

    @AfterAll
    static void close() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    @Order(1)
    void whoHasOnlyTheConsoleResolvesEverything() throws Exception {
        Incident incident = befallen(7_960_000_000_000L);
        Path pictures = Files.createDirectories(House.project().resolve("e2e/target/console"));
        try (ConsoleBrowser browser = ConsoleBrowser.open(house.stack().api(), pictures)) {
            resolve(browser, incident);
        }
        assertOver(incident);
    }

    private static void resolve(ConsoleBrowser browser, Incident incident) throws IOException {
        Page page = browser.page();
        page.setDefaultNavigationTimeout(PATIENCE_MILLIS);
        try {
            browser.go("/console");
            page.getByLabel("API key")
                    .fill(Files.readString(house.stack().localApiKeyFile()).strip());
            page.keyboard().press("Enter");
            page.waitForURL("**/console");
            browser.look("incident-overview");
            browser.go("/console/cases");
            browser.look("incident-queue");
            String refused =
                    incident.open(Trouble.CLOSED_PERIOD).getLast().path("id").asText();
            page.getByRole(AriaRole.LINK, named(refused)).first().click();
            page.waitForURL("**/console/cases/C-*");
            browser.look("incident-case");

            incident.erpRecovers();
            for (Trouble trouble : Trouble.values()) {
                decideAll(browser, incident, trouble);
            }
            browser.look("incident-bulk");
            browser.go("/console/cases");
            assertThat(page.locator("#live")).not().containsText("C-", later());
            assertThat(browser.complaints()).isEmpty();
        } catch (RuntimeException | AssertionError failed) {
            browser.keep("incident-failed");
            throw failed;
        }
    }

    private static Incident befallen(long number) throws InterruptedException {
        Incident incident = Incident.befalls(stage, ORDERS, AT_SILENT_STORE, number);
        incident.shopifyRecovers(true);
        incident.awaitQueue();
        return incident;
    }

    private static void decideAll(ConsoleBrowser browser, Incident incident, Trouble trouble) {
        Page page = browser.page();
        String cause = incident.open(trouble).getFirst().path("fingerprint").asText();
        browser.go("/console");
        // Followed and not clicked, for what is live may be replaced at that very moment.
        browser.go(
                page.locator("a[href='/console/causes/" + cause + "']").first().getAttribute("href"));
        page.locator("input[type=radio][value=" + trouble.action() + "]").check();
        click(page, "See what it would be about");
        if (trouble == Trouble.CLOSED_PERIOD) {
            assertThat(page.getByText("Retry for " + ORDERS + " cases?")).isVisible();
            browser.look("incident-preview");
        }
        click(page, words(trouble) + ":");
        assertThat(page.locator("#live .head .badge").first())
                .hasText("Done", new HasTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static String words(Trouble trouble) {
        return switch (trouble) {
            case CLOSED_PERIOD -> "Retry";
            case SILENT_STORE -> "Reroute";
            case POISON_WEBHOOK -> "Accept difference";
        };
    }

    private static ContainsTextOptions later() {
        return new ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static void click(Page page, String button) {
        page.getByRole(AriaRole.BUTTON, named(button)).click();
    }

    private static void assertOver(Incident incident) throws InterruptedException {
        incident.awaitEnd();
        assertThat(incident.wrong()).isEmpty();
        incident.shopifyRecovers(false);
    }

    /** He finds by a saved view what waits, and pastes what its details show: in an update, or in a signal. */
    @Test
    @Order(2)
    void whoHasOnlyTemporalResolvesEverything() throws InterruptedException, IOException {
        TemporalClient client = new TemporalClient(house.stack());
        Incident incident = befallen(7_961_000_000_000L);
        String views = Files.readString(House.project().resolve("docs/temporal-views.md"));
        // The server takes each of them.
        VIEW.matcher(views).results().forEach(view -> client.list(view.group(1)));
        incident.erpRecovers();

        Awaitility.await().atMost(BY_HAND).pollInterval(Duration.ofSeconds(1)).until(() -> {
            List<String> waiting = client.list("CaseOpen = true");
            waiting.forEach(process -> decide(client, process));
            return waiting.isEmpty();
        });
        assertThat(decisionsWithoutAProcess(client)).isNotEmpty().allSatisfy(decision -> {
            Shell.Said said = client.paste(decision);
            assertThat(said.well()).as(said.words()).isTrue();
            assertThat(said.words()).contains("ACCEPT_DIFFERENCE is decided");
        });

        assertOver(incident);
        assertThat(incident.cases(Trouble.SILENT_STORE))
                .allSatisfy(one -> assertThat(one.at("/decision/actorVerified").asBoolean(true))
                        .isFalse());
    }

    /** What no process waits for is in none of Temporal's lists: the queue is a process that one starts to look. */
    private static List<String> decisionsWithoutAProcess(TemporalClient client) {
        Shell.Said queue = client.paste("temporal workflow execute --type CaseQueue --task-queue orders"
                + " --workflow-id cases --input '\"INBOX_UNREADABLE\"'");
        assertThat(queue.well()).as(queue.words()).isTrue();
        return Pattern.compile("(C-[0-9]+) " + Trouble.POISON_WEBHOOK.action())
                .matcher(queue.words())
                .results()
                .map(words -> "temporal workflow execute --type CaseDecision --task-queue orders --workflow-id 'case/"
                        + words.group(1) + "' --input '\"" + words.group() + "\"'")
                .distinct()
                .toList();
    }

    private static void decide(TemporalClient client, String process) {
        String target = " --workflow-id '" + process + "'";
        List<String> shown = client.shown(process, PASTED);
        for (String text : shown) {
            String input = " --input '\"" + text + "\"'";
            if (text.endsWith("REROUTE")) {
                Shell.Said said = client.paste("temporal workflow signal" + target + " --name propose" + input);
                assertThat(said.well()).as(said.words()).isTrue();
            } else if (!shown.contains(text.replace("RETRY", "REROUTE"))) {
                // What has come through meanwhile takes the others of its cause along: then it is too late, and said.
                client.paste("temporal workflow update execute" + target + " --name decide" + input);
            }
        }
    }

    /** As the case shows it. */
    private static String payload(String caseId, String action) {
        return Json.list(shown(caseId).at("/more/payloads")).stream()
                .filter(one -> one.path("action").asText().equals(action))
                .map(one -> one.path("temporal").asText())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode shown(String caseId) {
        return stage.api().get("/v1/cases/" + caseId);
    }

    /** So much is at stake that two known people must want it, by whatever way: whoever sends a signal or an update is known to nobody. */
    @Test
    @Order(3)
    void aboveTheLimitTemporalOnlyProposesAndTwoKnownPeopleDecide() throws InterruptedException {
        TemporalClient client = new TemporalClient(house.stack());
        long number = 7_963_000_000_000L;
        OrderId order = stage.place(
                "northwind-demo.myshopify.com",
                OrderBody.usd(number)
                        .line(3, "NW-JKT-GRN-L", 11, "132.00")
                        .shipping("4.90")
                        .tags("hold")
                        .toJson());
        String held = stage.openCase(order, "ORDER_ON_HOLD");

        Shell.Said signalled = client.paste("temporal workflow signal --workflow-id 'order/northwind/" + number
                + "' --name propose --input '\"" + held + " RELEASE_HOLD\"'");
        assertThat(signalled.well()).as(signalled.words()).isTrue();
        JsonNode proposed = stage.await(
                "a proposal for " + held,
                () -> Optional.of(shown(held)),
                one -> one.path("proposal").hasNonNull("action"));
        assertThat(proposed.at("/proposal/action").asText()).isEqualTo("RELEASE_HOLD");
        assertThat(proposed.at("/proposal/actorVerified").asBoolean(true)).isFalse();
        Shell.Said updated = client.paste(payload(held, "RELEASE_HOLD"));
        assertThat(updated.words()).contains("RELEASE_HOLD is proposed");
        assertThat(shown(held).path("status").asText()).isEqualTo("OPEN");

        stage.decide(held, "RELEASE_HOLD", "the buyer was called");
        assertThat(shown(held).path("status").asText()).isEqualTo("OPEN");
        assertThat(shown(held).at("/proposal/actorVerified").asBoolean()).isTrue();
        client.paste(payload(held, "RELEASE_HOLD"));
        assertThat(shown(held).path("status").asText()).isEqualTo("OPEN");
        decideAsAnother(held, "RELEASE_HOLD");
        assertThat(shown(held).path("status").asText()).isNotEqualTo("OPEN");

        assertThat(stage.end(order).status()).isEqualTo("COMPLETED");
    }

    /** Who has proposed it can't be the second person by a key of their own making. */
    private static void decideAsAnother(String caseId, String action) {
        ObjectNode wish = Json.object().put("owner", "controller");
        wish.putArray("roles").add("SUPPORT");
        JsonNode made = stage.api().post("/v1/keys", wish);
        Json controller = new Json(
                house.stack().api(),
                Map.of("Authorization", "Bearer " + made.path("key").asText()));
        ObjectNode decision = Json.object().put("action", action);
        controller.post("/v1/cases/" + caseId + "/decisions", decision);
        assertThat(shown(caseId).path("status").asText()).isEqualTo("OPEN");

        // As if another administrator had made it.
        Facts.change(
                house.stack(),
                "update api_key set made_by = null where id = '"
                        + made.path("id").asText() + "'");
        controller.post("/v1/cases/" + caseId + "/decisions", decision);
    }

    /** Half of the bulk is decided when everything dies; what is left is decided afterwards, each once, at the same rate. */
    @Test
    @Order(4)
    void whoHasOnlyTheApiResolvesEverythingAlsoOverARestart() throws InterruptedException {
        IncidentChapter chapter = new IncidentChapter(stage, System.out, BULK, IncidentTest::everythingDies);

        assertThat(chapter.play()).isTrue();
        assertThat(CaseJudge.of(house.stack(), List.of()).judge()).isEmpty();
    }

    /** Whoever is woken at night pastes what the page says. */
    @Test
    @Order(5)
    void theCommandsThatRunbooksNameDoWhatTheySay() {
        RunbookCommands commands = new RunbookCommands(house.stack());
        assertThat(RunbookCommands.ofFrontDoor()).hasSizeGreaterThan(6).allSatisfy(command -> {
            Shell.Said said = commands.run(command);
            assertThat(said.well()).as(command + "\n" + said.words()).isTrue();
            assertThat(said.words()).as(command).isNotBlank();
        });
        assertThat(commands.run("./throughline admin pause nobodys --reason 'it is tried'")
                        .well())
                .as("what it can't do it says")
                .isFalse();

        TemporalClient client = new TemporalClient(house.stack());
        String order = client.list("WorkflowType = \"OrderToCash\" and ExecutionStatus = \"Completed\"")
                .getFirst();
        assertThat(RunbookCommands.ofTemporal(order)).hasSizeGreaterThan(2).allSatisfy(command -> {
            Shell.Said said = client.paste(command);
            // What has ended need not be woken, and says so.
            assertThat(said.well() || said.words().contains("already completed"))
                    .as(command + "\n" + said.words())
                    .isTrue();
        });
    }

    /** What the dead worker was telling the ERP is held for minutes, as long as such a call may last, and has no case in that time. */
    private static void everythingDies() {
        List<StackPart> servers = List.of(StackPart.POSTGRES, StackPart.TEMPORAL);
        List<StackPart> ours = List.of(StackPart.WORKER, StackPart.API_SERVER);
        ours.forEach(house.stack()::kill);
        servers.reversed().forEach(house.stack()::kill);
        servers.forEach(house.stack()::start);
        assertThat(decided("PENDING")).as("cases that nobody has decided yet").isPositive();
        assertThat(decided("DECIDED")).as("cases that were decided before").isPositive();
        Leases.ofTheDeadEnd(house.stack());
        ours.forEach(house.stack()::start);
    }

    private static long decided(String state) {
        return Facts.number(house.stack(), """
            select count(*) from bulk_decision_case one join bulk_decision bulk on bulk.number = one.bulk
            where bulk.state = 'RUNNING' and one.state = ?
            """, state);
    }
}
