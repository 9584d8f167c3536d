package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A system is paused, slowed and resumed, by REST and in the console; who did so and why is told. */
final class SystemsTest {
    private static final String SYSTEM = "/v1/systems/square-northwind";
    private static final String REASON = "{\"reason\": \"its upgrade begins\"}";

    private final TestingApi api = TestingApi.get();

    @AfterEach
    void asItWas() {
        api.post(SYSTEM + "/resume", Role.ADMIN, REASON);
        api.post(SYSTEM + "/rate", Role.ADMIN, REASON);
    }

    @Test
    void aPauseIsToldWithWhoAndWhyUntilItIsResumed() {
        Answer paused = api.post(SYSTEM + "/pause", Role.ADMIN, REASON);

        assertThat(paused.status()).as(paused.body()).isEqualTo(200);
        assertThat(paused.text("/paused")).isEqualTo("true");
        assertThat(paused.text("/pause/reason")).isEqualTo("its upgrade begins");
        assertThat(paused.text("/pause/actor")).startsWith("ADMIN (key ");
        assertThat(api.post(SYSTEM + "/pause", Role.ADMIN, "{\"reason\": \"another\"}")
                        .text("/pause/reason"))
                .as("said again, it stays as it is")
                .isEqualTo("its upgrade begins");
        assertThat(api.get("/v1/systems", Role.VIEWER).body())
                .contains("square-northwind", "its upgrade begins", "parcel-northwind");

        Answer resumed = api.post(SYSTEM + "/resume", Role.ADMIN, "{\"reason\": \"it is done\"}");

        assertThat(resumed.text("/paused")).isEqualTo("false");
        Answer detail = api.get(SYSTEM, Role.VIEWER);
        assertThat(detail.text("/acts/0/kind")).isEqualTo("RESUMED");
        assertThat(detail.text("/acts/0/said/reason")).isEqualTo("it is done");
        assertThat(detail.text("/acts/1/kind")).isEqualTo("PAUSED");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/audit"))
                .contains("square-northwind is asked again");
    }

    @Test
    void aRateIsSetAndTakenAway() {
        assertThat(api.post(SYSTEM + "/rate", Role.ADMIN, "{\"perSecond\": 0.5, \"reason\": \"it is just back\"}")
                        .text("/perSecond"))
                .isEqualTo("0.5");
        assertThat(api.database()
                        .systemControls()
                        .of(AccountId.of("square-northwind"))
                        .limit())
                .isPresent();
        assertThat(overview()).as("in its row").contains("at most 0.5/s, ");
        assertThat(api.post(SYSTEM + "/rate", Role.ADMIN, REASON).body()).doesNotContain("perSecond");
        assertThat(overview()).doesNotContain("at most 0.5/s");
        api.post(SYSTEM + "/pause", Role.ADMIN, REASON);
        assertThat(overview()).containsPattern("Paused</span>\\s*<span class=\"below\"><time");
    }

    @Test
    void whatASystemHoldsBackItselfIsToldApartFromWhatFails() {
        EffectLedger effects = api.database().effects();
        EffectKey key = effects.intend(AccountId.of("parcel-northwind"), "O-7K2M9Q4XTA-F1", "label", "throttled");
        effects.fail(key, held(effects, key), FailureCode.RATE_LIMITED, "come later", false);

        assertThat(overview()).contains("Throttles", "1 throttled");
        assertThat(api.get("/v1/systems/parcel-northwind", Role.VIEWER).text("/system/throttled"))
                .isEqualTo("1");

        effects.succeed(key, held(effects, key), Receipt.of("L-1"));
        assertThat(overview()).doesNotContain("Throttles");
    }

    private static long held(EffectLedger effects, EffectKey key) {
        return ((EffectLedger.Claim.Held) effects.claim(key, OutsideSystem.CARRIER, "label", Duration.ofMinutes(1)))
                .token();
    }

