package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {
    private static final FailureCode CLOSED = FailureCode.ERP_PERIOD_CLOSED;

    @Test
    void aDayIsAmendedWhereThePeriodIsClosed() {
        Decision decision = amend(Map.of("postingDate", "2026-12-01"));

        assertThat(decision.misfit(CLOSED)).isEmpty();
        assertThat(decision.misfit()).isEmpty();
        assertThat(decision.postingDate()).contains(LocalDate.of(2026, 12, 1));
        assertThat(decision.misfit(FailureCode.ERP_REJECTED))
                .contains(new Decision.Misfit("postingDate", "can't be amended here; what can: nothing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soon",
                "",
                "2026-02-30",
                "2026-13-01",
                "01.12.2026",
                "+12026-12-01",
                "-2026-12-01",
                "2026-12-01 "
            })
    void whatIsNoDayIsNoPostingDate(String value) {
        Decision decision = amend(Map.of("postingDate", value));

        assertThat(decision.misfit(CLOSED).map(Decision.Misfit::key)).contains("postingDate");
        assertThat(decision.misfit()).isPresent();
        assertThat(decision.postingDate()).isEmpty();
    }

    @Test
    void nothingElseIsAmended() {
        assertThat(amend(Map.of("postingDate", "2026-12-01", "street", "1 Main St"))
                        .misfit(CLOSED)
                        .map(Decision.Misfit::key))
                .contains("street");
        assertThat(amend(Map.of()).misfit(CLOSED).map(Decision.Misfit::key)).contains("");
        assertThat(decision(Action.RETRY, Map.of("postingDate", "2026-12-01")).misfit(CLOSED))
                .isPresent();
        assertThat(decision(Action.RETRY, Map.of()).misfit(CLOSED)).isEmpty();
    }

    @Test
    void toTryAgainTakesNothingBack() {
        Decision first = amend(Map.of("postingDate", "2026-12-01"));

        assertThat(decision(Action.RETRY, Map.of()).after(first).postingDate()).contains(LocalDate.of(2026, 12, 1));
        assertThat(amend(Map.of("postingDate", "2026-12-02")).after(first).postingDate())
                .contains(LocalDate.of(2026, 12, 2));
        assertThat(decision(Action.RETRY, Map.of())
                        .after(amend(Map.of("postingDate", "soon")))
                        .amendment())
                .isEmpty();
    }

    @Test
    void theSameMayBeToldAgain() {
        Decision kept = decision(Action.RETRY, Map.of()).after(amend(Map.of("postingDate", "2026-12-01")));

        assertThat(decision(Action.RETRY, Map.of()).repeats(kept)).isTrue();
        assertThat(amend(Map.of("postingDate", "2026-12-01")).repeats(kept)).isFalse();
        assertThat(decision(Action.CANCEL, Map.of()).repeats(kept)).isFalse();
    }

    private static Decision amend(Map<String, String> amendment) {
        return decision(Action.AMEND_AND_RETRY, amendment);
    }

    private static Decision decision(Action action, Map<String, String> amendment) {
        return new Decision(
                action,
                "ada@northwind.example",
                true,
                Optional.empty(),
                amendment,
                Instant.parse("2026-11-23T09:00:00Z"));
    }
}
