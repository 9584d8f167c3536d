package io.throughline.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Gathering;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.store.PostgresExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** An empty inbox, and what was handled of it. */
@ResourceLock("the database of InboxFixture")
abstract class InboxFixture {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(16);

    static final AccountId SHOP = SampleAccounts.SHOP;

    final Inbox inbox = POSTGRES.database().inbox();
    final List<String> handled = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void empty() {
        POSTGRES.tables().useHandle(handle -> handle.execute("truncate inbox_message, inbox_subject"));
    }

    boolean store(String eventId, String subject) {
        return inbox.store(SHOP, "orders/updated", eventId, subject, "{}");
    }

    void hint(String eventId, String subject) {
        assertThat(inbox.storeHint(SHOP, "orders/updated", eventId, subject, "{}", Gathering.BURST))
                .isTrue();
    }

    /** Takes in what has gathered, and remembers it. */
    static final class Burst implements Inbox.Handler {
        final List<String> seen = new ArrayList<>();
        int calls;

        @Override
        public Handling handle(InboxMessage message) {
            return handleTogether(List.of(message)).orElseThrow();
        }

        @Override
        public Optional<Handling> handleTogether(List<InboxMessage> gathered) {
            calls++;
            gathered.forEach(message -> seen.add(message.eventId()));
            return Optional.of(new Handling.Done());
        }
    }

    Handling done(InboxMessage message) {
        handled.add(message.eventId());
        return new Handling.Done();
    }

    static void drain(Inbox inbox, Inbox.Handler handler) {
        boolean more = true;
        while (more) {
            more = inbox.dispatchNext(handler);
        }
    }

    static void makeDue() {
        POSTGRES.tables().useHandle(handle -> handle.execute("update inbox_subject set due_at = clock_timestamp()"));
    }
}
