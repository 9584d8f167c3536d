package io.throughline.domain.returns;

import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What people and clients tell of returns. Each is stored in one transaction with the inbox message that wakes the return's process, and
 * answered at once.
 */
public interface ReturnIntake {
    /** Authorises what a customer asks for, if {@code rule} allows all of it for what was bought. Nothing is asked of any channel. */
    Outcome authorise(
            Submission submission,
            OrderKey order,
            ReturnRequest request,
            boolean refundFirst,
            Function<Purchase, ReturnPreview> rule);

    /** The same for who takes other goods in place of the money. They are kept from now on until that is settled. */
    Outcome exchange(
            Submission submission,
            OrderKey order,
            ReturnRequest request,
            boolean refundFirst,
            Function<Purchase, ReturnPreview> rule,
            ExchangeOffer offer);

    /** The return that was authorised by {@code owner} under this key, whatever has become of it since. */
    Optional<ReturnId> authorised(String owner, String key);

    /** A customer has paid something of what the credit of a return does not pay. Never more than is owed. */
    Outcome pay(Submission submission, ReturnId id, Exchange.Paid payment);

    Outcome receive(Submission submission, ReturnId id, Arrival arrival);

    Outcome inspect(Submission submission, ReturnId id, Finding finding);

    /** By somebody who has neither asked for the return nor said in what condition its goods are. */
    Outcome approve(ReturnId id, Person by);

    /**
     * Somebody has looked at units again whose refund waits for a second person: it is put aside, and reckoned anew by what they are. What
     * becomes of them stays as it is.
     */
    Outcome regrade(Submission submission, ReturnId id, List<Regraded> found);

    /** The reason is kept with the personal data. {@code goods}: what becomes of those that somebody has looked at. */
    Outcome refuse(ReturnId id, Person by, String reason, RefusedGoods goods);

    /** The same, where what was looked at goes back. */
    default Outcome refuse(ReturnId id, Person by, String reason) {
        return refuse(id, by, reason, RefusedGoods.SEND_BACK);
    }

    /** The units of an inspection are of this grade. */
    record Regraded(long inspection, ConditionGrade grade) {}

    /** Who tells something: {@code owner} is the same with every key that they use. */
    record Person(String owner, String actor) {}

    /** What a client tells once, however often it sends it: the same key with another content is another thing. */
    record Submission(Person by, String key, String bodyHash) {}

    /** What came of it. */
    sealed interface Outcome {
        record Stored(ReturnId id) implements Outcome {}

        /** It was stored before. */
        record Replayed(ReturnId id) implements Outcome {}

        record KeyReused() implements Outcome {}

        /** The present state does not allow it. */
        record Conflict(String why) implements Outcome {}

        /** What was asked for is not taken back, or not all of it. */
        record Denied(List<Verdict> verdicts) implements Outcome {
            public Denied {
                verdicts = List.copyOf(verdicts);
            }
        }
    }
}
