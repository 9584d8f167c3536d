package io.throughline.api.intervention;

import io.throughline.api.access.Caller;
import io.throughline.api.intervention.CasesResource.DecisionRequest;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.access.Role;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes decisions, if who decides may and the case allows it. */
public final class Decisions {
    private static final int LONGEST_NOTE = 500;

    private final Interventions interventions;
    private final AmendmentDesk amendments;
    private final Clock clock;

    public Decisions(Interventions interventions, AmendmentDesk amendments, Clock clock) {
        this.interventions = interventions;
        this.amendments = amendments;
        this.clock = clock;
    }

    /** The case is still open where this was only proposed. */
    public Case decide(Case open, DecisionRequest request, Caller caller) {
        Optional<Amendment> named = request.amendmentId().map(id -> amendments.named(open, id));
        Decision decision = fitting(open, named.map(request::amending).orElse(request), caller);
        Optional<Amendment> kept = named.or(
                () -> Optional.of(decision).filter(Decision::saysPersonal).map(said -> amendments.keep(open, said)));
        Decision told = kept.map(decision::amending).orElse(decision);
        return legal(() -> interventions.decide(open.id(), told));
    }

    /** Keeps what the caller wants amended, without deciding so; it is decided by its id. */
    public Amendment keep(Case open, Map<String, String> amendment, Caller caller) {
        DecisionRequest request = new DecisionRequest(Action.AMEND_AND_RETRY, Optional.empty(), amendment);
        return amendments.keep(open, fitting(open, request, caller));
    }

    /** An amendment that is kept for the case, or the problem that there is none. */
    public Amendment kept(Case about, String id) {
        return amendments.find(about, id);
    }

    private Decision fitting(Case open, DecisionRequest request, Caller caller) {
        Decision decision = read(open.code(), request, caller);
        if (open.status() == CaseStatus.OPEN && !decision.amendment().isEmpty()) {
            amendments.refuseMisfit(open, decision);
        }
        return decision;
    }

    /** The same about many cases at once, of which none has an amendment of its own. */
    Decision readForMany(FailureCode code, DecisionRequest request, Caller caller) {
        request.amendmentId().ifPresent(_ -> {
            throw invalid("/amendmentId", "an amendment is of one case: decide that");
        });
        Decision decision = read(code, request, caller);
        decision.amendment().keySet().stream()
                .filter(field -> Amendable.of(field).filter(Amendable::forMany).isEmpty())
                .sorted()
                .findFirst()
                .ifPresent(field -> {
                    throw refusal(new Decision.Misfit(field, "is amended case by case, and not for many at once"));
                });
        return decision;
    }

    /** The decision, if the caller may decide so about cases with this code, and they allow it. */
    private Decision read(FailureCode code, DecisionRequest request, Caller caller) {
        if (request.note().filter(note -> note.length() > LONGEST_NOTE).isPresent()) {
            throw invalid("/note", "at most " + LONGEST_NOTE + " characters");
        }
        if (!code.actions().contains(request.action())) {
            throw invalid("/action", "this case allows " + code.actions());
        }
        if (!mayDecide(code, request.action(), caller)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, request.action() + " on this case belongs to " + code.owner() + ".");
        }
        Decision decision = new Decision(
                request.action(), caller.actor(), true, request.note(), request.amendment(), clock.instant());
        decision.misfit(code).ifPresent(misfit -> {
            throw refusal(misfit);
        });
        decision.amendments().stream().findFirst().ifPresent(id -> {
            throw invalid(
                    "/amendment", "has the values themselves; what is kept as " + id + " is named by amendmentId");
        });
        return decision;
    }

    static ProblemException refusal(Decision.Misfit misfit) {
        return invalid(pointer(misfit), misfit.rule());
    }

    /** What the change gives, or the problem that the case does not allow it. */
    static <T> T legal(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalDecision refused) {
            throw new ProblemException(ProblemType.CONFLICT, String.valueOf(refused.getMessage()));
        }
    }

    /** Whether who decides cases at all may decide this. */
    public static boolean mayDecide(FailureCode code, Action action, Caller caller) {
        if (action.harmless()) {
            return true;
        }
        return caller.hasAny(
                switch (code.owner()) {
                    case SUPPORT -> Role.SUPPORT;
                    case FINANCE -> Role.FINANCE;
                    case RETAIL_IT -> Role.ADMIN;
                });
    }

    /** A JSON pointer (RFC 6901) to what does not fit. */
    private static String pointer(Decision.Misfit misfit) {
        return misfit.key().isEmpty()
                ? "/amendment"
                : "/amendment/" + misfit.key().replace("~", "~0").replace("/", "~1");
    }

    static ProblemException invalid(String pointer, String rule) {
        return new ProblemException(
                ProblemType.INVALID_CONTENT, "The decision can't be taken.", List.of(new FieldError(pointer, rule)));
    }
}
