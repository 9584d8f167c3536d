package io.throughline.domain.counter;

import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Judges goods whose sale nobody knows by the policy of the day on which they are brought. */
public final class BlindPreviews {
    private final ReturnPolicies policies;
    private final Facilities facilities;
    private final Clock clock;

    public BlindPreviews(ReturnPolicies policies, Facilities facilities, Clock clock) {
        this.policies = policies;
        this.facilities = facilities;
        this.clock = clock;
    }

    /** Empty: the policy in force takes nothing back without a receipt. */
    public Optional<BlindInquiry> of(BlindRequest request) {
        Instant now = clock.instant();
        ReturnPolicy policy = policies.at(now);
        ZoneId zone = facilities.get(request.store()).zone();
        return policy.blind().map(rules -> new BlindInquiry(policy, rules, request, now, zone));
    }
}
