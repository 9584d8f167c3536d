package io.throughline.domain.inbox;

import io.throughline.domain.account.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The store of everything that comes in. */
public interface Inbox {
    /** One insert. False: this event was stored before. */
    boolean store(AccountId account, String topic, String eventId, String subject, String body);

    /**
     * Hands the oldest message of the next free subject to {@code handler} and records its answer; subjects that others work on are
     * skipped. False when nothing is due.
     */
    boolean dispatchNext(Handler handler);

    /** Waits until a message was stored, here or in another process, or the time has passed. */
    void awaitNews(Duration atMost) throws InterruptedException;

    /** Messages that could not be read, newest first. */
    List<InboxMessage> deadLetters(int limit);

    /** Puts a dead letter back to the front of its subject. */
    boolean replay(long id);

    Optional<InboxMessage> find(long id);

    /** What to do with one message. An exception means {@link Handling.Later}. */
    interface Handler {
        Handling handle(InboxMessage message);
    }

    /** What became of a message. */
    sealed interface Handling {
        record Done() implements Handling {}

        /** Try again after this time; the subject's later messages wait. */
        record Later(Duration after, String reason) implements Handling {}

        /** Can't be read: becomes a dead letter and parks its own subject only. */
        record Unreadable(String reason) implements Handling {}
    }
}
