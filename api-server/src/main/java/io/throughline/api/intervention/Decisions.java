package io.throughline.api.intervention;

import io.throughline.api.access.Caller;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Takes decisions: stored with the case first, then an inbox message wakes the process that waits for it. Deciding the same again
 * stores the same message again, so that a wake-up that was lost is made good.
 */
public final class Decisions {
    private static final String TOPIC = "throughline/decision";
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_AMENDMENTS = 20;

    private final Cases cases;
    private final Inbox inbox;
    private final Clock clock;

    public Decisions(Cases cases, Inbox inbox, Clock clock) {
        this.cases = cases;
        this.inbox = inbox;
        this.clock = clock;
    }

    Case decide(Case open, DecisionRequest request, Caller caller) {
        check(request);
        if (!open.legalActions().contains(request.action())) {
            throw invalid("/action", "this case allows " + open.legalActions());
        }
        if (!mayDecide(open, request.action(), caller)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    request.action() + " on this case belongs to " + open.code().owner() + ".");
        }
        Case decided = store(open, request, caller);
        inbox.store(decided.account(), TOPIC, eventOf(decided), "case/" + decided.id(), "{}");
        return decided;
    }

    private Case store(Case open, DecisionRequest request, Caller caller) {
        Decision decision = new Decision(
                request.action(), caller.actor(), true, request.note(), request.amendment(), clock.instant());
        try {
            return cases.decide(open.id(), decision);
        } catch (IllegalDecision refused) {
            throw new ProblemException(ProblemType.CONFLICT, String.valueOf(refused.getMessage()));
        }
    }

    private static String eventOf(Case decided) {
        return decided.id() + "@"
                + decided.decision().map(Decision::at).map(String::valueOf).orElse("");
    }

    private static boolean mayDecide(Case open, Action action, Caller caller) {
        if (action.harmless()) {
            return true;
        }
        return caller.hasAny(
                switch (open.code().owner()) {
                    case SUPPORT -> Role.SUPPORT;
                    case FINANCE -> Role.FINANCE;
                    case RETAIL_IT -> Role.ADMIN;
                });
    }

    private static void check(DecisionRequest request) {
        if (request.note().filter(note -> note.length() > LONGEST_TEXT).isPresent()) {
            throw invalid("/note", "at most " + LONGEST_TEXT + " characters");
        }
        Map<String, String> amendment = request.amendment();
        if (amendment.size() > MOST_AMENDMENTS
                || amendment.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().length() > LONGEST_TEXT
                                || entry.getValue().length() > LONGEST_TEXT)) {
            throw invalid("/amendment", "at most " + MOST_AMENDMENTS + " of at most " + LONGEST_TEXT + " characters");
        }
        if (request.action() == Action.AMEND_AND_RETRY && amendment.isEmpty()) {
            throw invalid("/amendment", "AMEND_AND_RETRY needs an amendment");
        }
    }

    private static ProblemException invalid(String pointer, String rule) {
        return new ProblemException(
                ProblemType.INVALID_CONTENT, "The decision can't be taken.", List.of(new FieldError(pointer, rule)));
    }
}
