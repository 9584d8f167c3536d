package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SystemPaces.Pace;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuilds;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recovered by hand: administrators see first what it would be about, do it in the console or by the API, and nobody else does. */
final class RecoveryTest {
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final List<String> PAGES = List.of(
            "/console/recovery",
            "/console/recovery/dead-letters",
            "/console/recovery/effects",
            "/console/recovery/comparisons",
            "/console/recovery/rebuilds");

    private final TestingApi api = TestingApi.get();
    private final Visitor admin = Visitor.signedIn(api, Role.ADMIN);

    @Test
    void administratorsAloneAreShownTheWayThere() {
        for (String page : List.of("/console", "/console/systems")) {
            assertThat(admin.page(page)).contains("href=\"/console/recovery\"");
            for (Role role : EnumSet.of(Role.VIEWER, Role.SUPPORT, Role.FINANCE)) {
                assertThat(Visitor.signedIn(api, role).page(page)).doesNotContain("/console/recovery");
            }
        }
        for (String page : PAGES) {
            assertThat(admin.page(page)).contains("<h1>");
            for (Role role : EnumSet.of(Role.VIEWER, Role.SUPPORT, Role.FINANCE)) {
                assertThat(Visitor.signedIn(api, role).get(page).statusCode()).isEqualTo(403);
            }
        }
    }

