package io.throughline.domain.policy;

import io.throughline.domain.fulfillment.Facility;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The same policy under a name of its own, but for what is said. */
final class PolicyCopy {
    private final OrderPolicy of;
    private final String version;
    private boolean moveToOpenPeriod;
    private boolean localFirst;
    private ShortagePolicy shortage;
    private Uncollected uncollected;
    private ReroutePolicy reroutes;
    private OnDispute onDispute;
    private ChangedOutside changedOutside;
    private Set<Facility.Kind> runWhileOpen;
    private Optional<Duration> remindBefore;

    private PolicyCopy(OrderPolicy of, String version) {
        this.of = of;
        this.version = version;
        moveToOpenPeriod = of.moveToOpenPeriod();
        localFirst = of.localFirst();
        shortage = of.shortage();
        uncollected = of.uncollected();
        reroutes = of.reroutes();
        onDispute = of.onDispute();
        changedOutside = of.changedOutside();
        runWhileOpen = of.runWhileOpen();
        remindBefore = of.remindBefore();
    }

    PolicyCopy remindBefore(Duration before) {
        remindBefore = Optional.of(before);
        return this;
    }

    static PolicyCopy of(OrderPolicy policy, String version) {
        return new PolicyCopy(policy, version);
    }

    PolicyCopy moveToOpenPeriod(boolean moves) {
        moveToOpenPeriod = moves;
        return this;
    }

    PolicyCopy localFirst(boolean first) {
        localFirst = first;
        return this;
    }

    PolicyCopy shortage(ShortagePolicy rules) {
        shortage = rules;
        return this;
    }

    PolicyCopy uncollected(Uncollected goods) {
        uncollected = goods;
        return this;
    }

    PolicyCopy reroutes(ReroutePolicy rules) {
        reroutes = rules;
        return this;
    }

    PolicyCopy onDispute(OnDispute then) {
        onDispute = then;
        return this;
    }

    PolicyCopy changedOutside(ChangedOutside then) {
        changedOutside = then;
        return this;
    }

    PolicyCopy runWhileOpen(Set<Facility.Kind> kinds) {
        runWhileOpen = kinds;
        return this;
    }

    OrderPolicy make() {
        return new OrderPolicy(
                version,
                of.acknowledgeWithin(),
                of.handOverWithin(),
                of.pickUpWithin(),
                of.holdTags(),
                moveToOpenPeriod,
                localFirst,
                shortage,
                of.keepBasketsFor(),
                of.confirmPaymentWithin(),
                uncollected,
                reroutes,
                remindBefore,
                of.whoCollects(),
                onDispute,
                changedOutside,
                runWhileOpen);
    }
}
