package io.throughline.domain.intervention;

import java.time.Instant;

/** The policies of cases of this deployment. The one in force is the one that began last; before all of them, the first. */
@FunctionalInterface
public interface CasePolicies {
    CasePolicy at(Instant instant);

    /** Where no retailer has said anything. */
    static CasePolicies usual() {
        CasePolicy policy = CasePolicy.usual();
        return instant -> policy;
    }
}
