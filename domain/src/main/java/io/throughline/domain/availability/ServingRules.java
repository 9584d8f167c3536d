package io.throughline.domain.availability;

import io.throughline.domain.fulfillment.Facilities;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who may do what by the policy in force. */
public final class ServingRules {
    private final StockPolicies policies;
    private final Facilities facilities;
    private volatile @Nullable Serving latest;

    public ServingRules(StockPolicies policies, Facilities facilities) {
        this.policies = policies;
        this.facilities = facilities;
    }

    /** Worked out once for a policy, for each lookup asks. */
    @SuppressWarnings("ReferenceEquality")
    public Serving at(Instant instant) {
        StockPolicy policy = policies.at(instant);
        Serving known = latest;
        if (known != null && known.policy() == policy) {
            return known;
        }
        Serving fresh = new Serving(policy, facilities);
        latest = fresh;
        return fresh;
    }
}
