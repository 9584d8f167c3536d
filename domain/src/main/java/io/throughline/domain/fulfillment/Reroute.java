package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * That work is to go to another facility: a fact with a process of its own beside its order's. {@code lines} are what is to go; {@code
 * scope} is what a store meant when it gave them back. {@code replacedBy} is the work that others do instead. One is open of a piece of
 * work at a time.
 */
public record Reroute(
        RerouteId id,
        RerouteCause cause,
        Optional<StoreReport.Scope> scope,
        List<LineQuantity> lines,
        RerouteStatus status,
        Finding finding,
        List<FulfillmentOrderId> replacedBy,
        Optional<Instant> lookAgainAt,
        Optional<Offer> offer,
        Instant openedAt,
        Optional<Instant> endedAt) {
    public Reroute {
        lines = List.copyOf(lines);
        replacedBy = List.copyOf(replacedBy);
    }

    /**
     * What was found last, in words for people; bounded, without personal data. {@code considered} are the facilities that were thought of, with
     * their scores or the reason against them; the {@code excluded} were not.
     */
    public record Finding(String words, List<String> considered, Set<FacilityId> excluded) {
        public Finding {
            considered = List.copyOf(considered);
            excluded = Set.copyOf(excluded);
        }

        public static Finding of(String words) {
            return new Finding(words, List.of(), Set.of());
        }
    }

    public boolean ended() {
        return status.ended();
    }

    /**
     * Whether its facility is not to have these lines of the order: those that it has said no to, and where it meant a SKU whatever else there is of that.
     * Who had no room, or said nothing, or did not say what it means, has nothing of the order any more.
     */
    public boolean bars(List<LineQuantity> wanted) {
        boolean saysWhat = scope.isPresent() && (cause == RerouteCause.REJECTED || cause == RerouteCause.SHORT);
        return !saysWhat || wanted.stream().anyMatch(line -> lines.stream().anyMatch(left -> isMeant(left, line)));
    }

    private boolean isMeant(LineQuantity left, LineQuantity wanted) {
        return left.lineId().equals(wanted.lineId())
                || (scope.equals(Optional.of(StoreReport.Scope.SKU))
                        && left.sku().equals(wanted.sku()));
    }

    /** The work has not to be done by its facility any more, nor to be looked after. */
    public boolean leftItsFacility() {
        return ended() && status != RerouteStatus.KEPT;
    }

    public boolean isWaitedFor(Instant now) {
        return status == RerouteStatus.OFFERED
                && offer.filter(open -> now.isBefore(open.answerBy())).isPresent();
    }
}
