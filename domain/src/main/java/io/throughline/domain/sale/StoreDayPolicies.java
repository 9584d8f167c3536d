package io.throughline.domain.sale;

import java.time.Instant;

/** The policies of store days of this deployment. The one in force is the one that began last; before all of them, the first. */
@FunctionalInterface
public interface StoreDayPolicies {
    StoreDayPolicy at(Instant instant);
}
