package io.throughline.workflows.call;

import io.temporal.failure.ApplicationFailure;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.WordedDecision;
import io.throughline.workflows.intervention.CaseSteps;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes decisions that come through Temporal about the cases of one process. Nobody has verified who sends them. Their words are one
 * text, {@code C-1042 RETRY}, since Temporal's UI sends only one, or two, as its clients can. An update that can't be carried out is
 * rejected; a signal is refused in the trace. Neither stops the process.
 */
public final class DecisionDesk {
    private final String subject;
    private final Wakes wakes;
    private final Story story;
    private final Function<String, Calls<CaseSteps>> cases;

    /** {@code subject} is whose cases these are; {@code cases} gives the calls with a summary. */
    public DecisionDesk(String subject, Wakes wakes, Story story, Function<String, Calls<CaseSteps>> cases) {
        this.subject = subject;
        this.wakes = wakes;
        this.story = story;
        this.cases = cases;
    }

    /** Rejects what is no decision about a case that this process shows. */
    public void check(String caseId, @Nullable String action) {
        WordedDecision wanted = read(caseId, action);
        FailureCode code = story.openCase(wanted.caseId().value());
        if (code == null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "this process waits for no case " + wanted.caseId(), "NO_SUCH_CASE");
        }
        if (!code.actions().contains(wanted.action())) {
            throw ApplicationFailure.newNonRetryableFailure(
                    wanted.caseId() + " (" + code + ") allows " + code.actions(), "ILLEGAL_ACTION");
        }
    }

    /** Answers in words. */
    public String decide(String caseId, @Nullable String action) {
        return decide(read(caseId, action));
    }

    /** The same of a signal, to which nobody listens for an answer. */
    public void propose(@Nullable String caseId, @Nullable String action) {
        WordedDecision.of(caseId, action)
                .ifPresentOrElse(
                        this::decide,
                        () -> cases.apply("a decision that can't be read").call(step -> {
                            step.refuse(subject);
                            return true;
                        }));
    }

    private String decide(WordedDecision wanted) {
        String caseId = wanted.caseId().value();
        String answer = cases.apply("decision on " + caseId)
                .call(step -> wanted.amendment()
                        .map(amendment -> step.amend(caseId, amendment.value()))
                        .orElseGet(() -> step.decide(caseId, wanted.action())));
        wakes.ring(caseId);
        return answer;
    }

    private static WordedDecision read(@Nullable String caseId, @Nullable String action) {
        return WordedDecision.of(caseId, action)
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(WordedDecision.RULE, "NO_DECISION"));
    }
}
