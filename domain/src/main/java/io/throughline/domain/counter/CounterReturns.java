package io.throughline.domain.counter;

import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Optional;

/**
 * What was taken back over counters, in PostgreSQL, as its processes see and move it. Each change is traced in the same transaction, and is made once however
 * often it is asked for.
 */
public interface CounterReturns {
    Optional<CounterReturn> find(CounterReturnId id);

    /** In the order in which they were taken. */
    List<CounterReturn> ofSale(SaleName sale);

    /** The newest first; at most {@code limit} (1 to 500). */
    List<CounterReturn> recent(int limit);

    /** Those of which a till's system has not said yet that their money got through. */
    List<CounterReturn> onTheirWay();

    /** The sale and what has come back of it; empty: no till has told such a sale, or it did not happen after all. */
    Optional<SaleHistory> history(SaleName sale);

    /** The facts by which a return without a receipt is judged, as they are now. */
    BlindHistory blindHistory(BlindHistory.Question question);

    /** By its till system's own name, if it is booked. */
    Optional<SaleName> saleOf(OrderKey till);

    /**
     * A part was given back; what is told twice is told once. False: it was given otherwise meanwhile, so it went back twice; or somebody has given it at a till, and that
     * is another return's.
     */
    boolean given(CounterReturnId id, int part, CounterReturn.Given given);

    /** A known person has said that a refund which somebody has made at a till is for other goods than this return's. */
    void forOthers(CounterReturnId id, String refund);

    /** The till's system says that a part got through. */
    void confirmed(CounterReturnId id, int part);

    /** The till's system does not give a part back: it is paid out at the counter in coins, which the books are told of. */
    void payOutInstead(CounterReturnId id, int part, String gateway);

    void close(CounterReturnId id);
}
