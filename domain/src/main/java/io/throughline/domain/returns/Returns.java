package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The returns, in PostgreSQL, as their processes see and move them. Each change is traced in the same transaction, and is made once however
 * often it is asked for.
 */
public interface Returns {
    Optional<Return> find(ReturnId id);

    /** In the order of their numbers. */
    List<Return> ofOrder(OrderId order);

    /** The newest first; at most {@code limit} (1 to 500). */
    List<Return> recent(int limit);

    /** The newest first. */
    List<Return> list(ReturnFilter filter);

    /** What has come of it, by place and line of the order. */
    List<ReceivedUnits> received(ReturnId id);

    /** Whether a second person has refused its money, and its goods are kept all the same. */
    boolean isMoneyRefused(ReturnId id);

    /** Whether its channel was not asked yet what it has put on a shelf with the refund that was made there. */
    boolean asksForShelves(ReturnId id);

    /** What of it was put on a shelf has come and is found fit to be sold, as far as it is waited for. Told once; nothing: it was asked. */
    void shelved(ReturnId id, List<Shelved> units);

    /**
     * Stores what is to be paid, unless it is or the return was refused meanwhile. It runs under the order's lock: what other returns are to
     * give back counts as given, and so parts that are reckoned at one moment still come to the whole.
     */
    void calculate(ReturnId id, Function<Purchase, Reckoned> reckoning);

    /** The channel gives the money back, or has given it back by somebody else's hand. */
    void issued(ReturnId id, Return.Issued issued);

    /**
     * Somebody has given this back at the channel in place of what was to be given, and a person bears that: it is the refund of the return from now on. What was
     * calculated is kept.
     */
    void takenAsGiven(ReturnId id, Refund given, Return.Issued issued);

    /**
     * These transactions of its refund have failed at the channel. Said {@code again}, it has no refund that counts any more, and what they were
     * to give back is given by another; else somebody gives it otherwise, and the channel has nothing more to do.
     */
    void failed(ReturnId id, Collection<String> transactions, boolean again);

    /** The channel has given it back. */
    void confirmed(ReturnId id);

    /** Nothing more is to be done about the money. {@code outcome} says why. */
    void endMoney(ReturnId id, String outcome);

    /** The stock has heard of what was inspected. */
    void booked(ReturnId id, Collection<Return.Inspection> inspections);

    /** Nobody waits any more for what has not come. */
    void giveUp(ReturnId id);

    void close(ReturnId id);

    /** What is paid, and whether somebody else must agree. */
    record Reckoned(Refund refund, boolean needsSecondPerson) {}
}
