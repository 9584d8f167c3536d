package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cases of one cause, and decisions about all of them. No worker is there: the test takes the turns. */
final class CaseGroupsTest {
    private static final AccountId ACCOUNT = AccountId.of("northwind");

    private final TestingApi api = TestingApi.get();
    private final String detail = "no product P" + UUID.randomUUID().toString().replace("-", "x");

    @Test
    void onesOfOneCauseAreCounted() {
        List<Case> open = open(3);

        JsonNode group = group();

        assertThat(group.path("cases").asInt()).isEqualTo(3);
        assertThat(group.path("code").asText()).isEqualTo("ERP_REJECTED");
        assertThat(group.path("owner").asText()).isEqualTo("FINANCE");
        assertThat(group.path("oldestOpenedAt").asText())
                .isEqualTo(open.getFirst().openedAt().toString());
        assertThat(api.get("/v1/cases?fingerprint=" + fingerprint(), Role.VIEWER)
                        .json()
                        .path("cases"))
                .hasSize(3);
    }

    @Test
    void aPreviewCountsAndChangesNothing() {
        List<Case> open = open(3);
        String fingerprint = fingerprint();
        Map<String, String> before = api.rows();

        Answer preview = decide(fingerprint, "?preview=true", Role.FINANCE, "{\"action\":\"CANCEL\"}");

        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().path("cases").asInt()).isEqualTo(3);
        assertThat(preview.json().path("proposed").asInt()).isZero();
        assertThat(preview.text("/sample/0")).isEqualTo(open.getFirst().id().value());
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void isBegunWatchedAndStopped() {
        List<Case> open = open(3);
        String fingerprint = fingerprint();

        Answer begun = decide(fingerprint, "", Role.FINANCE, "{\"action\":\"RETRY\",\"note\":\"mended\"}");

        assertThat(begun.status()).as(begun.body()).isEqualTo(202);
        assertThat(begun.json().path("perSecond").asInt()).isEqualTo(5);
        assertThat(api.database().bulkDecisions().decideNext()).isTrue();
        Answer watched = api.get("/v1/bulk-decisions/" + begun.text("/id"), Role.SUPPORT);
        assertThat(watched.json().path("decided").asInt()).isEqualTo(1);
        assertThat(watched.json().path("pending").asInt()).isEqualTo(2);
        assertThat(watched.text("/decision/note")).isEqualTo("mended");
        assertThat(decide(fingerprint, "", Role.FINANCE, "{\"action\":\"CANCEL\"}")
                        .status())
                .as("while it runs")
                .isEqualTo(409);
        Answer stopped = api.send(api.to("/v1/bulk-decisions/" + begun.text("/id") + "/stop", Role.SUPPORT)
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(stopped.text("/state")).as(stopped.body()).isEqualTo("STOPPED");
        assertThat(stopped.text("/stoppedBy")).startsWith("SUPPORT");
        assertThat(api.get("/v1/bulk-decisions?limit=1", Role.ADMIN).text("/decisions/0/id"))
                .isEqualTo(begun.text("/id"));
        assertThat(open)
                .extracting(one ->
                        api.database().cases().find(one.id()).orElseThrow().status())
                .containsExactly(CaseStatus.DECIDED, CaseStatus.OPEN, CaseStatus.OPEN);
    }

    @Test
    void onlyWhoMayDecideACaseDecidesManyAndOnlyAsTheyAllow() {
        open(1);
        String fingerprint = fingerprint();

        assertThat(decide(fingerprint, "?preview=true", Role.SUPPORT, "{\"action\":\"CANCEL\"}")
                        .status())
                .isEqualTo(403);
        assertThat(decide(fingerprint, "?preview=true", Role.SUPPORT, "{\"action\":\"RETRY\"}")
                        .status())
                .isEqualTo(200);
        assertThat(decide(fingerprint, "", Role.FINANCE, "{\"action\":\"REROUTE\"}")
                        .status())
                .isEqualTo(422);
        assertThat(decide(fingerprint, "?preview=perhaps", Role.FINANCE, "{\"action\":\"RETRY\"}")
                        .status())
                .isEqualTo(400);
        assertThat(decide("0123456789abcdef", "", Role.FINANCE, "{\"action\":\"RETRY\"}")
                        .status())
                .isEqualTo(404);
        assertThat(decide("nonsense", "", Role.FINANCE, "{\"action\":\"RETRY\"}")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/v1/bulk-decisions/B-0", Role.ADMIN).status()).isEqualTo(404);
    }

    private List<Case> open(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> api.database()
                        .cases()
                        .open(ACCOUNT, "S-" + UUID.randomUUID(), "erp.invoice order", FailureCode.ERP_REJECTED, detail))
                .toList();
    }

    private JsonNode group() {
        for (JsonNode group :
                api.get("/v1/cases/groups?limit=500", Role.VIEWER).json().path("groups")) {
            if (group.path("detail").asText().equals(detail)) {
                return group;
            }
        }
        throw new AssertionError("no group tells " + detail);
    }

    private String fingerprint() {
        return group().path("fingerprint").asText();
    }

    private Answer decide(String fingerprint, String query, Role role, String body) {
        return api.post("/v1/case-groups/" + fingerprint + "/decisions" + query, role, body);
    }
}
