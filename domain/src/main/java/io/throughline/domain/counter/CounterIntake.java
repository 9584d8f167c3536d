package io.throughline.domain.counter;

import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.Verdict;
import java.util.List;
import java.util.function.Function;

/**
 * What people at counters tell. Each is stored in one transaction with the inbox message that wakes the process, and answered at once; what is
 * approved, or needs no approval, is in the stock and in the day of its store with it.
 */
public interface CounterIntake {
    /** Takes goods of a sale back, if {@code rule} allows all of it for what was sold. Nothing is asked of any system. */
    Outcome take(Submission submission, CounterRequest request, Function<SaleHistory, CounterPreview> rule);

    /** Takes goods back whose sale nobody knows, if all of it is allowed by what is known then. Nothing is asked of any system. */
    Outcome takeBlind(Submission submission, BlindInquiry inquiry);

    /** By somebody else than who took it back. */
    Outcome approve(CounterReturnId id, Person by);

    /** Of what waits for an approval: the goods go back over the counter. The reason is kept with the personal data. */
    Outcome refuse(CounterReturnId id, Person by, String reason);

    /** All that is to be paid out at the counter was. {@code reference} is the store's own name of it. */
    Outcome paidOut(CounterReturnId id, Person by, String reference);

    /** What came of it. */
    sealed interface Outcome {
        record Stored(CounterReturnId id) implements Outcome {}

        /** It was stored before. */
        record Replayed(CounterReturnId id) implements Outcome {}

        record KeyReused() implements Outcome {}

        /** The present state does not allow it. */
        record Conflict(String why) implements Outcome {}

        /** Without a receipt it is not taken back. */
        record Unwanted(List<BlindPreview.Objection> objections) implements Outcome {
            public Unwanted {
                objections = List.copyOf(objections);
            }
        }

        /** What lies on the counter is not taken back, or not all of it. */
        record Denied(List<Verdict> verdicts) implements Outcome {
            public Denied {
                verdicts = List.copyOf(verdicts);
            }
        }
    }
}
