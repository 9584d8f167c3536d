package io.throughline.domain.counter;

import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** One return over a counter, in memory. */
public final class TestingCounterReturns implements CounterReturns {
    private final SaleHistory history;
    private final Set<String> forOthers = new TreeSet<>();
    private CounterReturn returned;

    public TestingCounterReturns(CounterReturn returned, SaleHistory history) {
        this.returned = returned;
        this.history = history;
    }

    public synchronized CounterReturn now() {
        return returned;
    }

    @Override
    public synchronized Optional<CounterReturn> find(CounterReturnId id) {
        return Optional.of(returned).filter(one -> one.id().equals(id));
    }

    @Override
    public synchronized List<CounterReturn> ofSale(SaleName sale) {
        return List.of(returned);
    }

    @Override
    public synchronized List<CounterReturn> recent(int limit) {
        return List.of(returned);
    }

    @Override
    public synchronized List<CounterReturn> onTheirWay() {
        return returned.stage() == CounterReturn.Stage.ON_ITS_WAY ? List.of(returned) : List.of();
    }

    @Override
    public Optional<SaleHistory> history(SaleName sale) {
        return Optional.of(history);
    }

    @Override
    public BlindHistory blindHistory(BlindHistory.Question question) {
        return new BlindHistory(List.of(), List.of(), Map.of(), Map.of());
    }

    @Override
    public Optional<SaleName> saleOf(OrderKey till) {
        return Optional.of(history.name());
    }

    @Override
    public synchronized boolean given(CounterReturnId id, int part, Given given) {
        if (!given.ours() && isOfAnother(given)) {
            return false;
        }
        Optional<Given> before = part(part).given();
        if (before.isEmpty()) {
            change(part, one -> with(one, one.gateway(), one.way(), Optional.of(given), false));
        }
        return before.isEmpty() || before.get().reference().equals(given.reference());
    }

    @Override
    public synchronized void forOthers(CounterReturnId id, String refund) {
        forOthers.add(refund);
    }

    /** The refunds that somebody has said to be for other goods. */
    public synchronized Set<String> forOthers() {
        return Set.copyOf(forOthers);
    }

    @Override
    public synchronized void confirmed(CounterReturnId id, int part) {
        change(part, one -> with(one, one.gateway(), one.way(), one.given(), true));
    }

    @Override
    public synchronized void payOutInstead(CounterReturnId id, int part, String gateway) {
        change(part, one -> with(one, gateway, Way.COUNTER, Optional.empty(), false));
    }

    @Override
    public synchronized void close(CounterReturnId id) {
        returned = with(returned.parts(), Optional.of(returned.takenAt()));
    }

    private boolean isOfAnother(Given given) {
        return history.returns().stream()
                .filter(other -> !other.id().equals(returned.id()))
                .flatMap(other -> other.parts().stream())
                .flatMap(part -> part.given().stream())
                .anyMatch(other -> other.reference().equals(given.reference()));
    }

    private Part part(int number) {
        return returned.parts().stream()
                .filter(part -> part.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private void change(int number, UnaryOperator<Part> change) {
        returned = with(
                returned.parts().stream()
                        .map(part -> part.number() == number ? change.apply(part) : part)
                        .toList(),
                returned.closedAt());
    }

    private static Part with(Part part, String gateway, Way way, Optional<Given> given, boolean confirmed) {
        return new Part(part.number(), part.payment(), gateway, part.amount(), way, given, confirmed);
    }

    private CounterReturn with(List<Part> parts, Optional<Instant> closedAt) {
        return new CounterReturn(
                returned.id(),
                returned.origin(),
                returned.store(),
                returned.policyVersion(),
                returned.refundTo(),
                returned.askedBy(),
                returned.takenAt(),
                returned.lines(),
                returned.refund(),
                returned.needsSecondPerson(),
                returned.approvedBy(),
                returned.approvedAt(),
                returned.refusedAt(),
                parts,
                closedAt);
    }
}
