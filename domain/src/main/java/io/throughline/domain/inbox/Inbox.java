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
     * The same for what only says that there is news elsewhere. Such messages come in bursts, so they wait for each other; all leave with
     * the first that is due.
     */
    boolean storeHint(
            AccountId account, String topic, String eventId, String subject, String body, Gathering gathering);

    /**
     * Hands the oldest message of the next free subject to {@code handler}, with those that have gathered behind it, and records its
     * answer; subjects that others work on are skipped. False when nothing is due.
     */
    boolean dispatchNext(Handler handler);

    /** Waits until a message was stored, here or in another process, or is due, or the time has passed. */
    void awaitNews(Duration atMost) throws InterruptedException;

    /** Messages that could not be read, newest first. Each has a case ({@link #caseSubject}) for as long. */
    List<InboxMessage> deadLetters(int limit);

    /** Puts a dead letter back to the front of its subject, and closes its case. False: there is no such dead letter. */
    boolean replay(long id);

    /** Gives a dead letter up, closes its case, and lets its subject's later messages go on. False: there is no such dead letter. */
    boolean discard(long id);

    /** What a case about a message has for its subject: a dead letter, or one whose handling fails again and again. */
    static String caseSubject(long id) {
        return "inbox/" + id;
    }

    Optional<InboxMessage> find(long id);

    /** How long a hint waits for others about its subject. */
    enum Gathering {
        /** A moment, for what belongs together is sent within some tens of milliseconds; the first about a subject not at all. */
        BURST,

        /** A third of a second, for what comes many times a second all day: about three wake-ups a second are enough. */
        STREAM,

        /** Some seconds, even the first. */
        UNHURRIED
    }

    /**
     * What to do with messages. An exception means {@link Handling.Later}; after some of them that were no outage ({@code SystemFailure} of
     * a transient category) the message has a case until it is taken in.
     */
    interface Handler {
        Handling handle(InboxMessage message);

        /**
         * What to do with several messages of one subject, the oldest first. {@link Handling.Done} is about all of them, any other
         * answer about the first. Empty, which is what a handler says that knows only single ones: hand them over one by one.
         */
        default Optional<Handling> handleTogether(List<InboxMessage> gathered) {
            return Optional.empty();
        }
    }

    /** What became of a message. */
    sealed interface Handling {
        record Done() implements Handling {}

        /** Try again after this time; the subject's later messages wait. */
        record Later(Duration after, String reason) implements Handling {}

        /** Can't be read: becomes a dead letter with a case, and parks its own subject only. */
        record Unreadable(String reason) implements Handling {}
    }
}
