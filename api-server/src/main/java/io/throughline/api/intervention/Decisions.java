package io.throughline.api.intervention;

import io.throughline.api.access.Caller;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Takes decisions, if who decides may and the case allows it. */
public final class Decisions {
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_AMENDMENTS = 20;

    private final Interventions interventions;
    private final Clock clock;

    public Decisions(Interventions interventions, Clock clock) {
        this.interventions = interventions;
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
        return store(open, request, caller);
    }

    private Case store(Case open, DecisionRequest request, Caller caller) {
        Decision decision = new Decision(
                request.action(), caller.actor(), true, request.note(), request.amendment(), clock.instant());
        try {
            return interventions.decide(open.id(), decision);
        } catch (IllegalDecision refused) {
            throw new ProblemException(ProblemType.CONFLICT, String.valueOf(refused.getMessage()));
        }
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
