package io.throughline.activities.call;

import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import java.util.Optional;

/** What the step's case says before the step is taken. */
sealed interface Standing {
    Standing UNTROUBLED = new Untroubled(Optional.empty());

    /** Nobody has to decide anything. An outage that was shown is over when the step is through. */
    record Untroubled(Optional<Case> outage) implements Standing {}

    /** A person has to decide first. */
    record Waiting(Case open) implements Standing {}

    /** It was decided to take the step again; that stands until the step is through or refused. */
    record ToBeTried(Case decided, Decision decision) implements Standing {}

    /** It was decided what becomes of it; the step itself is not taken again. */
    record Answered(Case decided, Decision decision) implements Standing {}

    static Standing of(Optional<Case> current) {
        return current.map(Standing::of).orElse(UNTROUBLED);
    }

    private static Standing of(Case current) {
        if (current.status() == CaseStatus.OPEN && asksAPerson(current)) {
            return new Waiting(current);
        }
        return current.decision()
                .map(decision -> triesAgain(decision)
                        ? (Standing) new ToBeTried(current, decision)
                        : new Answered(current, decision))
                .orElseGet(() -> new Untroubled(Optional.of(current)));
    }

    /** Other cases only show what lasts: their steps go on being tried. */
    private static boolean asksAPerson(Case open) {
        return open.code().category() == FailureCategory.BUSINESS || open.code().category() == FailureCategory.CALLER;
    }

    static boolean triesAgain(Decision decision) {
        return switch (decision.action()) {
            case RETRY, AMEND_AND_RETRY, RELEASE_HOLD -> true;
            case CANCEL, ACCEPT_DIFFERENCE, REROUTE, PUBLISH_AGAIN, BOOK_AS_RETURN -> false;
        };
    }
}
