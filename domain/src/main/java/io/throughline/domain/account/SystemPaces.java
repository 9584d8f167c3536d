package io.throughline.domain.account;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How often systems may be asked by what processes know and people don't say: the configuration of the workers, and the systems themselves. */
public interface SystemPaces {
    /** Of a budget, what was told last counts. */
    void tell(Collection<Pace> paces);

    /** Those that were ever told, in the order of their accounts. */
    List<Pace> all();

    /** {@code perSecond} steps a second are begun at most of the task queue that the account shares; empty: as many as come. */
    record Pace(AccountId account, Optional<Double> perSecond, Optional<CallBudget> budget) {}
}
