package io.throughline.store.intervention;

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
import io.throughline.store.customer.PersonRows;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.TraceWriter;
import java.time.Clock;
import java.util.Optional;
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
        Action action = decision.action();
        if (action.harmless()
                || file.proposal().filter(first -> seconds(decision, first)).isPresent()) {
            return false;
        }
        CasePolicy policy = policies.at(clock.instant());
        Optional<Money> stake = stakeNow(handle, file);
        return decision.actorVerified()
                ? policy.needsSecondPerson(action, stake)
                : policy.needsKnownPerson(file.about().code(), action, stake);
    }

    /** Whether two known persons want the same: whoever is not known could be the second one, and who has two keys is one. */
    private static boolean seconds(Decision decision, Decision first) {
        return decision.actorVerified()
                && first.actorVerified()
                && !person(decision).equals(person(first))
                && decision.action() == first.action()
                && decision.amendment().equals(first.amendment());
    }

    /** Without the key by which they came. */
    private static String person(Decision decision) {
        int key = decision.actor().lastIndexOf(" (key ");
        return key < 0 ? decision.actor() : decision.actor().substring(0, key);
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
}
