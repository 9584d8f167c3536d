package io.throughline.api.returns;

import io.throughline.api.access.Caller;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.ReceivedUnits;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.Returns;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of returns a caller may see and do. A store's device sees those that are brought to its stores or lie there, and those whose goods are still to
 * come from wherever they were bought, for anybody may bring them. It takes in, and looks at, what lies in its own stores only.
 */
public final class ReturnReach {
    private final Returns returns;

    ReturnReach(Returns returns) {
        this.returns = returns;
    }

    /** Whether nothing but the stores of its key lets the caller in. */
    public static boolean isStoreOnly(Caller caller) {
        return !caller.hasAny(Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION);
    }

    /** Whether what the caller does is bound to stores, whatever else they may see. */
    private static boolean worksForStores(Caller caller) {
        return !caller.hasAny(Role.SUPPORT, Role.ADMIN, Role.INTEGRATION);
    }

    public boolean maySee(Caller caller, Return returned) {
        return !isStoreOnly(caller)
                || isAwaited(returned)
                || (returned.to() instanceof ReturnedTo.InStore in && caller.worksFor(in.store()))
                || returns.received(returned.id()).stream().anyMatch(some -> caller.worksFor(some.facility()));
    }

    private static boolean isAwaited(Return returned) {
        return !returned.ended()
                && switch (returned.goods()) {
                    case AUTHORISED, IN_TRANSIT, DELIVERED, PARTLY_RECEIVED -> true;
                    case RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> false;
                };
    }

    /** Of which places a caller lists returns, who wants those of one or of all; empty: of all. A key for no store lists none. */
    public static Optional<Set<FacilityId>> listed(Caller caller, Optional<FacilityId> wanted) {
        if (!isStoreOnly(caller)) {
            return wanted.map(Set::of);
        }
        wanted.ifPresent(place -> requireWorkFor(caller, place));
        return Optional.of(wanted.map(Set::of).orElse(caller.facilities()));
    }

    public static void requireWorkFor(Caller caller, FacilityId place) {
        if (!caller.worksFor(place)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "This key is not for the facility " + place + ".");
        }
    }

    /** What a store authorises comes to it, and is paid once it is there. */
    static void requireOwn(Caller caller, ReturnRequest request, boolean refundFirst) {
        if (!worksForStores(caller)) {
            return;
        }
        if (!(request.to() instanceof ReturnedTo.InStore in)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A store authorises what is brought to it: name one of its stores.");
        }
        requireWorkFor(caller, in.store());
        if (refundFirst) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "A store takes the goods in first: support gives money before they come.");
        }
    }

    /** A store looks at what lies there. */
    void requireAt(Caller caller, Return returned, Finding finding) {
        requireWorkFor(caller, finding.facility());
        if (!worksForStores(caller)) {
            return;
        }
        List<ReceivedUnits> received = returns.received(returned.id());
        Set<String> lines = new HashSet<>();
        finding.units().forEach(some -> lines.add(some.lineId()));
        for (String line : lines) {
            int wanted = finding.units().stream()
                    .filter(some -> some.lineId().equals(line))
                    .mapToInt(Finding.Units::quantity)
                    .sum();
            int there = received.stream()
                    .filter(some -> some.facility().equals(finding.facility())
                            && some.lineId().equals(line))
                    .mapToInt(ReceivedUnits::toInspect)
                    .sum();
            if (wanted > there) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Of line " + line + " " + there + " units lie at " + finding.facility()
                                + " that nobody has looked at, and not " + wanted + ".");
            }
        }
    }
}
