package io.throughline.activities.finance;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.Policies;

/** What becomes of an order's documents in closed periods, by the policy that the order began with. */
final class PeriodRules {
    private final Orders orders;
    private final Policies policies;

    PeriodRules(Orders orders, Policies policies) {
        this.orders = orders;
        this.policies = policies;
    }

    ClosedPeriods of(OrderId id) {
        return orders.view(id)
                .flatMap(OrderView::rules)
                .map(OrderRules::policyVersion)
                .map(policies::version)
                .map(OrderPolicy::closedPeriods)
                .orElseGet(() -> policies.current().closedPeriods());
    }
}
