package io.throughline.worker.inbox;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.CasePolicies;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A facility gets work again: orders and reroutes that have found none are tried again, at the rate of decisions about many. */
public final class FacilityNews implements InboxDesk {
    private static final Pattern SUBJECT = Pattern.compile("facility/(.+)");
    private static final Set<FailureCode> ANSWERED = Set.of(FailureCode.NO_FACILITY, FailureCode.FACILITY_PAUSED);

    /** What is just being routed may not have seen it, and has its case by then. */
    private static final Duration ROUTED_BY_THEN = Duration.ofSeconds(5);

    private static final Duration DECIDED_BY_THEN = Duration.ofSeconds(30);

    private final BulkDecisions decisions;
    private final CasePolicies policies;
    private final Clock clock;

    public FacilityNews(BulkDecisions decisions, CasePolicies policies, Clock clock) {
        this.decisions = decisions;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        InboxMessage last = messages.getLast();
        Matcher facility = SUBJECT.matcher(last.subject());
        return facility.matches()
                ? Optional.of(answer(
                        facility.group(1),
                        last.receivedAt(),
                        messages.getFirst().attempts()))
                : Optional.empty();
    }

    private Handling answer(String facility, Instant since, int attempts) {
        if (attempts == 0) {
            return new Handling.Later(ROUTED_BY_THEN, "what is just being routed comes first");
        }
        int perSecond = policies.at(clock.instant()).decisionsPerSecond();
        return decisions.retryOpen(ANSWERED, since, facility + " gets work again", perSecond)
                ? new Handling.Done()
                : new Handling.Later(DECIDED_BY_THEN, "cases without a facility are just being decided");
    }
}
