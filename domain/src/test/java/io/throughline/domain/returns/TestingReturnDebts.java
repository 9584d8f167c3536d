package io.throughline.domain.returns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Debts in memory. */
public final class TestingReturnDebts implements ReturnDebts {
    private final Returns returns;
    private final Map<ReturnId, Debt> debts = new LinkedHashMap<>();

    public TestingReturnDebts(Returns returns) {
        this.returns = returns;
    }

    @Override
    public synchronized void settle(ReturnId id, Function<Return, Optional<AdvanceDebt.Owed>> reckoning) {
        if (!debts.containsKey(id)) {
            reckoning
                    .apply(returns.find(id).orElseThrow())
                    .ifPresent(owed -> debts.put(id, new Debt(owed.amount(), Optional.empty())));
        }
    }

    @Override
    public synchronized void decide(ReturnId id, Outcome outcome, String by) {
        debts.computeIfPresent(
                id, (known, debt) -> new Debt(debt.amount(), debt.outcome().or(() -> Optional.of(outcome))));
    }

    @Override
    public synchronized Optional<Debt> find(ReturnId id) {
        return Optional.ofNullable(debts.get(id));
    }
}
