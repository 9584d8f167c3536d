package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordedDecisionTest {
    @ParameterizedTest
    @CsvSource({"C-1042 RETRY,", "C-1042, RETRY", "' C-1042   RETRY ',", "'',C-1042 RETRY"})
    void isOneTextOrTwo(@Nullable String first, @Nullable String second) {
        assertThat(WordedDecision.of(first, second)).contains(new WordedDecision(new CaseId("C-1042"), Action.RETRY));
    }

    @ParameterizedTest
    @CsvSource({
        ",",
        "C-1042,",
        "RETRY C-1042,",
        "C-1042 retry,",
        "C-1042 RETRY,now",
        "C-0 RETRY,",
        "C-1042 AMEND_AND_RETRY,",
        "C-1042 AMEND_AND_RETRY,AM-0",
        "C-1042 AMEND_AND_RETRY AM-17,AM-18",
        "C-1042 RETRY,AM-17"
    })
    void elseNobodyCanReadIt(@Nullable String first, @Nullable String second) {
        assertThat(WordedDecision.of(first, second)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"C-1042 AMEND_AND_RETRY AM-17,", "C-1042, AMEND_AND_RETRY AM-17"})
    void anAmendmentIsToldByItsName(@Nullable String first, @Nullable String second) {
        WordedDecision read = WordedDecision.of(first, second).orElseThrow();

        assertThat(read.amendment()).contains(new AmendmentId("AM-17"));
        assertThat(read).hasToString("C-1042 AMEND_AND_RETRY AM-17");
    }

    @Test
    void whatIsShownCanBeRead() {
        CaseId id = new CaseId("C-7");
        assertThat(Arrays.stream(Action.values())
                        .filter(WordedDecision::hasWords)
                        .map(action -> new WordedDecision(id, action)))
                .hasSize(Action.values().length - 1)
                .allSatisfy(shown ->
                        assertThat(WordedDecision.of(shown.toString(), null)).contains(shown));
    }
}
