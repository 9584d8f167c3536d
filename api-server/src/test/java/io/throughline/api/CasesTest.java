package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.OrderRules;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CasesTest {
    private static final AccountId ACCOUNT = AccountId.of("northwind");

    private final TestingApi api = TestingApi.get();
    private final String subject = "S-" + UUID.randomUUID();

    @Test
    void showsWhatMayBeDecidedByWhomAndUntilWhen() {
        Case open = open(FailureCode.ERP_REJECTED);

        Answer answer = api.get("/v1/cases/" + open.id(), Role.VIEWER);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/owner")).isEqualTo("FINANCE");
        assertThat(answer.json().at("/legalActions").toString())
                .isEqualTo("[\"RETRY\",\"AMEND_AND_RETRY\",\"CANCEL\"]");
        assertThat(answer.json().at("/amendable").toString()).isEqualTo("[\"standIns\"]");
        assertThat(answer.text("/runbook")).isEqualTo("runbooks/erp-rejected.md");
        assertThat(answer.json().at("/atRisk").asBoolean()).isFalse();
        assertThat(answer.text("/serviceLevel")).isEqualTo("ON_TIME");
        assertThat(answer.text("/dueAt")).isEqualTo(open.dueAt().toString());
    }

    @Test
    void isFoundByItsFilters() {
        Case open = open(FailureCode.UNKNOWN_SKU);

        assertThat(api.get("/v1/cases?status=OPEN&code=UNKNOWN_SKU&account=northwind&limit=500", Role.SUPPORT)
                        .body())
                .contains("\"" + open.id() + "\"");
        assertThat(api.get("/v1/cases?code=STOCK_MISSING&limit=500", Role.SUPPORT)
                        .body())
                .doesNotContain("\"" + open.id() + "\"");
        assertThat(api.get("/v1/cases?account=northwind-jp&limit=500", Role.SUPPORT)
                        .body())
                .doesNotContain("\"" + open.id() + "\"");
    }

    @Test
    void aDecisionIsStoredThenWakesItsProcess() {
        Case open = open(FailureCode.STOCK_MISSING);

        Answer answer = decide(open, Role.SUPPORT, "{\"action\":\"CANCEL\",\"note\":\"customer called\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("DECIDED");
        assertThat(answer.text("/decision/action")).isEqualTo("CANCEL");
        assertThat(answer.text("/decision/actor")).startsWith("SUPPORT (key ");
        assertThat(answer.json().at("/decision/actorVerified").asBoolean()).isTrue();
        assertThat(answer.json().at("/legalActions")).isEmpty();
        assertThat(wakeUps(open)).isEqualTo("1");
    }

    @Test
    void aNoteIsForThoseWhoDecideCases() {
        Case open = open(FailureCode.STOCK_MISSING);
        decide(open, Role.SUPPORT, "{\"action\":\"CANCEL\",\"note\":\"Mrs Canary rang\"}");

        assertThat(api.get("/v1/cases/" + open.id(), Role.FINANCE).text("/decision/note"))
                .isEqualTo("Mrs Canary rang");
        assertThat(api.get("/v1/cases/" + open.id(), Role.VIEWER).body()).doesNotContain("Canary");
        assertThat(api.get("/v1/cases?limit=500", Role.VIEWER).body()).doesNotContain("Canary");
    }

    @Test
    void theSameDecisionAgainIsTheSame() {
        Case open = open(FailureCode.STOCK_MISSING);
        Answer first = decide(open, Role.SUPPORT, "{\"action\":\"RETRY\"}");
        Map<String, String> before = api.rows();

        Answer again = decide(open, Role.SUPPORT, "{\"action\":\"RETRY\"}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("/decision/at")).isEqualTo(first.text("/decision/at"));
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void anotherDecisionComesTooLate() {
        Case open = open(FailureCode.STOCK_MISSING);
        decide(open, Role.SUPPORT, "{\"action\":\"RETRY\"}");
        Map<String, String> before = api.rows();

        Answer late = decide(open, Role.SUPPORT, "{\"action\":\"CANCEL\"}");

        assertThat(late.status()).isEqualTo(409);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void onlyLegalActionsAreTaken() {
        Case open = open(FailureCode.UNKNOWN_SKU);
        Map<String, String> before = api.rows();

        Answer answer = decide(open, Role.SUPPORT, "{\"action\":\"RELEASE_HOLD\"}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/action");
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void financeDecidesWhatIsFinances() {
        Case open = open(FailureCode.ERP_PERIOD_CLOSED);
        String amended = amendment("\"postingDate\":\"2026-12-01\"");

        assertThat(decide(open, Role.SUPPORT, amended).status()).isEqualTo(403);
        assertThat(decide(open, Role.ADMIN, amended).status()).isEqualTo(403);
        Answer decided = decide(open, Role.FINANCE, amended);
        assertThat(decided.status()).isEqualTo(200);
        assertThat(decided.text("/decision/amendment/postingDate")).isEqualTo("2026-12-01");
        assertThat(decided.text("/decision/changes/0/field")).isEqualTo("postingDate");
        assertThat(decided.text("/decision/changes/0/becomes")).isEqualTo("2026-12-01");
    }

    @Test
    void aProductThatStandsInIsHeldAgainstTheDocumentAndShownWithWhatItWas() {
        EffectKey key = api.database().effects().intend(AccountId.of("tryton-northwind"), subject, "announce", "once");
        EffectLedger.Claim.Held held = (EffectLedger.Claim.Held) api.database()
                .effects()
                .claim(
                        key,
                        OutsideSystem.TRYTON,
                        "1501 from WH 29.00 USD: NW-TEE × 1 29.00 USD",
                        Duration.ofMinutes(1));
        api.database().effects().refuse(key, held.token(), FailureCode.ERP_REJECTED, "for the test");
        Case open = open(FailureCode.ERP_REJECTED);

        Answer wrong = decide(open, Role.FINANCE, amendment("\"standIns\":\"NW-CAP=NW-OTHER\""));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text("/errors/0/pointer")).isEqualTo("/amendment/standIns");
        assertThat(wrong.body()).contains("which has no NW-CAP but NW-TEE");
        assertThat(api.get("/v1/cases/" + open.id(), Role.VIEWER).text("/more/document/products/0"))
                .isEqualTo("NW-TEE");
        assertThat(Visitor.signedIn(api, Role.FINANCE).page("/console/cases/" + open.id()))
                .contains("name=\"standIns\"", "The document says");

        Answer right = decide(open, Role.FINANCE, amendment("\"standIns\":\"NW-TEE=NW-OTHER\""));
        assertThat(right.status()).as(right.body()).isEqualTo(200);
        assertThat(right.text("/decision/changes/0/was")).isEqualTo("NW-TEE");
        assertThat(right.text("/decision/changes/0/becomes")).isEqualTo("NW-OTHER");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/cases/" + open.id()))
                .contains("<del>NW-TEE</del>", "<ins>NW-OTHER</ins>");
    }

    @Test
    void whoeverDecidesMayRetry() {
        assertThat(decide(open(FailureCode.SYSTEM_UNREACHABLE), Role.SUPPORT, "{\"action\":\"RETRY\"}")
                        .status())
                .isEqualTo(200);
        assertThat(decide(open(FailureCode.ERP_PERIOD_CLOSED), Role.ADMIN, "{\"action\":\"RETRY\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCaseListsWhatCanBeAmended() {
        assertThat(api.get("/v1/cases/" + open(FailureCode.ERP_PERIOD_CLOSED).id(), Role.VIEWER)
                        .json()
                        .at("/amendable")
                        .toString())
                .isEqualTo("[\"postingDate\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            | /amendment | needs postingDate
            "postingDate":"soon" | /amendment/postingDate | must be a day such as
            "postingDate":"2026-02-30" | /amendment/postingDate | must be a day such as
            "postingDate":"+20261-12-01" | /amendment/postingDate | must be a day such as
            "postingDate":"2026-12-01","street":"1 Main St" | /amendment/street | can't be amended here; what can: postingDate
            "businessDate":"2026-12-01" | /amendment/businessDate | can't be amended here; what can: postingDate
            "a/b~c":"x" | /amendment/a~1b~0c | can't be amended here
            """)
    void whatCanNotBeAmendedIsNamedAndChangesNothing(String amended, String pointer, String rule) {
        Case open = open(FailureCode.ERP_PERIOD_CLOSED);
        Map<String, String> before = api.rows();

        Answer answer = decide(open, Role.FINANCE, amendment(amended == null ? "" : amended));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.body()).contains(rule);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void onlyWhatIsAmendedHasAnAmendment() {
        Answer answer = decide(
                open(FailureCode.ERP_PERIOD_CLOSED),
                Role.FINANCE,
                "{\"action\":\"RETRY\",\"amendment\":{\"postingDate\":\"2026-12-01\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/amendment");
    }

    @Test
    void namesInAnAmendmentAreCleanTextToo() {
        Case open = open(FailureCode.ERP_PERIOD_CLOSED);
        Map<String, String> before = api.rows();

        assertThat(decide(open, Role.FINANCE, amendment("\"a\\u0000b\":\"x\"")).status())
                .isEqualTo(400);
        assertThat(decide(open, Role.FINANCE, amendment("\"postingDate\":1")).status())
                .isEqualTo(400);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void aRetryThatFailedAgainCanBeDecidedAgainByTheSamePerson() {
        Case open = open(FailureCode.SYSTEM_UNREACHABLE);
        decide(open, Role.SUPPORT, "{\"action\":\"RETRY\"}");
        Case decided = api.database().cases().find(open.id()).orElseThrow();
        api.database()
                .cases()
                .reopen(open.id(), decided.decision().orElseThrow(), FailureCode.SYSTEM_UNREACHABLE, "still away");

        assertThat(api.get("/v1/cases?status=OPEN&limit=500", Role.SUPPORT).body())
                .contains("\"" + open.id() + "\"");
        Answer again = decide(open, Role.SUPPORT, "{\"action\":\"RETRY\"}");

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.text("/status")).isEqualTo("DECIDED");
        assertThat(wakeUps(open)).as("it wakes its process again").isEqualTo("2");
    }

    @Test
    void aCaseIsFoundByItsId() {
        Case open = open(FailureCode.UNKNOWN_SKU);

        assertThat(api.get("/v1/lookup?id=" + open.id(), Role.VIEWER).text("/subject"))
                .isEqualTo(subject);
    }

    @Test
    void isFoundByOwnerServiceLevelAndWords() {
        Case open = open(FailureCode.ERP_REJECTED);
        api.query("update support_case set due_at = opened_at, at_risk_at = opened_at where number = "
                + open.id().value().substring(2) + " returning number");

        assertThat(found("owner=FINANCE&sla=BREACHED&text=" + subject.toLowerCase(Locale.ROOT)))
                .contains("\"" + open.id() + "\"");
        assertThat(found("owner=SUPPORT&text=" + subject)).doesNotContain("\"" + open.id() + "\"");
        assertThat(found("owner=SUPPORT&code=ERP_REJECTED")).isEqualTo("{\"cases\":[]}");
        assertThat(found("sla=ON_TIME&text=" + subject)).doesNotContain("\"" + open.id() + "\"");
        assertThat(api.get("/v1/cases?owner=NOBODY", Role.VIEWER).status()).isEqualTo(400);
        assertThat(api.get("/v1/cases?sla=SOON", Role.VIEWER).status()).isEqualTo(400);
        assertThat(api.get("/v1/cases?fingerprint=" + open.id(), Role.VIEWER).status())
                .isEqualTo(400);
        assertThat(api.get("/v1/cases?text=%20", Role.VIEWER).status()).isEqualTo(400);
        assertThat(api.get("/v1/cases?snoozed=maybe", Role.VIEWER).status()).isEqualTo(400);
    }

    @Test
    void isTakenCommentedOnPutOffAndGivenBack() {
        Case open = open(FailureCode.ERP_REJECTED);

        assertThat(post(open, "assignment", "{}").text("/assignee")).isEqualTo("SUPPORT");
        assertThat(post(open, "assignment", "{\"assignee\":\"bob\"}").text("/assignee"))
                .isEqualTo("bob");
        assertThat(found("assignee=bob")).contains("\"" + open.id() + "\"");
        assertThat(post(open, "comments", "{\"text\":\"Mrs Canary rang\"}").status())
                .isEqualTo(200);
        String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
        assertThat(post(open, "snooze", "{\"until\":\"" + tomorrow + "\"}").text("/snoozedUntil"))
                .isNotEmpty();
        assertThat(found("snoozed=true&assignee=bob")).contains("\"" + open.id() + "\"");
        assertThat(delete(open, "snooze").json().has("snoozedUntil")).isFalse();
        assertThat(delete(open, "assignment").json().has("assignee")).isFalse();

        Answer whole = api.get("/v1/cases/" + open.id(), Role.SUPPORT);
        assertThat(whole.json().at("/more/history").findValuesAsText("kind"))
                .containsExactly(
                        "case.opened",
                        "case.assigned",
                        "case.assigned",
                        "case.commented",
                        "case.snoozed",
                        "case.snoozed",
                        "case.assigned");
        assertThat(whole.body()).contains("Mrs Canary rang");
        assertThat(api.get("/v1/cases/" + open.id(), Role.VIEWER).body()).doesNotContain("Canary");
    }

    @Test
    void whatIsNoWordOrNoTimeIsRefusedAndChangesNothing() {
        Case open = open(FailureCode.ERP_REJECTED);
        Map<String, String> before = api.rows();

        assertThat(post(open, "comments", "{\"text\":\" \"}").status()).isEqualTo(422);
        assertThat(post(open, "comments", "{\"text\":\"" + "x".repeat(2_001) + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(post(open, "assignment", "{\"assignee\":\"" + "x".repeat(81) + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(post(open, "snooze", "{\"until\":\"2020-01-01T00:00:00Z\"}").status())
                .isEqualTo(422);
        assertThat(post(open, "snooze", "{\"until\":\"2099-01-01T00:00:00Z\"}").status())
                .isEqualTo(422);
        assertThat(post(open, "snooze", "{}").status()).isEqualTo(400);
        assertThat(post(open, "reopen", "{\"reason\":\"still wrong\"}").status())
                .isEqualTo(409);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void whatWasNotOverIsOpenedAgain() {
        Case open = open(FailureCode.GOODS_OUTSTANDING);
        api.database().cases().close(open.id(), "accepted by mistake");

        Answer again = post(open, "reopen", "{\"reason\":\"the parcel is still missing\"}");

        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(again.text("/status")).isEqualTo("OPEN");
        assertThat(again.json().has("closedAt")).isFalse();
    }

    @Test
    void tellsHowItIsDecidedReadyToBePasted() {
        Case open = open(FailureCode.ERP_PERIOD_CLOSED);

        Answer whole = api.get("/v1/cases/" + open.id(), Role.VIEWER);

        assertThat(whole.json().at("/more/payloads").findValuesAsText("action"))
                .containsExactly("RETRY", "AMEND_AND_RETRY");
        assertThat(whole.text("/more/payloads/1/rest"))
                .isEqualTo("curl -X POST -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json' "
                        + "-d '{\"action\":\"AMEND_AND_RETRY\",\"amendment\":{\"postingDate\":\"YYYY-MM-DD\"}}' "
                        + "https://api.northwind.example/v1/cases/" + open.id() + "/decisions");
        assertThat(whole.text("/more/payloads/0/temporal"))
                .as("no process waits for it")
                .isEqualTo("temporal workflow execute --namespace default --workflow-id 'case/" + open.id()
                        + "' --type CaseDecision --task-queue orders --input '\"" + open.id() + " RETRY\"'");
        assertThat(whole.text("/more/payloads/0/input")).isEqualTo("\"" + open.id() + " RETRY\"");
        assertThat(whole.text("/more/payloads/0/body")).isEqualTo("{\"action\":\"RETRY\"}");
        assertThat(whole.json().at("/more/payloads/1").has("temporal"))
                .as("an amendment has no words")
                .isFalse();
        assertThat(whole.json().at("/more/payloads/1").has("input")).isFalse();
    }

    @Test
    void whatTheProcessOfAnOrderDoesNotWaitForIsDecidedByOneOfItsOwn() {
        OrderKey key = new OrderKey(ACCOUNT, UUID.randomUUID().toString());
        api.database().orders().hint(key, Channel.ONLINE, new OrderRules("standard-1", Set.of()));
        String order = OrderId.of(key).value();

        assertThat(decidedFromTemporal(order, "erp.announce order", FailureCode.SYSTEM_UNREACHABLE))
                .contains("--workflow-id '" + key.workflowId() + "' --name decide");
        assertThat(decidedFromTemporal(order, "attention.process", FailureCode.PROCESS_STANDS_STILL))
                .contains("--type CaseDecision");
        assertThat(decidedFromTemporal(order, "reroute.place " + order + "-F1", FailureCode.NO_FACILITY))
                .contains("--type CaseDecision");
        assertThat(decidedFromTemporal(order, "customer.tell-moved " + order + "-F1", FailureCode.MESSAGE_REFUSED))
                .contains("--type CaseDecision");
        assertThat(decidedFromTemporal(order, "facility.hold-untold " + order + "-F1/1", FailureCode.HOLD_NOT_TOLD))
                .contains("--type CaseDecision");
        assertThat(decidedFromTemporal(order, "marketplace.acknowledge order", FailureCode.DEADLINE_AT_RISK))
                .as("a clock of its own, which the order's process knows nothing of")
                .contains("--type CaseDecision");
        assertThat(decidedFromTemporal(order, "order.moved " + order + "-F1 ST-HARBOR", FailureCode.WORK_MOVED))
                .contains("--type CaseDecision");
    }

    private String decidedFromTemporal(String subject, String step, FailureCode code) {
        Case open = api.database().cases().open(ACCOUNT, subject, step, code, "for the test");
        return api.get("/v1/cases/" + open.id(), Role.VIEWER).text("/more/payloads/0/temporal");
    }

    @Test
    void aCaseAboutAReturnIsReadToo() {
        String returned = ShippedOrders.twoLines(api).id() + "-R1";
        Case open = api.database()
                .cases()
                .open(ACCOUNT, returned, "receive", FailureCode.GOODS_OUTSTANDING, "for the test");

        Answer whole = api.get("/v1/cases/" + open.id(), Role.VIEWER);

        assertThat(whole.status()).as(whole.body()).isEqualTo(200);
        assertThat(whole.text("/subject")).isEqualTo(returned);
        assertThat(whole.json().at("/more/payloads"))
                .isNotEmpty()
                .allSatisfy(
                        payload -> assertThat(payload.path("temporal").asText()).contains("--type CaseDecision"));
    }

    @Test
    void whereMuchIsAtStakeTwoPersonsDecide() {
        Case open = open(FailureCode.STOCK_MISSING);
        api.query("update support_case set stake = 100001, stake_currency = 'USD' where number = "
                + open.id().value().substring(2) + " returning number");

        Answer first = decide(open, Role.SUPPORT, "{\"action\":\"CANCEL\",\"note\":\"too late\"}");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text("/status")).isEqualTo("OPEN");
        assertThat(first.text("/stake/amount")).isEqualTo("1000.01");
        assertThat(first.text("/proposal/action")).isEqualTo("CANCEL");
        assertThat(wakeUps(open)).isEqualTo("0");
        String other = api.keyRing()
                .make("bob", Set.of(Role.SUPPORT), Optional.empty())
                .reveal();
        Answer second = api.send(api.to("/v1/cases/" + open.id() + "/decisions")
                .header("Authorization", "Bearer " + other)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"CANCEL\"}")));
        assertThat(second.text("/status")).as(second.body()).isEqualTo("DECIDED");
        assertThat(wakeUps(open)).isEqualTo("1");
    }

    private String found(String query) {
        return api.get("/v1/cases?limit=500&" + query, Role.SUPPORT).body();
    }

    private Answer post(Case open, String what, String body) {
        return api.post("/v1/cases/" + open.id() + "/" + what, Role.SUPPORT, body);
    }

    private Answer delete(Case open, String what) {
        return api.send(
                api.to("/v1/cases/" + open.id() + "/" + what, Role.SUPPORT).DELETE());
    }

    private Case open(FailureCode code) {
        return api.database().cases().open(ACCOUNT, subject, code.name(), code, "for the test");
    }

    private Answer decide(Case open, Role role, String body) {
        return api.post("/v1/cases/" + open.id() + "/decisions", role, body);
    }

    private static String amendment(String content) {
        return "{\"action\":\"AMEND_AND_RETRY\",\"amendment\":{" + content + "}}";
    }

    private String wakeUps(Case open) {
        return api.query("select count(*) from inbox_message where topic = 'throughline/decision' and subject = 'case/"
                        + open.id() + "'")
                .orElseThrow();
    }
}
