package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Fingerprint;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people do about cases in the console: they decide, one by one or together, and work on them. */
final class ConsoleCasesTest {
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final AccountId ERP = AccountId.of("tryton-northwind");

    private final TestingApi api = TestingApi.get();

    @Test
    void aDecisionIsTakenWithItsNote() {
        Case open = api.database()
                .cases()
                .open(SHOP, "S-" + UUID.randomUUID(), "hold", FailureCode.ORDER_ON_HOLD, "looks odd");
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);

        HttpResponse<String> answer = support.post(
                "/console/cases/" + open.id() + "/decisions",
                Map.of("action", "RELEASE_HOLD", "note", "two lines\r\nof words"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        Case decided = api.database().cases().find(open.id()).orElseThrow();
        assertThat(decided.status()).isEqualTo(CaseStatus.DECIDED);
        assertThat(decided.decision().orElseThrow().action()).isEqualTo(Action.RELEASE_HOLD);
        assertThat(decided.decision().orElseThrow().note()).contains("two lines\nof words");
        assertThat(support.page("/console/cases/" + open.id()))
                .contains("Release hold", "SUPPORT (key", "two lines")
                .doesNotContain("name=\"action\"");
    }

    @Test
    void aCaseLeadsToTheProcessThatItIsAbout() {
        Visitor viewer = Visitor.signedIn(api, Role.VIEWER);

        assertThat(pageOfCaseAbout(viewer, "store-day/ST-HARBOR/2026-11-23"))
                .contains("/workflows/store-day%2FST-HARBOR%2F2026-11-23");
        assertThat(pageOfCaseAbout(viewer, "RC-7K2M9Q4XTA")).contains("/workflows/counter-return%2FRC-7K2M9Q4XTA");
        assertThat(pageOfCaseAbout(viewer, "inventory/northwind")).contains("/workflows/inventory%2Fnorthwind");
        assertThat(pageOfCaseAbout(viewer, "reconcile/northwind-2026-11-23T08:00:00Z"))
                .contains("/workflows/reconcile%2Fnorthwind-2026-11-23T08");
        assertThat(pageOfCaseAbout(viewer, "reconcile/northwind")).doesNotContain("/workflows/reconcile");
        assertThat(pageOfCaseAbout(viewer, "case/C-999999"))
                .contains("/workflows/case%2FC-999999", "/console/cases/C-999999");
        assertThat(pageOfCaseAbout(viewer, "unreadable/" + UUID.randomUUID())).doesNotContain("In the Temporal UI");
    }

    /** Its process can't tell of it, so the name of the process does. */
    @Test
    void whoHasTheProcessFindsItsCases() {
        Visitor viewer = Visitor.signedIn(api, Role.VIEWER);
        for (String process : List.of("stock-import/I-4711", "erp-stock/tryton-northwind")) {
            Case open = api.database()
                    .cases()
                    .open(SHOP, process, "attention.process", FailureCode.PROCESS_STANDS_STILL, "its tasks fail");

            assertThat(viewer.page("/console/search?q=" + Visitor.encoded(process)))
                    .contains(open.id().value(), process);
        }
    }

    /** The same words as the API's, whole, in fields that nobody types into; nothing where nothing can be decided. */
    @Test
    void aCaseTellsHowItIsDecidedWithoutTheConsole() {
        Case open = api.database()
                .cases()
                .open(ERP, "S-" + UUID.randomUUID(), "erp.invoice", FailureCode.ERP_PERIOD_CLOSED, "closed");
        String address = "/console/cases/" + open.id();
        TestingApi.Answer told = api.get("/v1/cases/" + open.id(), Role.FINANCE);

        assertThat(pasted(Visitor.signedIn(api, Role.FINANCE).page(address)))
                .containsExactlyElementsOf(Stream.of("0/rest", "0/body", "0/temporal", "0/input", "1/rest", "1/body")
                        .map(path -> told.text("/more/payloads/" + path))
                        .toList());
        assertThat(pasted(Visitor.signedIn(api, Role.VIEWER).page(address))).isEmpty();
        api.database().cases().close(open.id(), "gone");
        assertThat(pasted(Visitor.signedIn(api, Role.FINANCE).page(address))).isEmpty();
    }

    private static List<String> pasted(String page) {
        return Pattern.compile("<textarea [^>]*readonly[^>]*>([^<]*)</textarea>")
                .matcher(page)
                .results()
                .map(field -> field.group(1)
                        .replace("&#39;", "'")
                        .replace("&#34;", "\"")
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .toList();
    }

    private String pageOfCaseAbout(Visitor viewer, String subject) {
        Case open = api.database()
                .cases()
                .open(SHOP, subject, "attention.process", FailureCode.PROCESS_STANDS_STILL, "its workflow tasks fail");
        return viewer.page("/console/cases/" + open.id());
    }

    @Test
    void whatIsRefusedIsSaidOnThePageItself() {
        Case open = api.database()
                .cases()
                .open(ERP, "S-" + UUID.randomUUID(), "erp.invoice", FailureCode.ERP_PERIOD_CLOSED, "closed");
        Visitor finance = Visitor.signedIn(api, Role.FINANCE);
        String decisions = "/console/cases/" + open.id() + "/decisions";

        HttpResponse<String> without = finance.post(decisions, Map.of("action", "AMEND_AND_RETRY", "postingDate", ""));
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(without.body())
                .contains("role=\"alert\"", "needs postingDate")
                .doesNotContain("hx-trigger");
        assertThat(finance.post(decisions, Map.of("action", "NOTHING")).statusCode())
                .isEqualTo(422);
        assertThat(finance.post(decisions, Map.of("action", "RETRY")).statusCode())
                .isEqualTo(303);
        HttpResponse<String> late =
                finance.post(decisions, Map.of("action", "AMEND_AND_RETRY", "postingDate", "2026-12-01"));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("takes no other decision");
    }

    @Test
    void peopleWorkOnACase() {
        Case open = api.database()
                .cases()
                .open(SHOP, "S-" + UUID.randomUUID(), "hold", FailureCode.ORDER_ON_HOLD, "looks odd");
        String page = "/console/cases/" + open.id();
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);

        Visitor.done(support.post(page + "/assignment", Map.of("assignee", "")));
        assertThat(support.page(page)).contains("Give it back").doesNotContain("Take it<");
        assertThat(support.page("/console/cases?assigned=MINE&code=ORDER_ON_HOLD"))
                .contains(open.id().value());
        Visitor.done(support.post(page + "/assignment", Map.of("assignee", "ada")));
        assertThat(support.page("/console/cases?assigned=MINE&code=ORDER_ON_HOLD"))
                .doesNotContain(open.id().value());
        Visitor.done(support.post(page + "/unassignment", Map.of()));
        Visitor.done(support.post(page + "/comments", Map.of("text", "Mrs Canary rang")));
        assertThat(support.page(page)).contains("Mrs Canary rang", "comments on " + open.id());
        assertThat(Visitor.signedIn(api, Role.VIEWER).page(page))
                .contains("comments on " + open.id())
                .doesNotContain("anary", "Say it");
        Visitor.done(support.post(page + "/snooze", Map.of("length", "PT4H")));
        assertThat(support.page(page)).contains("Asleep until", "in 3 h", "Wake it");
        assertThat(support.page("/console/cases?code=ORDER_ON_HOLD"))
                .doesNotContain(open.id().value());
        assertThat(support.page("/console/cases?code=ORDER_ON_HOLD&asleep=ASLEEP"))
                .contains(open.id().value());
        Visitor.done(support.post(page + "/waking", Map.of()));
        assertThat(support.page(page)).doesNotContain("Asleep until");

        assertThat(support.post(page + "/reopening", Map.of("reason", "not over"))
                        .statusCode())
                .isEqualTo(409);
        api.database().cases().close(open.id(), "gone");
        assertThat(support.page(page)).contains("Open it again").doesNotContain("Let it sleep");
        Visitor.done(support.post(page + "/reopening", Map.of("reason", "not over")));
        assertThat(support.page(page)).contains("opens " + open.id() + " again");
        assertThat(support.post(page + "/snooze", Map.of("length", "P31D")).statusCode())
                .isEqualTo(422);
        for (String length : List.of("long", "PT-1H", "PT2000000000000000S")) {
            assertThat(support.post(page + "/snooze", Map.of("length", length)).statusCode())
                    .as(length)
                    .isEqualTo(422);
        }
        assertThat(support.post(page + "/comments", Map.of("text", " ")).statusCode())
                .isEqualTo(422);
        assertThat(support.page("/console/audit?actor=" + Visitor.encoded(actor(support, page))))
                .contains("opens " + open.id() + " again", "comments on " + open.id());
    }

    /** As the history of a case tells who has opened it again. */
    private static String actor(Visitor visitor, String page) {
        return visitor.page(page).replaceAll("(?s).*<bdi>(SUPPORT \\(key [0-9A-Za-z]+\\)) opens .*", "$1");
    }

    @Test
    void manyCasesOfOneCauseAreDecidedTogether() {
        String detail = "no product " + UUID.randomUUID();
        List<Case> alike = Stream.of("a", "b", "c")
                .map(one -> api.database()
                        .cases()
                        .open(ERP, "S-" + UUID.randomUUID(), "erp.invoice order", FailureCode.ERP_REJECTED, detail))
                .toList();
        String page = "/console/causes/" + cause(alike.getFirst());
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);

        assertThat(support.page("/console")).contains("3</td>", page);
        assertThat(support.page("/console/cases/" + alike.getFirst().id())).contains("3 open cases with this cause");
        assertThat(support.page(page))
                .contains("Decide about all of them", alike.getLast().id().value());
        HttpResponse<String> preview =
                support.post(page + "/preview", Map.of("action", "RETRY", "note", "it is <b>back</b>"));
        assertThat(preview.statusCode()).as(preview.body()).isEqualTo(200);
        assertThat(preview.body())
                .contains("Retry for 3 cases?", alike.getLast().id().value(), "value=\"RETRY\"")
                .doesNotContain("<b>back");
        assertThat(support.post(page + "/preview", Map.of("action", "CANCEL")).statusCode())
                .isIn(200, 403);
        assertThat(support.post(page + "/preview", Map.of()).statusCode()).isEqualTo(422);
        assertThat(api.database()
                        .cases()
                        .find(alike.getFirst().id())
                        .orElseThrow()
                        .status())
                .isEqualTo(CaseStatus.OPEN);

        HttpResponse<String> begun = support.post(page + "/decisions", Map.of("action", "RETRY", "note", "it is back"));
        Visitor.done(begun);
        String bulk =
                begun.headers().firstValue("Location").orElseThrow().replaceAll(".*(/console/bulk/B-[0-9]+)", "$1");
        assertThat(support.page(bulk)).contains("Running", "Stop it", "it is back");
        assertThat(support.page("/console/cases")).contains("Being decided now", bulk);
        assertThat(support.page(page)).contains(bulk).doesNotContain("Decide about all of them");
        Visitor viewer = Visitor.signedIn(api, Role.VIEWER);
        assertThat(viewer.page(page) + viewer.page("/console/cases"))
                .as("what they can't open")
                .doesNotContain(bulk);
        Visitor.done(support.post(bulk + "/stop", Map.of()));
        assertThat(support.page(bulk)).contains("Stopped", "3 stay as they are").doesNotContain("Stop it");
        assertThat(Visitor.signedIn(api, Role.VIEWER).get(bulk).statusCode()).isEqualTo(403);
    }

    private Fingerprint cause(Case known) {
        return api.database().caseFiles().find(known.id()).orElseThrow().cause();
    }
}
