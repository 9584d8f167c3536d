package io.throughline.domain.availability;

import java.time.Instant;

/** The stock policies of this deployment. The one in force is the one that began last. */
@FunctionalInterface
public interface StockPolicies {
    StockPolicy at(Instant instant);
}
