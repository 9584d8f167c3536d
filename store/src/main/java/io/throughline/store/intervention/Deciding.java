package io.throughline.store.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.store.access.KeyOrigins;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.TraceWriter;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Decides one case in a transaction that is under way, with the inbox message that wakes its process; or keeps the decision as a proposal
 * where a second person has to decide the same.
 */
public final class Deciding {
    private static final String DECISION = "throughline/decision";

    private final PostgresCases cases;
    private final TraceWriter trace;
    private final CasePolicies policies;
    private final Clock clock;

    public Deciding(PostgresCases cases, TraceWriter trace, CasePolicies policies, Clock clock) {
        this.cases = cases;
        this.trace = trace;
        this.policies = policies;
        this.clock = clock;
    }

    /** The case is still open where this was only proposed. */
    Case decide(Handle handle, CaseId id, Decision decision) {
        CaseFile file = CaseFileRows.locked(handle, id).orElseThrow(() -> new IllegalDecision("no case " + id));
        return decide(handle, file, decision);
    }

    /** As {@link #decide(Handle, CaseId, Decision)}, about a case whose row is locked already. */
    Case decide(Handle handle, CaseFile file, Decision decision) {
        if (file.about().status() == CaseStatus.OPEN && needsAnother(handle, file, decision)) {
            return propose(handle, file, decision);
        }
        CaseId id = file.about().id();
        Case decided = cases.decide(handle, id, decision);
        String event = id + "@"
                + decided.decision().map(Decision::at).map(String::valueOf).orElse("");
        InboxRows.insert(handle, decided.account(), DECISION, event, "case/" + id, "{}", clock.instant());
        return decided;
    }

    /**
     * The most that the order ever came to: a case may be older than the order's reading, its growth, or what is known of stakes, and a person
     * who takes an order off in pieces decides about all of it.
     */
    private static Optional<Money> stakeNow(Handle handle, CaseFile file) {
        return CaseRows.stake(handle, file.about().subject()).or(file::stake);
    }

    /** Whether a decision about it would be no more than a proposal. */
    boolean needsAnother(Handle handle, CaseFile file, Decision decision) {
        return needsAnother(
                file.about().code(),
                file.proposal(),
                decision,
                () -> stakeNow(handle, file),
                first -> KeyOrigins.related(handle, decision.actor(), first.actor()));
    }

    /** About how many of these a decision would be no more than a proposal; asks no more often for many than for one. */
    int needAnother(Handle handle, List<AtStake> cases, Decision decision) {
        if (decision.action().harmless()) {
            return 0;
        }
        Map<String, Money> most =
                CaseRows.stakes(handle, cases.stream().map(AtStake::line).toList());
        Map<String, Boolean> related = new HashMap<>();
        return (int) cases.stream()
                .filter(one -> needsAnother(
                        one.code(),
                        one.proposal(),
                        decision,
                        () -> Optional.ofNullable(most.get(one.line())).or(one::stake),
                        first -> related.computeIfAbsent(
                                first.actor(), actor -> KeyOrigins.related(handle, decision.actor(), actor))))
                .count();
    }

    /** What of a case tells whether one person decides it; {@code line} is its order's, {@code stake} what was known when it was opened. */
    record AtStake(FailureCode code, String line, Optional<Money> stake, Optional<Decision> proposal) {}

    private boolean needsAnother(
            FailureCode code,
            Optional<Decision> proposal,
            Decision decision,
            Supplier<Optional<Money>> stake,
            Predicate<Decision> related) {
        Action action = decision.action();
        if (action.harmless()
                || proposal.filter(first -> agrees(decision, first) && !related.test(first))
                        .isPresent()) {
            return false;
        }
        CasePolicy policy = policies.at(clock.instant());
        return decision.actorVerified()
                ? policy.needsSecondPerson(action, stake.get())
                : policy.needsKnownPerson(code, action, stake.get());
    }

    /** Whether two known persons want the same: whoever is not known could be the second one, and who has two keys is one. */
    private static boolean agrees(Decision decision, Decision first) {
        return decision.actorVerified()
                && first.actorVerified()
                && !KeyOrigins.person(decision.actor()).equals(KeyOrigins.person(first.actor()))
                && decision.action() == first.action()
                && decision.amendment().equals(first.amendment());
    }

    /** It is the same that is told again, or nobody known wants something else. */
    private static boolean stands(Decision first, Decision decision) {
        return decision.repeats(first) || (first.actorVerified() && !decision.actorVerified());
    }

    /**
     * While a case of the order lets people cancel it, nobody takes so much off it past the case, with what was taken off before, that two would
     * have to want it. {@code after}: what it would come to.
     */
    void refuseTakingOff(Handle handle, OrderId order, Money after) {
        Optional<Money> less = CaseRows.stake(handle, order.value()).map(most -> most.minus(after));
        if (policies.at(clock.instant()).needsSecondPerson(Action.CANCEL, less)) {
            handle
                    .createQuery(CaseRows.SELECT + "where subject = :order and status = 'OPEN' order by number")
                    .bind("order", order.value())
                    .map(CaseRows::map)
                    .list()
                    .stream()
                    .filter(about -> about.legalActions().contains(Action.CANCEL))
                    .findFirst()
                    .ifPresent(about -> {
                        throw new IllegalDecision("with what was taken off it before it would become "
                                + less.orElseThrow() + " less, which two people have to want while " + about.id()
                                + " is open: decide that first, or take off less");
                    });
        }
    }

    private Case propose(Handle handle, CaseFile file, Decision decision) {
        Case open = file.about();
        PostgresCases.refuseIllegal(open, decision);
        Optional<Decision> agreed = file.proposal().filter(first -> agrees(decision, first));
        if (agreed.isPresent()) {
            tellRelated(handle, open, agreed.get(), decision);
            return open;
        }
        if (file.proposal().filter(first -> stands(first, decision)).isPresent()) {
            return open;
        }
        Decision compared = RefusedDocuments.compare(handle, open, decision);
        handle.createUpdate("""
                        update support_case set proposal = cast(:proposal as jsonb), proposal_was = cast(:was as jsonb)
                        where number = :number
                        """)
                .bind("proposal", CaseRows.kept(compared))
                .bind("was", CaseRows.keptWas(compared))
                .bind("number", CaseRows.number(open.id()))
                .execute();
        decision.note()
                .ifPresent(
                        note -> PersonRows.say(handle, open.subject(), open.id().value(), note));
        trace.append(
                handle,
                open.subject(),
                "case.proposed",
                decision.actor() + " proposes " + decision.action() + " for " + open.id()
                        + (decision.actorVerified()
                                ? "; so much is at stake that somebody else must decide the same"
                                : "; nobody knows who that is, so somebody known must decide"),
                PostgresCases.told(open, compared));
        return open;
    }

    /** Who makes a key can be whoever it names: the two of them are not taken for two persons. */
    private void tellRelated(Handle handle, Case open, Decision first, Decision decision) {
        trace.append(
                handle,
                open.subject(),
                "case.not-seconded",
                decision.actor() + " decides " + decision.action() + " for " + open.id() + " as " + first.actor()
                        + " proposes, but one of them made the other's key: somebody else must decide the same",
                PostgresCases.told(open, decision));
    }
}
