package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.TestingEventSubscriptions;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventCasesTest {
    private static final SubscriptionId ID = new SubscriptionId("SUB-7K2M9Q4XTA");

    private final TestingCases cases = new TestingCases(new SettableClock(Instant.parse("2026-11-23T09:00:00Z")));
    private final TestingEventSubscriptions subscriptions = new TestingEventSubscriptions();
    private final EventCases eventCases = new EventCases(subscriptions);

    @Test
    void whatShallBeTriedAgainIsTriedAgain() {
        assertThat(eventCases.resolve(cases.decide(open(ID.subject()).id(), Action.RETRY)))
                .isTrue();
        assertThat(subscriptions.resolved()).singleElement().asString().startsWith("redelivered " + ID);
    }

    @Test
    void whatIsAcceptedIsForgotten() {
        assertThat(eventCases.resolve(cases.decide(open(ID.subject()).id(), Action.ACCEPT_DIFFERENCE)))
                .isTrue();
        assertThat(subscriptions.resolved()).singleElement().asString().startsWith("discarded " + ID);
    }

    @Test
    void nothingIsDoneBeforeItIsDecided() {
        assertThat(eventCases.resolve(open(ID.subject()))).isTrue();
        assertThat(subscriptions.resolved()).isEmpty();
    }

    @Test
    void otherCasesAreNotTouched() {
        assertThat(eventCases.resolve(open("O-7K2M9Q4XTA"))).isFalse();
        assertThat(eventCases.resolve(open("stock/ST-HARBOR/NW-TEE"))).isFalse();
    }

    private Case open(String subject) {
        return cases.open(AccountId.OWN, subject, "event.deliver", FailureCode.EVENT_UNDELIVERABLE, "answered 500");
    }
}