    private String overview() {
        return Visitor.signedIn(api, Role.VIEWER).page("/console");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reason\": \" \"}",
                "{\"perSecond\": 0, \"reason\": \"x\"}",
                "{\"perSecond\": -1, \"reason\": \"x\"}",
                "{\"perSecond\": 5000, \"reason\": \"x\"}",
            })
    void whatBreaksARuleIsRefusedWithWhatToDo(String body) {
        assertThat(api.post(SYSTEM + "/rate", Role.ADMIN, body).status()).isEqualTo(422);
    }

    @Test
    void whatIsNotAskedCanNotBePaused() {
        assertThat(api.post("/v1/systems/rest/pause", Role.ADMIN, REASON).status())
                .isEqualTo(404);
        assertThat(api.post("/v1/systems/nobody/pause", Role.ADMIN, REASON).status())
                .isEqualTo(404);
        assertThat(api.post(SYSTEM + "/pause", Role.ADMIN, "{}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "ADMIN", mode = EnumSource.Mode.EXCLUDE)
    void onlyAdministratorsDoSo(Role role) {
        assertThat(api.post(SYSTEM + "/pause", role, REASON).status()).isEqualTo(403);
        assertThat(api.post("/v1/inbox/replays", role, "{\"kind\": \"DEAD_LETTERS\"}")
                        .status())
                .isEqualTo(403);
        assertThat(api.post("/v1/effects/redrives", role, "{}").status()).isEqualTo(403);
        assertThat(api.post("/v1/effects/settlements", role, "{}").status()).isEqualTo(403);
        assertThat(api.post(SYSTEM + "/reconciliations", role, "{}").status()).isEqualTo(403);
    }

    @Test
    void theConsoleHasTheSameSwitchAndHidesItFromOthers() {
        String page = "/console/systems/square-northwind";
        Visitor admin = Visitor.signedIn(api, Role.ADMIN);

        assertThat(admin.page(page)).contains("Ask it nothing for a while");
        assertThat(admin.post(page + "/pause", Map.of("reason", "<b>its upgrade</b>"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(admin.page(page))
                .contains("&lt;b&gt;its upgrade", "Ask it again")
                .doesNotContain("<b>its");
        assertThat(admin.page("/console/systems")).contains("Paused");
        assertThat(admin.page("/console")).contains("Paused");
        assertThat(admin.post(page + "/rate", Map.of("perSecond", "many", "reason", "x"))
                        .statusCode())
                .isEqualTo(422);

        Visitor viewer = Visitor.signedIn(api, Role.VIEWER);
        assertThat(viewer.page(page)).contains("Nothing is asked of it").doesNotContain("Ask it again</h2>");
        assertThat(viewer.post(page + "/resumption", Map.of("reason", "me")).statusCode())
                .isEqualTo(403);
        assertThat(admin.post(page + "/resumption", Map.of("reason", "done")).statusCode())
                .isEqualTo(303);
        assertThat(admin.page(page)).contains("Ask it nothing for a while");
    }

    @Test
    void messagesAreShownBeforeTheyArePutBack() {
        AccountId shop = AccountId.of("northwind");
        api.database().inbox().store(shop, "recovery/test", "r-1", "order/northwind/recovered", "{}");

        assertThat(api.post(
                                "/v1/inbox/replays?preview=true",
                                Role.ADMIN,
                                "{\"kind\": \"HANDLED\", \"account\": \"northwind\", \"topic\": \"recovery/test\"}")
                        .text("/matching"))
                .isEqualTo("0");
        assertThat(api.post("/v1/inbox/replays", Role.ADMIN, "{\"kind\": \"HANDLED\"}")
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/v1/effects/redrives?preview=true", Role.ADMIN, "{\"account\": \"nobody\"}")
                        .text("/matching"))
                .isEqualTo("0");
    }

    @Test
    void whatSomebodyHasFoundOfAnEffectSettlesIt() {
        AccountId tills = AccountId.of("square-northwind");
        EffectLedger effects = api.database().effects();
        EffectKey key = effects.intend(tills, "inventory/recovered", "publish", "once");
        EffectLedger.Claim claim = effects.claim(key, OutsideSystem.SQUARE, "what", Duration.ofSeconds(20));
        effects.fail(key, ((EffectLedger.Claim.Held) claim).token(), FailureCode.OUTCOME_UNKNOWN, "no answer", true);
        String effect = "\"account\": \"square-northwind\", \"subject\": \"inventory/recovered\","
                + " \"operation\": \"publish\", \"intent\": 1";

        Answer driven = api.post(
                "/v1/effects/redrives", Role.ADMIN, "{\"account\": \"square-northwind\", \"operation\": \"publish\"}");
        assertThat(driven.text("/unattended/0/subject")).isEqualTo("inventory/recovered");
        assertThat(api.post(
                                "/v1/effects/redrives",
                                Role.ADMIN,
                                "{\"account\": \"square-northwind\", \"after\": \"somewhere\"}")
                        .text("/errors/0/pointer"))
                .isEqualTo("/after");
        assertThat(settle("{" + effect + ", \"found\": \"HAPPENED\"}").status()).isEqualTo(422);
        assertThat(settle("{" + effect.replace("1", "7") + ", \"found\": \"NOT_THERE\"}")
                        .status())
                .isEqualTo(404);
        String happened = "{" + effect + ", \"found\": \"HAPPENED\", \"reference\": \"SQ-1\"}";
        assertThat(settle(happened).text("/state")).isEqualTo("SUCCEEDED");
        assertThat(settle(happened).text("/reference")).isEqualTo("SQ-1");
        assertThat(settle("{" + effect + ", \"found\": \"NOT_THERE\"}").status())
                .isEqualTo(409);
    }

    private Answer settle(String body) {
        return api.post("/v1/effects/settlements", Role.ADMIN, body);
    }

    @Test
    void anAccountIsComparedWhenSomebodyWantsIt() {
        Answer asked = api.post("/v1/systems/northwind/reconciliations", Role.ADMIN, "");

        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.text("/askedAt")).startsWith("20");
        assertThat(api.get("/v1/systems/northwind/reconciliations", Role.VIEWER).text("/account"))
                .isEqualTo("northwind");
        assertThat(api.get("/v1/systems/northwind/reconciliations?since=" + asked.text("/askedAt"), Role.VIEWER)
                        .text("/found"))
                .isEqualTo("0");
        assertThat(api.get("/v1/systems/northwind/reconciliations?since=today", Role.VIEWER)
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/v1/systems/tryton-northwind/reconciliations", Role.ADMIN, "")
                        .status())
                .isEqualTo(404);
    }
}
