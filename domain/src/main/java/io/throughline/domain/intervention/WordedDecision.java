package io.throughline.domain.intervention;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A decision as people type it: a case and an action, as one text or as two; behind AMEND_AND_RETRY the name of an amendment that is kept. */
public record WordedDecision(CaseId caseId, Action action, Optional<AmendmentId> amendment) {
    /** What such a text must be like. What an amendment says has no words: it is kept here and passed by name only. */
    public static final String RULE = "a decision is a case and an action in one text, such as \"C-1042 RETRY\";"
            + " actions are "
            + Arrays.stream(Action.values())
                    .filter(WordedDecision::hasWords)
                    .map(Action::name)
                    .collect(Collectors.joining(", "))
            + ", and AMEND_AND_RETRY with the id of an amendment that is kept, such as"
            + " \"C-1042 AMEND_AND_RETRY AM-17\"";

    public WordedDecision(CaseId caseId, Action action) {
        this(caseId, action, Optional.empty());
    }

    /** Whether it can be decided without naming an amendment. */
    public static boolean hasWords(Action action) {
        return action != Action.AMEND_AND_RETRY;
    }

    /** Empty when it can't be read. */
    public static Optional<WordedDecision> of(@Nullable String first, @Nullable String second) {
        String[] words = Stream.of(first, second)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "))
                .strip()
                .split("\\s+", -1);
        if (words.length < 2 || words.length > 3) {
            return Optional.empty();
        }
        try {
            Optional<AmendmentId> amendment =
                    Arrays.stream(words).skip(2).map(AmendmentId::new).findFirst();
            return Optional.of(new WordedDecision(new CaseId(words[0]), Action.valueOf(words[1]), amendment))
                    .filter(read -> hasWords(read.action()) == amendment.isEmpty());
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return caseId + " " + action + amendment.map(id -> " " + id).orElse("");
    }
}
