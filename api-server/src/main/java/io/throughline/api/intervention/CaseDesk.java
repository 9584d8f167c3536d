package io.throughline.api.intervention;

import io.throughline.api.access.Caller;
import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.intervention.CaseCare;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people do about a case beside deciding it, or the problem that it can't be done. */
public final class CaseDesk {
    public static final int LONGEST_NAME = 80;
    public static final int LONGEST_COMMENT = 2_000;
    public static final int LONGEST_REASON = 500;
    private static final Duration LONGEST_SLEEP = Duration.ofDays(30);

    private final CaseCare care;
    private final Clock clock;

    public CaseDesk(CaseCare care, Clock clock) {
        this.care = care;
        this.clock = clock;
    }

    /** Without a name the caller works on it. */
    public CaseFile assign(CaseId id, Optional<String> assignee, Caller caller) {
        String name = assignee.map(one -> words("/assignee", one, LONGEST_NAME)).orElseGet(caller::owner);
        return Decisions.legal(() -> care.assign(id, Optional.of(name), caller.actor()));
    }

    public CaseFile unassign(CaseId id, Caller caller) {
        return Decisions.legal(() -> care.assign(id, Optional.empty(), caller.actor()));
    }

    public CaseFile comment(CaseId id, String text, Caller caller) {
        String words = words("/text", text, LONGEST_COMMENT);
        return Decisions.legal(() -> care.comment(id, words, caller.actor()));
    }

    public CaseFile snooze(CaseId id, Instant until, Caller caller) {
        Instant now = clock.instant();
        if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST_SLEEP))) {
            throw invalid("/until", "within the next " + LONGEST_SLEEP.toDays() + " days");
        }
        return Decisions.legal(() -> care.snooze(id, Optional.of(until), caller.actor()));
    }

    /** The same, counted from now. */
    public CaseFile snooze(CaseId id, Duration length, Caller caller) {
        return snooze(id, clock.instant().plus(length), caller);
    }

    public CaseFile wake(CaseId id, Caller caller) {
        return Decisions.legal(() -> care.snooze(id, Optional.empty(), caller.actor()));
    }

    public CaseFile reopen(CaseId id, String reason, Caller caller) {
        String words = words("/reason", reason, LONGEST_REASON);
        return Decisions.legal(() -> care.reopen(id, words, caller.actor()));
    }

    private static String words(String pointer, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw invalid(pointer, "1 to " + longest + " characters");
        }
        return text.strip();
    }

    private static ProblemException invalid(String pointer, String rule) {
        return new ProblemException(
                ProblemType.INVALID_CONTENT, "That can't be done with a case.", List.of(new FieldError(pointer, rule)));
    }
}
