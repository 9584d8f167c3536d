package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What goes back to where credits came from, in memory, beside the returns that it is of. */
public final class TestingPassedOnMoney implements PassedOnMoney {
    private final List<PassedOn> all = new ArrayList<>();
    private final TestingReturns returns;

    public TestingPassedOnMoney(TestingReturns returns) {
        this.returns = returns;
    }

    @Override
    public synchronized List<PassedOn> divide(ReturnId by, String reference, Money amount) {
        Money needed = amount;
        for (ReturnId of : credits(by)) {
            Money missing = needed.minus(standing(of, by, needed, part -> true));
            if (missing.isPositive()) {
                Return credit = returns.get(of);
                PassedOn.divide(credit.repayment().orElseThrow(), missing)
                        .forEach(part -> all.add(new PassedOn(
                                of, credit.order(), by, reference, part, Optional.empty(), Optional.empty(), false)));
                tell(of);
            }
            needed = standing(of, by, needed, PassedOn::goesFurther);
        }
        return by(by);
    }

    private Money standing(ReturnId of, ReturnId by, Money like, Predicate<PassedOn> which) {
        return Money.sum(
                like.currency(),
                by(by).stream()
                        .filter(part -> part.of().equals(of) && !part.failed())
                        .filter(which)
                        .map(part -> part.part().amount().shop())
                        .toList());
    }

    @Override
    public synchronized List<PassedOn> by(ReturnId by) {
        return credits(by).stream()
                .flatMap(of -> all.stream()
                        .filter(part -> part.by().equals(by) && part.of().equals(of)))
                .toList();
    }

    @Override
    public synchronized void passed(
            ReturnId of, ReturnId by, String reference, Map<String, String> transactions, Instant at) {
        change(
                part -> part.of().equals(of)
                        && part.by().equals(by)
                        && part.reference().equals(reference),
                part -> new PassedOn(
                        of,
                        part.order(),
                        by,
                        reference,
                        part.part(),
                        Optional.of(at),
                        Optional.ofNullable(transactions.get(part.part().payment())),
                        part.failed()));
    }

    /** What was passed on by this transaction does not arrive. */
    public synchronized void fails(String transaction) {
        change(part -> part.transaction().filter(transaction::equals).isPresent(), TestingPassedOnMoney::failed);
    }

    @Override
    public synchronized void giveUp(ReturnId by) {
        change(part -> part.by().equals(by) && part.isUnderWay(), TestingPassedOnMoney::failed);
    }

    private static PassedOn failed(PassedOn part) {
        return new PassedOn(
                part.of(),
                part.order(),
                part.by(),
                part.reference(),
                part.part(),
                part.passedAt(),
                part.transaction(),
                true);
    }

    private void change(Predicate<PassedOn> which, UnaryOperator<PassedOn> change) {
        all.replaceAll(part -> which.test(part) ? change.apply(part) : part);
        all.stream().map(PassedOn::of).distinct().toList().forEach(this::tell);
    }

    private void tell(ReturnId of) {
        returns.passedOn(of, all.stream().filter(part -> part.of().equals(of)).toList());
    }

    @Override
    public List<OrderId> origins(OrderId order) {
        return returns.ofOrder(order).stream()
                .findFirst()
                .map(one -> credits(one.id()).reversed().stream()
                        .map(ReturnId::order)
                        .toList())
                .orElse(List.of());
    }

    private List<ReturnId> credits(ReturnId by) {
        List<ReturnId> credits = new ArrayList<>();
        Optional<ReturnId> next = Exchange.returnOf(returns.get(by).order());
        while (next.isPresent()) {
            credits.add(next.get());
            next = Exchange.returnOf(returns.get(next.get()).order());
        }
        return credits;
    }
}