    @Test
    void deadLettersAreShownByAFilterAndPutBack() {
        String topic = "recovery/" + UUID.randomUUID();
        dead(topic, "order/northwind/<b>dead");
        String page = "/console/recovery/dead-letters?topic=" + Visitor.encoded(topic);

        assertThat(admin.page(page))
                .contains(topic, "order/northwind/&lt;b&gt;dead", "Put 1 back")
                .doesNotContain("<b>dead");
        assertThat(admin.page(page + "&until=2020-01-01T00:00:00Z")).contains("No dead letter fits");
        assertThat(admin.get(page + "&from=yesterday").statusCode()).isEqualTo(422);
        assertThat(admin.get("/console/recovery/dead-letters?account=%3Cx%3E").statusCode())
                .isEqualTo(422);

        HttpResponse<String> put =
                admin.post("/console/recovery/dead-letters/replays", Map.of("topic", topic, "all", "1"));

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).contains("1 of 1 put back.", "That was all of them.");
        assertThat(admin.page(page)).contains("No dead letter fits");
        assertThat(admin.page("/console/audit")).contains("messages were put back to be handled again");
    }

    /** Others may be dead by the next go; what was filled in, and how far it is, goes with the form. */
    @Test
    void manyDeadLettersArePutBackAGoAtATimeWithHowFarItIs() {
        String topic = "many/" + UUID.randomUUID();
        api.query("""
                with message as (
                    insert into inbox_message (account, topic, event_id, subject, body, received_at, state)
                    select 'northwind', '%1$s', 'm' || n, '%1$s/' || n, '{}', now(), 'DEAD' from generate_series(1, 501) n
                    returning subject),
                subject as (insert into inbox_subject (subject, parked) select subject, true from message)
                select count(*) from message
                """.formatted(topic));
        String path = "/console/recovery/dead-letters/replays";

        String first = admin.post(path, Map.of("topic", topic, "all", "501")).body();
        assertThat(first).contains("500 of 501 put back.", "Go on", "name=\"done\" value=\"500\"");
        Matcher after = Pattern.compile("name=\"after\" value=\"([0-9]+)\"").matcher(first);
        assertThat(after.find()).isTrue();

        assertThat(admin.post(path, Map.of("topic", topic, "all", "501", "done", "500", "after", after.group(1)))
                        .body())
                .contains("501 of 501 put back.", "That was all of them.")
                .doesNotContain("Go on");
        api.query("with done as (update inbox_message set state = 'DONE' where topic = '" + topic
                + "' returning id) select count(*) from done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "99999999999999"})
    void whatNoPageOfOursSendsIsRefused(String number) {
        for (String path : List.of("/console/recovery/dead-letters/replays", "/console/recovery/effects/redrives")) {
            assertThat(admin.post(path, Map.of("done", number, "topic", "none", "account", "nobody"))
                            .statusCode())
                    .isEqualTo(422);
        }
        assertThat(admin.post("/console/recovery/dead-letters/replays", Map.of("after", "m1", "topic", "none"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(admin.post("/console/recovery/rebuilds", Map.of("model", number))
                        .statusCode())
                .isEqualTo(404);
        assertThat(admin.post("/console/recovery/comparisons", Map.of("account", number))
                        .statusCode())
                .isEqualTo(404);
    }

    private void dead(String topic, String subject) {
        api.database().inbox().store(SHOP, topic, topic, subject, "{}");
        api.query("update inbox_message set state = 'DEAD' where topic = '" + topic + "' returning id");
        api.query("update inbox_subject set parked = true where subject = '" + subject + "' returning subject");
    }

    @Test
    void unknownEffectsAreShownAndWhatNobodyLooksForIsNamed() {
        AccountId tills = AccountId.of("square-northwind");
        EffectLedger effects = api.database().effects();
        EffectKey key = effects.intend(tills, "inventory/by-hand", "by-hand", "once");
        EffectLedger.Claim claim = effects.claim(key, OutsideSystem.SQUARE, "what", Duration.ofSeconds(20));
        effects.fail(key, ((EffectLedger.Claim.Held) claim).token(), FailureCode.OUTCOME_UNKNOWN, "no answer", true);

        assertThat(admin.page("/console/recovery/effects?operation=by-hand"))
                .contains("inventory/by-hand", "OUTCOME_UNKNOWN", "Look for 1");
        assertThat(admin.page("/console/recovery/effects?operation=other")).contains("No unknown effect fits");

        HttpResponse<String> driven =
                admin.post("/console/recovery/effects/redrives", Map.of("operation", "by-hand", "all", "1"));

        assertThat(driven.statusCode()).isEqualTo(200);
        assertThat(driven.body())
                .contains(
                        "Nobody looks for these", "admin settle square-northwind inventory/by-hand by-hand 1 happened");
    }

    @Test
    void anAccountIsComparedAndTheWayLeadsToWhatThatFinds() {
        HttpResponse<String> asked = admin.post("/console/recovery/comparisons", Map.of("account", "northwind"));

        assertThat(asked.statusCode()).isEqualTo(303);
        String page = asked.headers().firstValue("Location").orElseThrow();
        assertThat(page).contains("/console/recovery/comparisons?account=northwind&since=20");
        String path = page.substring(page.indexOf("/console"));
        assertThat(admin.page(path)).contains("Comparing", "Nothing was missed");
        api.database().watermarks().advance(SHOP, "orders", Instant.now().plus(Duration.ofHours(1)));
        assertThat(admin.page(path)).contains("Through");
        assertThat(admin.get("/console/recovery/comparisons?account=tryton-northwind")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aReadModelIsAskedForOnceAndItsEndIsTold() {
        Answer first = api.post("/v1/rebuilds/orders", Role.ADMIN, "");
        Answer again = api.post("/v1/rebuilds/orders", Role.ADMIN, "");

        assertThat(first.status()).as(first.body()).isEqualTo(202);
        assertThat(again.text("/askedAt")).isEqualTo(first.text("/askedAt"));
        assertThat(first.text("/askedBy")).startsWith("ADMIN (key ");
        assertThat(admin.page("/console/recovery/rebuilds")).contains("Under way", "balances (compared only)");
        through(ReadModel.ORDERS);
        Answer over = api.get("/v1/rebuilds/orders", Role.ADMIN);
        assertThat(over.text("/percent")).isEqualTo("100");
        assertThat(over.text("/differed")).isEqualTo("0");
        assertThat(over.text("/endedAt")).startsWith("20");
        assertThat(admin.page("/console/recovery/rebuilds")).contains("As the facts say");
        assertThat(api.get("/v1/rebuilds", Role.ADMIN).text("/models/0/model")).isEqualTo("names");
        assertThat(api.post("/v1/rebuilds/everything", Role.ADMIN, "").status()).isEqualTo(404);
    }

    @Test
    void theConsoleAsksForTheSame() {
        assertThat(admin.post("/console/recovery/rebuilds", Map.of("model", "store-days"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(api.database().rebuilds().underWay()).contains(ReadModel.STORE_DAYS);
        assertThat(admin.page("/console/recovery")).contains("under way");
        through(ReadModel.STORE_DAYS);
    }

    private void through(ReadModel model) {
        Rebuilds rebuilds = api.database().rebuilds();
        while (rebuilds.turn(model)) {}
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "ADMIN", mode = EnumSource.Mode.EXCLUDE)
    void nobodyElseMakesAnythingAnew(Role role) {
        assertThat(api.post("/v1/rebuilds/names", role, "").status()).isEqualTo(403);
        assertThat(api.get("/v1/rebuilds/names", role).status()).isEqualTo(403);
        assertThat(api.get("/v1/rebuilds", role).status()).isEqualTo(403);
    }

    @Test
    void howOftenASystemIsAskedIsToldWithWhoseWordThatIs() {
        AccountId tills = AccountId.of("square-northwind");
        Instant told = Instant.parse("2026-11-23T12:00:00Z");
        api.database()
                .systemPaces()
                .tell(List.of(
                        new Pace(tills, Optional.of(40.0), Optional.empty()),
                        new Pace(SHOP, Optional.of(40.0), Optional.of(new CallBudget(1234, 2000, 100, told)))));
        String page = "/console/systems/square-northwind";
        assertThat(admin.page(page)).contains("40/s", "as its queue has it");

        api.post("/v1/systems/square-northwind/rate", Role.ADMIN, "{\"perSecond\": 5, \"reason\": \"back\"}");
        assertThat(admin.page(page)).contains("5/s", "as a person has set it");
        api.post("/v1/systems/square-northwind/rate", Role.ADMIN, "{\"perSecond\": 500, \"reason\": \"wide\"}");
        assertThat(admin.page(page)).as("the lower one is felt").contains("500/s", "as its queue has it");
        api.post("/v1/systems/square-northwind/rate", Role.ADMIN, "{\"reason\": \"none\"}");

        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/systems"))
                .contains("1234 of 2000, 100 a second come back");
        Answer view = api.get("/v1/systems/northwind", Role.VIEWER);
        assertThat(view.text("/system/queuePerSecond")).isEqualTo("40.0");
        assertThat(view.text("/system/points/left")).isEqualTo("1234.0");
    }
}
