package io.throughline.domain.returns;

import java.time.Instant;
import java.util.Optional;

/** The policies of returns of this deployment. The one in force is the one that began last; before all of them, the first. */
public interface ReturnPolicies {
    ReturnPolicy at(Instant instant);

    Optional<ReturnPolicy> named(String version);
}
