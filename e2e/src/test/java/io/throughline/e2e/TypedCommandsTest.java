package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.Ports.Use;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What a runbook tells to type that ends, resets or settles one thing, typed as its page has it where that thing has come about, and looked at as
 * the page's Verify says. What may be typed at any time {@link IncidentTest} types.
 */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TypedCommandsTest {
    private static final String WHY = "it is tried";
    private static final String DESCRIBE = "temporal workflow describe";
    private static final String TERMINATE = "temporal workflow terminate";
    private static final String BY_HAND = "order/northwind/7990000000999";
    private static final Pattern UNATTENDED = Pattern.compile("admin settle (\\S+) (\\S+) (\\S+) (\\d+) happened");
    private static final Pattern COMPLETE = Pattern.compile(
            "(?m)^throughline_feed_complete_timestamp_seconds\\{(?=[^}]*account=\"northwind\")(?=[^}]*feed=\"orders\")[^}]*} (\\S+)$");

    private static final Set<String> TYPED = new TreeSet<>();

    private static House house;
    private static Stage stage;
    private static Histories histories;
    private static Resets resets;
    private static TemporalClient temporal;
    private static RunbookCommands frontDoor;
    private static Placed held;

    @BeforeAll
    static void open() {
        house = House.open("typed");
        stage = house.stage();
        histories = new Histories(house.stack().temporal());
        resets = new Resets(histories);
        temporal = new TemporalClient(house.stack());
        frontDoor = new RunbookCommands(house.stack());
        // It waits for a person, and so until the test wants it to go on.
        held = new ShopOrders(stage, 7_990_000_000_000L)
                .place(
                        Kind.WAREHOUSE,
                        body -> body.line(4, "NW-SOCK-2PK", 1, "33.00")
                                .shipping("4.90")
                                .tags("hold"));
    }

    @AfterAll
    static void close() {
        if (house != null) {
            histories.close();
            house.close();
        }
    }

    /** PROCESS_UNEXPECTED: begun by hand, with the name of a queue that is nobody's, so nothing of it ever happens. */
    @Test
    @Order(1)
    void aProcessThatNoOrderWantsIsTerminatedAndItsCaseClosesByItself() {
        said("temporal workflow start --type OrderToCash --task-queue nobodys --workflow-id " + BY_HAND);
        awaitCase("PROCESS_UNEXPECTED", BY_HAND, "OPEN");
        assertThat(typed("process-unexpected.md", DESCRIBE, Map.of("<id>", BY_HAND)))
                .contains("nobodys");

        typed("process-unexpected.md", TERMINATE, Map.of("<id>", BY_HAND, "<why>", WHY));

        assertThat(histories.status(histories.latest(BY_HAND)))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
        awaitCase("PROCESS_UNEXPECTED", BY_HAND, "CLOSED");
    }

    /** PROCESS_MISSING: whoever looks finds another run; it is begun so soon that mostly no case is shown. */
    @Test
    @Order(2)
    void whoDescribesAProcessThatWasMissedSeesTheOneThatWasBegunAnew() throws InterruptedException {
        String question = stage.openCase(held.id(), "ORDER_ON_HOLD");
        WorkflowExecution ended = histories.latest(held.process());
        typed("process-unexpected.md", TERMINATE, Map.of("<id>", held.process(), "<why>", WHY));
        Resets.await(
                "a process that is begun anew",
                () -> !histories.latest(held.process()).equals(ended));

        assertThat(typed("process-missing.md", DESCRIBE, Map.of("<id>", held.process())))
                .contains(histories.latest(held.process()).getRunId())
                .doesNotContain(ended.getRunId());
        assertThat(histories.status(ended)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
        assertThat(stage.openCase(held.id(), "ORDER_ON_HOLD")).isEqualTo(question);
    }

    /** FeedBehind: the shop gives no answer, so a comparison hangs; the next one is complete up to later. */
    @Test
    @Order(3)
    void aComparisonThatHangsIsTerminatedAndTheNextOneGoesOn() throws Exception {
        stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("id", "hangs")
                                .put("system", "shopify")
                                .put("operation", "orders")
                                .put("kind", "status")
                                .put("status", 503)
                                .put("times", 1_000_000));
        double before;
        try {
            WorkflowExecution hanging = hanging();
            before = completeUpTo();

            typed("feed-behind.md", TERMINATE, Map.of("<id>", hanging.getWorkflowId(), "<why>", WHY));

            assertThat(histories.status(hanging))
                    .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
        } finally {
            stage.sandbox().delete("/faults/hangs");
        }
        double reached = before;
        Resets.await("the feed to be complete up to later", () -> completeUpTo() > reached);
    }

    private static WorkflowExecution hanging() {
        String running = "WorkflowType = 'Reconciliation' and ExecutionStatus = 'Running'";
        Resets.await("a comparison that hangs", () -> hangingOf(running).size() == 1);
        return hangingOf(running).getFirst();
    }

    private static List<WorkflowExecution> hangingOf(String running) {
        return histories.runs(running).stream()
                .map(WorkflowExecutionInfo::getExecution)
                .filter(run -> run.getWorkflowId().startsWith("reconcile/northwind-2"))
                .filter(run -> histories.description(run).getPendingActivitiesList().stream()
                        .anyMatch(step -> step.getAttempt() > 1))
                .toList();
    }

    private static double completeUpTo() {
        String address = "http://127.0.0.1:" + house.stack().port(Use.WORKER_ADMIN) + "/metrics";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            String scraped = client.send(request, BodyHandlers.ofString()).body();
            return COMPLETE.matcher(scraped)
                    .results()
                    .mapToDouble(sample -> Double.parseDouble(sample.group(1)))
                    .max()
                    .orElseThrow(() -> new AssertionError("nobody says how far the orders of northwind are compared"));
        } catch (IOException away) {
            throw new AssertionError(address, away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** The case that the order waits for is the same one afterwards, and what is decided about it then is heard. */
    @Test
    @Order(4)
    void aProcessThatWaitsIsResetAndStillWaitsForTheSame() throws InterruptedException {
        String question = stage.openCase(held.id(), "ORDER_ON_HOLD");
        WorkflowExecution before = histories.latest(held.process());

        reset(before);

        assertThat(histories.status(before)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
        resets.awaitRest(held.process(), histories.latest(held.process()));
        assertThat(histories.waitingFor(held.process())).contains(question);
        assertThat(stage.cases(held.id().value()))
                .filteredOn(one -> one.path("code").asText().equals("ORDER_ON_HOLD"))
                .singleElement()
                .satisfies(one -> assertThat(one.path("status").asText()).isEqualTo("OPEN"));

        stage.decide(question, "RELEASE_HOLD", WHY);
        assertThat(stage.end(held.id()).status()).isEqualTo("COMPLETED");
    }

    @Test
    @Order(5)
    void aProcessThatHasEndedIsResetAndHasNoSecondEffect() {
        WorkflowExecution before = histories.latest(held.process());
        resets.awaitCompletion(held.process(), before);
        List<String> effects = effects();

        reset(before);

        resets.awaitCompletion(held.process(), histories.latest(held.process()));
        assertThat(effects()).isEqualTo(effects).isNotEmpty();
    }

    /** To the first of its tasks, and woken, as the page says. */
    private static void reset(WorkflowExecution run) {
        typed(
                "reset-a-process.md",
                "temporal workflow reset",
                Map.of(
                        "<id>", run.getWorkflowId(),
                        "<workflow task>", resets.boundaries(run).getFirst().toString(),
                        "<why>", WHY));
        assertThat(histories.latest(run.getWorkflowId())).isNotEqualTo(run);
        String wake = RunbookCommands.filledIn(
                RunbookCommands.on("reset-a-process.md", "temporal workflow signal"),
                Map.of("<id>", run.getWorkflowId()));
        Shell.Said woken = temporal.paste(wake);
        assertThat(woken.well() || woken.words().contains("already completed"))
                .as(wake + "\n" + woken.words())
                .isTrue();
    }

    private static List<String> effects() {
        return Facts.texts(house.stack(), """
                select concat_ws(' ', account, subject, operation, intent, state, attempts, receipt ->> 'reference')
                from effect where line = ? order by 1
                """, held.id().value());
    }

    /** OUTCOME_UNKNOWN: of an order that has ended nobody looks for what became of its effects. */
    @Test
    @Order(6)
    void whatNobodyLooksForIsSettledByWhatSomebodyHasFound() {
        String account = Facts.texts(house.stack(), """
                select account from effect where line = ? and state = 'SUCCEEDED' group by account
                order by count(*) desc limit 1
                """, held.id().value()).getFirst();
        String told =
                Facts.texts(house.stack(), """
                select operation from effect where line = ? and account = ? and state = 'SUCCEEDED'
                group by operation having count(*) = 1 order by operation limit 1
                """, held.id().value(), account).getFirst();
        int forgotten = Facts.change(house.stack(), """
                update effect set state = 'UNKNOWN', receipt = null, code = 'OUTCOME_UNKNOWN', detail = 'no answer'
                where line = '%s' and account = '%s' and state = 'SUCCEEDED'
                """.formatted(held.id().value(), account));
        assertThat(forgotten).isGreaterThan(1);

        List<MatchResult> left = UNATTENDED
                .matcher(frontDoorSaid(RunbookCommands.filledIn(
                        RunbookCommands.on("outcome-unknown.md", "./throughline admin redrive"),
                        Map.of("<account>", account))))
                .results()
                .toList();
        assertThat(left).hasSize(forgotten);
        left.forEach(effect -> settle(effect, effect.group(3).equals(told)));

        assertThat(Facts.texts(house.stack(), """
                select concat_ws(' ', operation, state, receipt ->> 'reference') from effect
                where line = ? and account = ? and operation = ?
                """, held.id().value(), account, told))
                .containsExactly(told + " SUCCEEDED FOUND-1");
        assertThat(Facts.texts(house.stack(), """
                select distinct state from effect where line = ? and account = ? and operation <> ?
                """, held.id().value(), account, told))
                .containsExactly("GIVEN_UP");
        assertThat(stage.api()
                        .get("/v1/orders/" + held.id() + "/trace")
                        .toString()
                        .split("has found " + told, -1))
                .as("told in the trace, once")
                .hasSize(2);
    }

    private static void settle(MatchResult effect, boolean happened) {
        String page = RunbookCommands.on("outcome-unknown.md", "./throughline admin settle");
        TYPED.add(page);
        // As the page says, in the place of the last three words.
        String command = happened ? page : page.replaceFirst("happened --reference \\S+$", "not-there");
        String words = frontDoorSaid(RunbookCommands.filledIn(
                command,
                Map.of(
                        "<account>", effect.group(1),
                        "<subject>", effect.group(2),
                        "<operation>", effect.group(3),
                        "<number>", effect.group(4),
                        "<its-number-there>", "FOUND-1")));
        assertThat(words).contains(happened ? "SUCCEEDED" : "GIVEN_UP");
    }

    @Test
    @Order(7)
    void everyPagesCommandOfOneThingWasTyped() {
        assertThat(RunbookCommands.ofOneThing()).isNotEmpty().allMatch(TYPED::contains);
    }

    private static String typed(String page, String beginning, Map<String, String> names) {
        String command = RunbookCommands.on(page, beginning);
        TYPED.add(command);
        return said(RunbookCommands.filledIn(command, names));
    }

    private static String said(String command) {
        return well(command, temporal.paste(command));
    }

    private static String frontDoorSaid(String command) {
        return well(command, frontDoor.run(command));
    }

    private static String well(String command, Shell.Said said) {
        assertThat(said.well()).as(command + "\n" + said.words()).isTrue();
        return said.words();
    }

    private static void awaitCase(String code, String subject, String status) {
        Resets.await(
                code + " of " + subject + " to be " + status,
                () -> cases(code, subject).stream()
                        .anyMatch(one -> one.path("status").asText().equals(status)),
                () -> cases(code, subject));
    }

    private static List<JsonNode> cases(String code, String subject) {
        return stage.cases(subject).stream()
                .filter(one -> one.path("code").asText().equals(code))
                .toList();
    }
}
