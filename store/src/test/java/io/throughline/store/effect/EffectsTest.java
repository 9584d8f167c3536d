package io.throughline.store.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.Claim;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectLedger.State;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EffectsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final AtomicInteger NUMBERS = new AtomicInteger(1000000);

    private final EffectLedger effects = POSTGRES.database().effects();
    private final String order = "O-000" + NUMBERS.incrementAndGet();
    private final EffectKey key = effects.intend(SampleAccounts.SHOP, order, "capture", "T1");

    @Test
    void onePurposeIsOneIntentWhoeverAsks() {
        assertThat(effects.intend(SampleAccounts.SHOP, order, "capture", "T1")).isEqualTo(key);
        assertThat(effects.intend(SampleAccounts.SHOP, order, "capture", "T2").intent())
                .isEqualTo(2);
        assertThat(effects.intend(SampleAccounts.SHOP, order, "refund", "T1").intent())
                .isEqualTo(1);
        assertThat(effects.intend(SampleAccounts.ERP, order, "capture", "T1").intent())
                .isEqualTo(1);
        assertThat(key).hasToString("northwind/" + order + "/capture/1");
    }

    @Test
    void purposesThatComeTogetherGetNumbersOfTheirOwn() throws Exception {
        List<EffectKey> keys =
                Together.run(8, i -> effects.intend(SampleAccounts.SHOP, order, "refund", "purpose " + i % 4));

        assertThat(keys.stream().map(EffectKey::intent).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 4).boxed().toList());
    }

    @Test
    void oneHolderAtATimeAndThenSettled() {
        Claim.Held held = held("hash");
        assertThat(held.mustProbe()).isFalse();
        assertThat(held.generation()).isEqualTo(1);
        assertThat(claim("hash"))
                .isInstanceOfSatisfying(
                        Claim.InFlight.class,
                        flight -> assertThat(flight.until())
                                .isBetween(
                                        Instant.now().plus(LEASE).minusSeconds(60),
                                        Instant.now().plus(LEASE).plusSeconds(60)));

        Receipt receipt = new Receipt("gid://transaction/7", Map.of("move", "2026/00017"));
        assertThat(effects.succeed(key, held.token(), receipt)).isTrue();
        assertThat(effects.succeed(key, held.token(), receipt)).isTrue();

        assertThat(claim("hash")).isEqualTo(new Claim.Settled(receipt));
        Effect effect = effects.find(key).orElseThrow();
        assertThat(effect.state()).isEqualTo(State.SUCCEEDED);
        assertThat(effect.attempts()).isEqualTo(1);
        assertThat(effect.receipt()).contains(receipt);
        assertThat(kinds()).containsExactly("effect.begun", "effect.done");
        assertThat(entries().getFirst().detail()).containsEntry("request", "hash");
        assertThat(entries().getLast().detail()).containsEntry("reference", "gid://transaction/7");
        assertThat(POSTGRES.database().trace().lookup("2026/00017")).contains(order);
    }

    @Test
    void manyClaimsAtOnceGiveOneHolder() throws Exception {
        List<Claim> claims = Together.run(16, i -> claim("hash"));

        assertThat(claims).filteredOn(Claim.Held.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(Claim.InFlight.class::isInstance).hasSize(15);
    }

    @Test
    void anAttemptThatOutlivedItsLeaseCantSettle() {
        Claim.Held stalled = held("hash");
        letLeaseRunOut();

        Claim.Held successor = held("hash");

        assertThat(successor.token()).isGreaterThan(stalled.token());
        assertThat(successor.mustProbe()).isTrue();
        assertThat(successor.firstFailedAt()).isPresent();
        assertThat(effects.succeed(key, stalled.token(), Receipt.of("late"))).isFalse();
        assertThat(effects.refuse(key, stalled.token(), FailureCode.CAPTURE_DECLINED, "late"))
                .isFalse();
        effects.fail(key, stalled.token(), FailureCode.SYSTEM_ERROR, "late", false);
        assertThat(kinds())
                .filteredOn("effect.overtaken"::equals)
                .as("one for each that told")
                .hasSize(3);
        assertThatThrownBy(() -> effects.nextGeneration(key, stalled.token())).isInstanceOf(SystemFailure.class);
        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.LEASED);
        assertThat(effects.succeed(key, successor.token(), Receipt.of("found"))).isTrue();
        assertThat(effects.succeed(key, stalled.token(), Receipt.of("late"))).isFalse();
        assertThat(effects.find(key).orElseThrow().receipt()).contains(Receipt.of("found"));
        assertThat(kinds()).contains("effect.overtaken");
    }

    @Test
    void theNewestAttemptMaySettleAfterItsLease() {
        Claim.Held slow = held("hash");
        letLeaseRunOut();

        assertThat(effects.succeed(key, slow.token(), Receipt.of("slow"))).isTrue();
    }

    @Test
    void anUnknownOutcomeIsProbedUntilItIsSettled() {
        effects.fail(key, held("hash").token(), FailureCode.OUTCOME_UNKNOWN, "timed out", true);
        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.UNKNOWN);

        Claim.Held second = held("hash");
        assertThat(second.mustProbe()).isTrue();
        effects.fail(key, second.token(), FailureCode.SYSTEM_UNREACHABLE, "refused", false);

        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.UNKNOWN);
        assertThat(held("hash").mustProbe()).isTrue();
    }

    @Test
    void aFailureWithoutEffectNeedsNoProbe() {
        Instant first = POSTGRES.clock().instant();
        effects.fail(key, held("hash").token(), FailureCode.SYSTEM_UNREACHABLE, "refused", false);
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.PENDING);

        Claim.Held second = held("hash");
        assertThat(second.mustProbe()).isFalse();
        assertThat(second.firstFailedAt()).contains(first);
        effects.fail(key, second.token(), FailureCode.SYSTEM_UNREACHABLE, "refused", false);
        effects.fail(key, held("hash").token(), FailureCode.SYSTEM_UNREACHABLE, "refused", false);

        assertThat(effects.find(key).orElseThrow().attempts()).isEqualTo(3);
        assertThat(kinds()).containsExactly("effect.begun", "effect.failed");
    }

    @Test
    void aNewGenerationBeginsTheVendorsMemoryAnew() {
        effects.fail(key, held("hash").token(), FailureCode.OUTCOME_UNKNOWN, "timed out", true);
        POSTGRES.clock().advance(Duration.ofHours(13));

        Claim.Held held = held("hash");
        assertThat(effects.nextGeneration(key, held.token())).isEqualTo(2);
        effects.fail(key, held.token(), FailureCode.OUTCOME_UNKNOWN, "timed out", true);

        Claim.Held next = held("hash");
        assertThat(next.generation()).isEqualTo(2);
        assertThat(next.firstFailedAt()).contains(POSTGRES.clock().instant());
    }

    @Test
    void aRefusalStandsUntilSomebodyReopensIt() {
        Claim.Held held = held("hash");
        assertThat(effects.refuse(key, held.token(), FailureCode.ERP_REJECTED, "no such product"))
                .isTrue();
        assertThat(effects.refuse(key, held.token(), FailureCode.ERP_REJECTED, "no such product"))
                .isTrue();
        assertThat(claim("hash")).isEqualTo(new Claim.AlreadyRefused(FailureCode.ERP_REJECTED, "no such product"));

        effects.reopen(key);
        effects.reopen(key);

        Claim.Held again = held("hash");
        assertThat(again.generation()).isEqualTo(2);
        assertThat(again.mustProbe()).isTrue();
        assertThat(kinds()).containsOnlyOnce("effect.reopened");
    }

    @Test
    void whatHadNoEffectMayBeAskedForOtherwise() {
        effects.fail(key, held("two tees").token(), FailureCode.SYSTEM_UNREACHABLE, "refused", false);

        Claim.Held otherwise = held("three tees");
        assertThat(otherwise.generation()).isEqualTo(2);
        assertThat(otherwise.mustProbe()).isFalse();
        assertThat(otherwise.firstFailedAt()).isEmpty();
        assertAmended("three tees", "2");

        effects.fail(key, otherwise.token(), FailureCode.SYSTEM_UNREACHABLE, "refused", false);
        assertThat(held("three tees").generation()).isEqualTo(2);
        assertThat(kinds()).containsOnlyOnce("effect.amended");
    }

    @Test
    void whatMayHaveHappenedIsLookedForBeforeItIsAskedForOtherwise() {
        effects.fail(key, held("two tees").token(), FailureCode.OUTCOME_UNKNOWN, "timed out", true);

        Claim.Held otherwise = held("three tees");
        assertThat(otherwise.generation()).isEqualTo(2);
        assertThat(otherwise.mustProbe()).isTrue();
        assertAmended("three tees", "2");

        letLeaseRunOut();
        Claim.Held again = held("four tees");
        assertThat(again.generation()).isEqualTo(3);
        assertThat(again.mustProbe()).isTrue();
    }

    private void assertAmended(String request, String generation) {
        TraceEntry last = entries().getLast();
        assertThat(last.kind()).isEqualTo("effect.amended");
        assertThat(last.detail()).containsEntry("request", request).containsEntry("generation", generation);
    }

    @Test
    void whatIsUnderWayOrRefusedIsSoWhateverIsAskedForNow() {
        Claim.Held held = held("two tees");
        assertThat(claim("three tees")).isInstanceOf(Claim.InFlight.class);
        effects.refuse(key, held.token(), FailureCode.ERP_REJECTED, "no");
        assertThat(claim("three tees")).isEqualTo(new Claim.AlreadyRefused(FailureCode.ERP_REJECTED, "no"));

        effects.reopen(key);

        assertThat(held("three tees").mustProbe()).isTrue();
    }

    @Test
    void whatWasDoneIsNeverAskedForOtherwise() {
        effects.succeed(key, held("two tees").token(), Receipt.of("done"));

        assertInternalError("three tees");
        assertThat(claim("two tees")).isEqualTo(new Claim.Settled(Receipt.of("done")));
    }

    @Test
    void whatWouldHaveBeenSentIsReadInTheTrace() {
        String request = "O-1/invoice 107.64 USD: NW-TEE × 2 99.00 USD + 8.64 USD NY State";
        effects.succeed(key, held(request).token(), Receipt.notSent(EffectMode.SHADOW));

        assertThat(entries()).extracting(TraceEntry::kind).containsExactly("effect.begun", "effect.shadowed");
        assertThat(entries().getFirst().detail()).containsEntry("request", request);
        assertThat(entries().getLast().detail())
                .containsEntry("reference", "not-sent")
                .containsEntry("mode", "SHADOW");
    }

    @Test
    void theTraceShowsHowALongRequestBegins() {
        String thousands = "NW-TEE 1>2\n".repeat(5_000);

        held(thousands);

        assertThat(thousands).startsWith(entries().getFirst().detail().get("request"));
        assertThat(entries().getFirst().detail().get("request")).hasSize(4_000);
        assertThat(entries().getFirst().detail().get("requestHash")).hasSize(64);
    }

    @Test
    void whatWasNotSentIsShadowed() {
        effects.succeed(key, held("hash").token(), new Receipt("not-sent", Map.of("mode", "SHADOW")));

        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.SHADOWED);
        assertThat(claim("hash")).isInstanceOf(Claim.Settled.class);
        assertThat(POSTGRES.database().trace().lookup("not-sent")).isEmpty();
    }

    @Test
    void effectsOfAnOrderIncludeThoseOfItsWork() {
        String leg = order + "-F1";
        EffectKey release = effects.intend(SampleAccounts.POS, leg, "release", "once");
        held("hash");
        effects.claim(release, OutsideSystem.SQUARE, "hash", LEASE);

        assertThat(effects.ofSubject(order)).extracting(Effect::key).containsExactly(key, release);
        assertThat(effects.ofSubject(leg)).extracting(Effect::key).containsExactly(release);
        assertThat(entries()).extracting(TraceEntry::subject).containsOnly(order);
        assertThat(entries()).hasSize(2);
    }

    @Test
    void intentThatNobodyClaimedIsNotFound() {
        assertThat(effects.find(key)).isEmpty();
        assertThatThrownBy(() -> effects.claim(
                        new EffectKey(SampleAccounts.SHOP, order, "never", 1), OutsideSystem.SHOPIFY, "hash", LEASE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What was never reached is done with; what may have happened is looked for until somebody knows. */
    @Test
    void whatIsWantedNoMoreIsGivenUpAndLookedForWhereItMayHaveHappened() {
        effects.giveUp(SampleAccounts.SHOP, order, "capture", "T1", "nobody wants it");
        assertThat(effects.find(key)).as("nobody has tried it").isEmpty();

        Claim.Held held = held("hash");
        effects.giveUp(SampleAccounts.SHOP, order, "capture", "T1", "nobody wants it");
        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.GIVEN_UP);
        assertThat(unclear()).as("it is being tried: it may happen yet").containsExactly(key);
        assertThat(effects.succeed(key, held.token(), new Receipt("late", Map.of())))
                .as("whoever was at it is told so")
                .isFalse();
        effects.clarified(key, "it was given back");

        Claim.Held failing = held("hash");
        effects.fail(key, failing.token(), FailureCode.SYSTEM_UNREACHABLE, "no answer", false);
        effects.giveUp(SampleAccounts.SHOP, order, "capture", "T1", "nobody wants it");
        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.GIVEN_UP);
        assertThat(unclear()).isEmpty();

        Claim.Held again = held("hash");
        assertThat(again.mustProbe()).as("wanted after all").isFalse();
        effects.fail(key, again.token(), FailureCode.OUTCOME_UNKNOWN, "no answer", true);
        effects.giveUp(SampleAccounts.SHOP, order, "capture", "T1", "nobody wants it");
        effects.giveUp(SampleAccounts.SHOP, order, "capture", "T1", "nobody wants it");
        assertThat(unclear()).containsExactly(key);
        assertThat(effects.succeed(key, again.token(), new Receipt("late", Map.of())))
                .as("whoever comes late is told so")
                .isFalse();

        effects.clarified(key, "it was given back");
        effects.clarified(key, "it was given back");
        assertThat(unclear()).isEmpty();
        assertThat(effects.find(key).orElseThrow().state()).isEqualTo(State.GIVEN_UP);
        assertThat(POSTGRES.database().trace().of(order))
                .extracting(TraceEntry::kind)
                .filteredOn("effect.clarified"::equals)
                .as("each once")
                .hasSize(2);
        Claim.Held anew = held("hash");
        assertThat(anew.mustProbe()).isFalse();
        assertThat(anew.generation()).as("under another key").isGreaterThan(again.generation());
    }

    private List<EffectKey> unclear() {
        return effects.unclear(SampleAccounts.SHOP, "capture", 1_000).stream()
                .map(EffectLedger.Effect::key)
                .filter(one -> one.subject().equals(order))
                .toList();
    }

    @Test
    void databaseRefusesStatesThatDontFit() {
        held("hash");

        assertThatThrownBy(() -> sql("update effect set state = 'DONE', lease_until = null where subject = ?"))
                .hasMessageContaining("effect_state_check");
        assertThatThrownBy(() -> sql("update effect set state = 'SUCCEEDED', lease_until = null where subject = ?"))
                .hasMessageContaining("violates check constraint");
    }

    @Test
    void everyStateOfTheDomainFitsTheTable() {
        held("hash");

        for (State state : State.values()) {
            boolean settled = state == State.SUCCEEDED || state == State.SHADOWED;
            POSTGRES.tables()
                    .useHandle(handle -> handle.createUpdate("""
                            update effect set state = :state, code = 'RATE_LIMITED',
                                lease_until = case when :state = 'LEASED' then now() end,
                                receipt = case when :settled then '{}'::jsonb end
                            where subject = :order
                            """)
                            .bind("state", state)
                            .bind("settled", settled)
                            .bind("order", order)
                            .execute());
        }
    }

    private void assertInternalError(String hash) {
        assertThatThrownBy(() -> claim(hash)).isInstanceOfSatisfying(SystemFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL_ERROR);
            assertThat(failure.effectPossible()).isFalse();
        });
    }

    private Claim claim(String hash) {
        return effects.claim(key, OutsideSystem.SHOPIFY, hash, LEASE);
    }

    private Claim.Held held(String hash) {
        Claim claim = claim(hash);
        assertThat(claim).isInstanceOf(Claim.Held.class);
        return (Claim.Held) claim;
    }

    private void letLeaseRunOut() {
        sql("update effect set lease_until = clock_timestamp() - interval '1 second' where subject = ?");
    }

    private void sql(String statement) {
        POSTGRES.tables().useHandle(handle -> handle.execute(statement, order));
    }

    private List<TraceEntry> entries() {
        return POSTGRES.database().trace().of(order);
    }

    private List<String> kinds() {
        return entries().stream().map(TraceEntry::kind).toList();
    }
}
