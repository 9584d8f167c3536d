package io.throughline.worker.inbox;

import io.throughline.domain.event.EventSubscriptions;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import java.util.Optional;

/** Carries out what was decided about events that a subscriber did not take, since no process waits for it. */
public final class EventCases implements InboxDesk {
    private final EventSubscriptions subscriptions;

    public EventCases(EventSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<SubscriptionId> subscription = SubscriptionId.ofSubject(decided.subject());
        if (decided.status() == CaseStatus.DECIDED) {
            Decision decision = decided.decision().orElseThrow();
            subscription.ifPresent(id -> carryOut(id, decision));
        }
        return subscription.isPresent();
    }

    private void carryOut(SubscriptionId id, Decision decision) {
        switch (decision.action()) {
            case RETRY -> subscriptions.redeliverAll(id, decision.actor());
            case ACCEPT_DIFFERENCE -> subscriptions.discardAll(id, decision.actor());
            case AMEND_AND_RETRY, REROUTE, RELEASE_HOLD, PUBLISH_AGAIN, BOOK_AS_RETURN, CANCEL ->
                throw new IllegalStateException(decision.action() + " says nothing about an event");
        }
    }
}
