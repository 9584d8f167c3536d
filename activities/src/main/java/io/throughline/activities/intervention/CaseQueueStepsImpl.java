package io.throughline.activities.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Search;
import io.throughline.domain.intervention.CaseFiles.Sequence;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.WordedDecision;
import io.throughline.workflows.intervention.CaseQueueSteps;
import io.throughline.workflows.intervention.WaitingCases;
import io.throughline.workflows.intervention.WaitingCases.Waiting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the queue for those who have only Temporal. What it tells stays in a history, so it is what the details of processes tell, too. */
public final class CaseQueueStepsImpl implements CaseQueueSteps {
    /** More than anybody reads at once, and few enough for a history. */
    static final int MOST = 50;

    private static final String HOW =
            "start CaseDecision with one of these texts: temporal workflow execute --type CaseDecision"
                    + " --task-queue orders --workflow-id 'case/<case>' --input '\"<text>\"'; the most urgent " + MOST
                    + " are shown, and --input '\"<failure code>\"' for CaseQueue shows those of one code";

    private final CaseFiles files;

    public CaseQueueStepsImpl(CaseFiles files) {
        this.files = files;
    }

    @Override
    public WaitingCases read(@Nullable String code) {
        String word = code == null ? "" : code.strip();
        if (word.isEmpty()) {
            return waiting(Set.of());
        }
        return Arrays.stream(FailureCode.values())
                .filter(known -> known.name().equals(word))
                .findFirst()
                .map(known -> waiting(Set.of(known)))
                .orElseGet(() -> new WaitingCases(
                        0,
                        "no such failure code; each page in the runbooks is one, such as INBOX_UNREADABLE",
                        List.of()));
    }

    private WaitingCases waiting(Set<FailureCode> codes) {
        int waiting = files.load().stream()
                .filter(load -> codes.isEmpty() || codes.contains(load.code()))
                .mapToInt(CaseFiles.Load::cases)
                .sum();
        List<Waiting> cases = files.list(mostUrgent(codes)).stream()
                .map(CaseFile::about)
                .map(CaseQueueStepsImpl::shown)
                .toList();
        return new WaitingCases(waiting, HOW, cases);
    }

    private static Search mostUrgent(Set<FailureCode> codes) {
        return new Search(
                Optional.of(CaseStatus.OPEN),
                codes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Sequence.MOST_URGENT_FIRST,
                MOST);
    }

    private static Waiting shown(Case found) {
        return new Waiting(
                found.id().value(),
                found.code(),
                found.subject(),
                found.detail(),
                found.dueAt(),
                found.legalActions().stream()
                        .filter(WordedDecision::hasWords)
                        .sorted()
                        .map(action -> new WordedDecision(found.id(), action).toString())
                        .toList());
    }
}
