package io.throughline.store.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.trace.Audit;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Audit audit = POSTGRES.database().audit();

    @Test
    void tellsWhoDidWhatTheNewestFirst() {
        tell("S-1", "opened", Map.of("code", "\"actor\" is a word"));
        tell("S-1", "ada assigns", Map.of("actor", "ada (key 1)"));
        Instant between = POSTGRES.clock().instant().plusMillis(1);
        tell("S-2", "bob comments", Map.of("actor", "bob (key 2)"));
        tell("S-1", "ada comments", Map.of("actor", "ada (key 1)", "words", "1"));

        assertThat(summaries(Optional.empty(), Optional.empty(), 10))
                .containsExactly("ada comments", "bob comments", "ada assigns");
        assertThat(summaries(Optional.of("ada (key 1)"), Optional.empty(), 10))
                .containsExactly("ada comments", "ada assigns");
        assertThat(summaries(Optional.empty(), Optional.of(between), 10)).containsExactly("ada assigns");
        assertThat(summaries(Optional.empty(), Optional.empty(), 1)).containsExactly("ada comments");
        assertThat(audit.acts(Optional.of("carol"), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void readsFromAnIndex() {
        assertThat(plan("order by (body::jsonb ->> 'at') desc")).contains("trace_entry_of_people");
        assertThat(plan("and (body::jsonb -> 'detail' ->> 'actor') = 'ada (key 1)' order by (body::jsonb ->>"
                        + " 'at') desc"))
                .contains("trace_entry_by_actor");
    }

    private static String plan(String rest) {
        return POSTGRES.tables().inTransaction(handle -> {
            handle.execute("set local enable_seqscan = off");
            return String.join(
                    "\n",
                    handle.select("explain select body, hash from trace_entry where body like '%\"actor\":\"%' " + rest
                                    + " limit 10")
                            .mapTo(String.class)
                            .list());
        });
    }

    private List<String> summaries(Optional<String> actor, Optional<Instant> before, int limit) {
        return audit.acts(actor, before, limit).stream()
                .map(TraceEntry::summary)
                .toList();
    }

    private static void tell(String subject, String summary, Map<String, String> detail) {
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        POSTGRES.database().trace().append(subject, "test/" + summary, "test.done", summary, detail);
    }
}
