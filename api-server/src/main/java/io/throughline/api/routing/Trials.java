package io.throughline.api.routing;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.domain.routing.RoutingPolicy;
import io.throughline.domain.routing.trial.PolicyTrial;
import io.throughline.domain.routing.trial.TrialReport;
import io.throughline.domain.routing.trial.Window;
import io.throughline.runtime.retailer.CandidatePolicies;
import io.throughline.runtime.retailer.ConfigurationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Tries a routing policy on recorded orders beside the active one, one trial at a time: it reads much and thinks hard. */
public final class Trials {
    public static final int MOST_ORDERS = 100_000;
    public static final int USUAL_ORDERS = 10_000;
    public static final Duration USUAL_PROMISE = Duration.ofDays(2);

    private final PolicyTrial trial;
    private final RoutingPolicies policies;
    private final CandidatePolicies candidates;
    private final Clock clock;
    private final Semaphore turn = new Semaphore(1);
    private final AtomicReference<Optional<Progress>> progress = new AtomicReference<>(Optional.empty());

    public Trials(PolicyTrial trial, RoutingPolicies policies, CandidatePolicies candidates, Clock clock) {
        this.trial = trial;
        this.policies = policies;
        this.candidates = candidates;
        this.clock = clock;
    }

    /** How many orders of a trial were tried so far. */
    record Progress(Instant begunAt, int most, AtomicInteger orders) {}

    /** Of the trial that is under way; empty when none is. */
    Optional<Progress> progress() {
        return progress.get();
    }

    /** The policy that new orders follow now. */
    public RoutingPolicy active() {
        return policies.at(clock.instant());
    }

    public TrialReport run(String policy, Window window, Duration promise, int orders) {
        PolicyTrial.Question question =
                new PolicyTrial.Question(active(), read(candidates, policy), window, promise, orders);
        if (!turn.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.CONFLICT, "Another trial is under way: try again when it has ended.");
        }
        Progress begun = new Progress(clock.instant(), orders, new AtomicInteger());
        progress.set(Optional.of(begun));
        try {
            return trial.of(question, begun.orders()::incrementAndGet);
        } finally {
            progress.set(Optional.empty());
            turn.release();
        }
    }

    /** A policy that somebody has written down, or the problem that it has a mistake. */
    static RoutingPolicy read(CandidatePolicies candidates, String text) {
        try {
            return candidates.read(text);
        } catch (ConfigurationException wrong) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, String.valueOf(wrong.getMessage()));
        }
    }

    static Window window(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "from must be before until, and before now.");
        }
        return new Window(from, until);
    }
}
