package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which products are sold before they may leave, by the policy in force just now. Until its release such a product is promised of what is on
 * order and of what has come already, and reserved for nobody.
 */
@FunctionalInterface
public interface Preorders {
    /** Also of a product whose release is past. */
    Optional<Preorder> of(Sku sku);

    /** While the product is not released. */
    default Optional<Preorder> open(Sku sku, Instant now) {
        return of(sku).filter(preorder -> now.isBefore(preorder.releaseAt()));
    }

    static Preorders none() {
        return sku -> Optional.empty();
    }

    /** Nothing leaves before {@code releaseAt}, and no more than {@code limit} units may wait for that; empty: as many as are on order. */
    record Preorder(Instant releaseAt, OptionalInt limit) {
        public Preorder {
            if (limit.isPresent() && limit.getAsInt() < 0) {
                throw new IllegalArgumentException("the limit of a preorder is at least 0");
            }
        }

        /** What demand can be promised of: what is there is supply of the day of release, and none that is to come is earlier. */
        public List<Expected> supplies(Collection<Balance> there, Collection<Expected> coming) {
            Stream<Expected> present = there.stream()
                    .filter(balance ->
                            !balance.facility().equals(FacilityId.UNROUTED) && balance.availableToPromise() > 0)
                    .map(balance -> new Expected(
                            new StockSource(StockSource.OWN, balance.sku() + " at " + balance.facility(), 1),
                            balance.facility(),
                            balance.sku(),
                            Math.min(balance.availableToPromise(), Movement.MOST_UNITS),
                            releaseAt));
            Stream<Expected> later = coming.stream()
                    .map(supply -> new Expected(
                            supply.source(),
                            supply.facility(),
                            supply.sku(),
                            supply.outstanding(),
                            notBefore(supply.expectedAt())));
            return Stream.concat(present, later).toList();
        }

        /** When goods that are there at an instant may leave. */
        public Instant notBefore(Instant there) {
            return there.isBefore(releaseAt) ? releaseAt : there;
        }
    }
}
