package io.throughline.store.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Trace trace = POSTGRES.database().trace();
    private final String subject = "subject-" + NUMBERS.incrementAndGet();

    @Test
    void entriesComeBackInTheirOrder() {
        trace.append(subject, "one", "test.begun", "begun: \"☃\" \\ \n", Map.of("a", "1", "näh", "\u2028"));
        trace.append(subject, "two", "test.ended", "ended", Map.of());

        List<TraceEntry> entries = trace.of(subject);

        assertThat(entries).extracting(TraceEntry::seq).containsExactly(1L, 2L);
        assertThat(entries.getFirst().summary()).isEqualTo("begun: \"☃\" \\ \n");
        assertThat(entries.getFirst().detail()).isEqualTo(Map.of("a", "1", "näh", "\u2028"));
        assertThat(entries.getFirst().kind()).isEqualTo("test.begun");
        assertThat(entries.getFirst().at()).isEqualTo(POSTGRES.clock().instant());
        assertThat(entries)
                .extracting(TraceEntry::hash)
                .allSatisfy(hash -> assertThat(hash).matches("[0-9a-f]{64}"));
        assertThat(trace.firstBroken(subject)).isEmpty();
        assertThat(trace.of("nobody")).isEmpty();
        assertThat(trace.firstBroken("nobody")).isEmpty();
    }

    @Test
    void anEntryLeadsToTheStepThatHasWrittenItAndItsChainIsTheSame() {
        StepAttempt attempt = new StepAttempt("order/northwind/1501", UUID.randomUUID(), "a-1");
        trace.append(subject, "one", "test.begun", "by hand", Map.of());
        attempt.call(() -> {
            trace.append(subject, "two", "test.told", "by a step", Map.of());
            return true;
        });
        trace.append(subject, "two", "test.told", "by a step", Map.of());

        assertThat(trace.of(subject))
                .extracting(TraceEntry::writtenBy)
                .containsExactly(Optional.empty(), Optional.of(attempt));
        assertThat(trace.firstBroken(subject)).isEmpty();
        assertThatThrownBy(() -> sql("update trace_entry set run_id = null where subject = '%s'"))
                .hasMessageContaining("trace_entry is append-only");
    }

    @Test
    void theSameKeyAgainIsTheSameEntry() {
        trace.append(subject, "key", "test.kind", "first", Map.of());
        trace.append(subject, "key", "test.kind", "second", Map.of());
        trace.append(subject + "'", "key", "test.kind", "elsewhere", Map.of());

        assertThat(trace.of(subject)).extracting(TraceEntry::summary).containsExactly("first");
    }

    @Test
    void manyWritersLeaveNoGap() throws Exception {
        Together.run(16, i -> {
            for (int n = 0; n < 10; n++) {
                trace.append(subject, i % 8 + "/" + n, "test.kind", "entry", Map.of());
            }
            return true;
        });

        assertThat(trace.of(subject))
                .extracting(TraceEntry::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 80).boxed().toList());
        assertThat(trace.firstBroken(subject)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update trace_entry set body = '{}' where subject = '%s'",
                "delete from trace_entry where subject = '%s'",
                "truncate trace_entry cascade"
            })
    void databaseRefusesToChangeWhatWasWritten(String statement) {
        three();

        assertThatThrownBy(() -> sql(statement)).hasMessageContaining("trace_entry is append-only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update trace_entry set body = replace(body, 'second', 'altered') where subject = '%s' and seq = 2",
                "update trace_entry set entry_key = 'forged' where subject = '%s' and seq = 2",
                "update trace_entry set hash = sha256(convert_to(body, 'UTF8')) where subject = '%s' and seq = 2",
                "delete from trace_entry where subject = '%s' and seq = 2",
            })
    void tamperingPastTheTriggersIsNoticed(String statement) {
        three();

        tamper(statement);

        assertThat(trace.firstBroken(subject)).contains(2L);
    }

    @Test
    void reorderedAndCutOffEntriesAreNoticed() {
        three();
        tamper("update trace_entry set seq = 9 where subject = '%s' and seq = 2");
        assertThat(trace.firstBroken(subject)).contains(2L);

        String other = subject + "/cut";
        trace.append(other, "1", "test.kind", "first", Map.of());
        trace.append(other, "2", "test.kind", "second", Map.of());
        tamper("delete from trace_entry where subject = '" + other + "' and seq = 2");
        assertThat(trace.firstBroken(other)).contains(2L);
    }

    @Test
    void workAndWorkflowWriteToTheirOrdersLine() {
        trace.append("O-7K2M9Q4XTA-F12", "work", "test.kind", "of the work", Map.of());
        trace.append("O-7K2M9Q4XTA", "order", "test.kind", "of the order", Map.of());
        trace.link("tracking-1", "O-7K2M9Q4XTA-F12");

        assertThat(trace.of("O-7K2M9Q4XTA")).hasSize(2);
        assertThat(trace.of("O-7K2M9Q4XTA-F1")).isEqualTo(trace.of("O-7K2M9Q4XTA"));
        assertThat(trace.lookup("tracking-1")).contains("O-7K2M9Q4XTA");
    }

    @Test
    void anIdOfSeveralSubjectsGivesTheLatest() {
        trace.link("#1001" + subject, "first");
        trace.link("#1001" + subject, "second");
        trace.link("#1001" + subject, "second");

        assertThat(trace.lookup("#1001" + subject)).contains("second");
        assertThat(trace.lookup("unheard of")).isEmpty();
    }

    @Test
    void whatIsAppendedWhileALineIsCheckedIsNoBreak() throws Exception {
        assertThat(Together.run(4, i -> {
                    for (int n = 0; i > 0 && n < 100; n++) {
                        trace.append(subject, i + "/" + n, "test.kind", "entry", Map.of());
                    }
                    return LongStream.range(0, i > 0 ? 0 : 300)
                            .boxed()
                            .flatMap(turn -> trace.firstBroken(subject).stream())
                            .toList();
                }))
                .allSatisfy(broken -> assertThat(broken).isEmpty());
        assertThat(trace.verify(subject).entries()).isEqualTo(300);
    }

    @Test
    void whatCantBeReadAnyMoreIsToldAmongTheOthers() {
        three();
        tamper("update trace_entry set body = 'no JSON' where subject = '%s' and seq = 2");

        assertThat(trace.of(subject))
                .extracting(TraceEntry::kind)
                .containsExactly("test.kind", "trace.unreadable", "test.kind");
        assertThat(trace.verify(subject).firstBroken()).contains(2L);
        assertThat(trace.verify(subject).lastHash())
                .contains(trace.of(subject).getLast().hash());
    }

    @Test
    void aNameOfOursLeadsToItsOwnLineWhoeverMentionsIt() {
        trace.append("O-8K2M9Q4XTA-F1", "work", "test.kind", "of the work", Map.of());
        trace.append("transfer/T-8K2M9Q4XTA", "sent", "test.kind", "of the transfer", Map.of());
        trace.link("O-8K2M9Q4XTA-F1", "transfer/T-8K2M9Q4XTA");
        trace.link("T-8K2M9Q4XTA", "O-8K2M9Q4XTA");

        assertThat(trace.lookup("O-8K2M9Q4XTA-F1")).contains("O-8K2M9Q4XTA");
        assertThat(trace.lookup("O-8K2M9Q4XTA-F1-P1")).contains("O-8K2M9Q4XTA");
        assertThat(trace.lookup("T-8K2M9Q4XTA")).contains("transfer/T-8K2M9Q4XTA");
        assertThat(trace.lookup("T-9999999999")).isEmpty();
    }

    private void three() {
        trace.append(subject, "1", "test.kind", "first", Map.of());
        trace.append(subject, "2", "test.kind", "second", Map.of());
        trace.append(subject, "3", "test.kind", "third", Map.of());
    }

    private void sql(String statement) {
        POSTGRES.tables().useHandle(handle -> handle.execute(statement.formatted(subject)));
    }

    /** As somebody who owns the database could. */
    private void tamper(String statement) {
        POSTGRES.tables().useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            handle.execute(statement.formatted(subject));
        });
        assertThat(trace.of(subject)).isNotEmpty();
    }
}
