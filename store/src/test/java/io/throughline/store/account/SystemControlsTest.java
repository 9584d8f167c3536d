package io.throughline.store.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemControls.Kind;
import io.throughline.domain.account.SystemControls.Word;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.internal.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people say about systems holds for all processes, and is told. */
class SystemControlsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Word ADA = new Word("ada (key 1)", "its upgrade");
    private static final Word BOB = new Word("bob (key 2)", "it is back");

    private final AccountId account =
            AccountId.of("a" + UUID.randomUUID().toString().substring(0, 8));
    private final SystemControls controls = POSTGRES.database().systemControls();

    @Test
    void aPauseHoldsForEveryProcessUntilItIsResumed() {
        gate().pass(account);

        controls.pause(account, ADA);

        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> gate().pass(account))
                .satisfies(held -> {
                    assertThat(held.code()).isEqualTo(FailureCode.SYSTEM_PAUSED);
                    assertThat(held.effectPossible()).isFalse();
                    assertThat(held.retryAfter())
                            .hasValueSatisfying(after -> assertThat(after).isPositive());
                    assertThat(held.getMessage())
                            .as("words of people are for no history")
                            .doesNotContain("upgrade");
                });
        gate().pass(AccountId.of("another"));

        controls.resume(account, BOB);

        gate().pass(account);
        assertThat(gate().resumedAt(account)).isPresent();
    }

    @Test
    void aProcessHearsOfAPauseWithinASecond() {
        AtomicLong nanoTime = new AtomicLong();
        POSTGRES.tables().useHandle(handle -> {
            Transactions transactions =
                    new Transactions(Jdbi.create(handle.getConnection()).installPlugin(new PostgresPlugin()));
            SystemGate other = new PostgresSystemGate(controls, transactions, nanoTime::get);
            other.pass(account);

            controls.pause(account, ADA);
            nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());

            assertThatExceptionOfType(SystemFailure.class)
                    .isThrownBy(() -> other.pass(account))
                    .satisfies(held -> assertThat(held.code()).isEqualTo(FailureCode.SYSTEM_PAUSED));
        });
    }

    @Test
    void whatHasPassedGoesOnToItsEnd() {
        SystemGate gate = gate();
        String done = Passage.once(gate, account, () -> {
            controls.pause(account, ADA);
            Passage.ask(gate(), account);
            return "done";
        });

        assertThat(done).isEqualTo("done");
        assertThatExceptionOfType(SystemFailure.class).isThrownBy(() -> Passage.ask(gate(), account));
    }

    @Test
    void whatIsSaidAgainChangesNothing() {
        Control first = controls.pause(account, ADA);

        assertThat(controls.pause(account, BOB)).isEqualTo(first);
        controls.resume(account, BOB);
        controls.resume(account, ADA);
        controls.limit(account, Optional.of(2.5), ADA);
        controls.limit(account, Optional.of(2.5), BOB);
        controls.limit(account, Optional.empty(), BOB);

        assertThat(controls.acts(account, 10))
                .extracting(SystemControls.Act::kind)
                .containsExactly(Kind.UNLIMITED, Kind.LIMITED, Kind.RESUMED, Kind.PAUSED);
        assertThat(POSTGRES.database().trace().of("system/" + account))
                .extracting(TraceEntry::kind)
                .containsExactly("system.paused", "system.resumed", "system.limited", "system.unlimited");
        assertThat(POSTGRES.database().trace().of("system/" + account))
                .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("upgrade", "it is back"));
    }

    @Test
    void ofManyProcessesSoManyASecondPass() {
        controls.limit(account, Optional.of(20.0), ADA);
        List<SystemGate> processes =
                IntStream.range(0, 4).mapToObj(number -> gate()).toList();
        long began = System.nanoTime();

        List<CompletableFuture<Void>> all = IntStream.range(0, 24)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> processes.get(number % processes.size()).pass(account)))
                .toList();
        all.forEach(CompletableFuture::join);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("the 24th comes 23 turns of 50 ms after the first")
                .isGreaterThan(Duration.ofMillis(1_100));
    }

    @Test
    void whoseTurnIsFarOffIsSentAwayAndTakesNone() {
        controls.limit(account, Optional.of(0.1), ADA);
        gate().pass(account);

        assertThatExceptionOfType(SystemFailure.class)
                .isThrownBy(() -> gate().pass(account))
                .extracting(SystemFailure::code)
                .isEqualTo(FailureCode.SYSTEM_PAUSED);

        controls.limit(account, Optional.empty(), BOB);
        gate().pass(account);
        gate().pass(account);
    }

    @Test
    void aRateIsWithinBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> controls.limit(account, Optional.of(0.0), ADA));
        assertThatIllegalArgumentException().isThrownBy(() -> controls.limit(account, Optional.of(Double.NaN), ADA));
        assertThatIllegalArgumentException().isThrownBy(() -> new Word("ada", " "));
        assertThat(controls.of(account)).isEqualTo(Control.free(account));
    }

    /** That of a process which has heard nothing yet. */
    private static SystemGate gate() {
        return POSTGRES.database().systemGate();
    }
}
