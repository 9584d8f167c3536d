package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Carries out what was decided about messages that could not be read. Those that can't be taken in are tried again whatever is decided. */
final class DeadLetters {
    private static final Pattern SUBJECT = Pattern.compile("inbox/([0-9]+)");

    private final Cases cases;
    private final LongPredicate replay;
    private final LongPredicate discard;

    /** {@code replay} and {@code discard} close the case themselves, with the message; they say whether there was one. */
    DeadLetters(Cases cases, LongPredicate replay, LongPredicate discard) {
        this.cases = cases;
        this.replay = replay;
        this.discard = discard;
    }

    /** False: this case is about something else. */
    boolean resolve(Case decided) {
        Matcher subject = SUBJECT.matcher(decided.subject());
        if (!subject.matches()) {
            return false;
        }
        if (decided.status() == CaseStatus.DECIDED) {
            Action action = decided.decision().map(Decision::action).orElseThrow();
            boolean found = resolverOf(action).test(Long.parseLong(subject.group(1)));
            if (!found) {
                cases.close(decided.id(), "there is no such dead letter, and what is put off is tried again anyway");
            }
        }
        return true;
    }

    private LongPredicate resolverOf(Action action) {
        return switch (action) {
            case RETRY -> replay;
            case ACCEPT_DIFFERENCE -> discard;
            case AMEND_AND_RETRY, REROUTE, RELEASE_HOLD, PUBLISH_AGAIN, BOOK_AS_RETURN, CANCEL ->
                throw new IllegalStateException(action + " says nothing about a message");
        };
    }
}
