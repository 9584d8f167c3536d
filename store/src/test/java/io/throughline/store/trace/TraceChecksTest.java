package io.throughline.store.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceChecks;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All lines are checked as one is: what was changed past the program is found, and shown once. */
class TraceChecksTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(8);

    private static final Duration DAY = Duration.ofHours(24);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Trace trace = POSTGRES.database().trace();
    private final TraceChecks checks = POSTGRES.database().traceChecks();
    private final String subject = "checked/" + NUMBERS.incrementAndGet();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update trace_entry set body = replace(body, 'second', 'Second') where subject = '%s' and seq = 2",
                "update trace_entry set body = 'no JSON' where subject = '%s' and seq = 2",
                "update trace_entry set hash = sha256('x') where subject = '%s' and seq = 3",
                "update trace_entry set entry_key = 'other' where subject = '%s' and seq = 1",
                "delete from trace_entry where subject = '%s' and seq = 2",
                "delete from trace_entry where subject = '%s' and seq = 3",
                "delete from trace_entry where subject = '%s'",
                "update trace_subject set seq = 4 where subject = '%s'",
                "update trace_subject set hash = sha256('x') where subject = '%s'"
            })
    void findsWhatTheCheckOfOneLineFinds(String statement) {
        three();
        pass();
        assertThat(broken()).isEmpty();
        tamper(statement);
        long first = trace.firstBroken(subject).orElseThrow();

        pass();

        assertThat(broken())
                .singleElement()
                .satisfies(found -> assertThat(found.code()).isEqualTo(FailureCode.TRACE_BROKEN))
                .extracting(Case::detail)
                .asString()
                .startsWith("entry " + first + " ");
    }

    @Test
    void whatWasSeenToIsNotShownAgain() {
        three();
        tamper("update trace_entry set body = replace(body, 'third', 'Third') where subject = '%s' and seq = 3");
        pass();
        POSTGRES.database().cases().close(broken().getFirst().id(), "somebody has seen to it");

        pass();
        assertThat(broken()).hasSize(1);

        tamper("update trace_entry set body = replace(body, 'first', 'First') where subject = '%s' and seq = 1");
        pass();
        assertThat(broken()).as("an earlier entry").hasSize(2);
    }

    @Test
    void aCaseAboutAnOrderIsItsAccounts() {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        execute("delete from trace_entry where subject = '" + order + "' and seq = 1");

        pass();

        assertThat(POSTGRES.database().cases().ofSubject(order.value()))
                .singleElement()
                .extracting(one -> one.account().value())
                .isEqualTo("northwind");
    }

    @Test
    void aPassGoesOnWhereTheLastTurnEndedAndTheNextOneComesADayLater() {
        three();
        pass();
        long lines = checks.standing().lines();
        assertThat(checks.standing().endedAt()).isPresent();
        assertThat(checks.check(1000, DAY)).as("it is not due").isZero();

        POSTGRES.clock().advance(DAY);
        assertThat(checks.check(1, DAY)).isOne();
        assertThat(checks.standing().endedAt()).isEmpty();
        POSTGRES.clock().advance(DAY.plusHours(1));
        while (checks.standing().endedAt().isEmpty()) {
            checks.check(2, DAY);
        }
        assertThat(checks.standing().lines()).isEqualTo(lines);
    }

    @Test
    void twoWorkersShareAPass() throws Exception {
        three();
        pass();
        long lines = checks.standing().lines();
        POSTGRES.clock().advance(DAY);
        // Else who comes before anybody has begun would take the last pass for this one.
        int first = checks.check(1, DAY);

        int checked = Together.run(4, worker -> {
                    int own = 0;
                    do {
                        own += checks.check(1, DAY);
                    } while (checks.standing().endedAt().isEmpty());
                    return own;
                })
                .stream()
                .mapToInt(Integer::intValue)
                .sum();

        assertThat(first + checked).isEqualTo((int) lines);
    }

    @Test
    void aLineThatNothingCanBeAppendedToIsShownBesideIt() {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        execute("update trace_subject set seq = seq - 1 where subject = '" + order + "'");

        pass();

        assertThat(checks.standing().endedAt()).isPresent();
        assertThat(POSTGRES.database().cases().ofSubject(order.value())).isEmpty();
        assertThat(POSTGRES.database().cases().ofSubject("trace/" + order))
                .singleElement()
                .satisfies(found -> assertThat(found.account().value()).isEqualTo("northwind"))
                .satisfies(found -> assertThat(found.code()).isEqualTo(FailureCode.TRACE_BROKEN));
        execute("update trace_subject set seq = seq + 1 where subject = '" + order + "'");
    }

    @Test
    void aLongLineEndsItsTurn() {
        three();
        trace.append(subject + "/next", "1", "test.kind", "first", Map.of());
        pass();
        long lines = checks.standing().lines();
        tamper("update trace_subject set seq = 1000000 where subject = '%s'");
        POSTGRES.clock().advance(DAY);

        assertThat(checks.check(1000, DAY)).isLessThan((int) lines);
        assertThat(checks.standing().endedAt()).isEmpty();
        finish();
        assertThat(checks.standing().lines()).as("and that of the case").isEqualTo(lines + 1);
        assertThat(broken()).hasSize(1);
        tamper("update trace_subject set seq = 3 where subject = '%s'");
    }

    /** The rest of one that is under way, and a whole one. */
    private void pass() {
        finish();
        POSTGRES.clock().advance(DAY);
        checks.check(1000, DAY);
        finish();
    }

    private void finish() {
        while (checks.standing().beganAt().isPresent()
                && checks.standing().endedAt().isEmpty()) {
            checks.check(1000, DAY);
        }
    }

    private List<Case> broken() {
        return POSTGRES.database().cases().ofSubject("trace/" + subject);
    }

    private void three() {
        trace.append(subject, "1", "test.kind", "first", Map.of());
        trace.append(subject, "2", "test.kind", "second", Map.of());
        trace.append(subject, "3", "test.kind", "third \"quoted\" é", Map.of("a", "b"));
    }

    private void tamper(String statement) {
        execute(statement.formatted(subject));
    }

    /** Past the program. */
    private static void execute(String statement) {
        POSTGRES.tables().useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            handle.execute(statement);
        });
    }
}
