package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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
        assertThat(decision.misfit(FailureCode.STOCK_MISSING))
                .contains(new Decision.Misfit("postingDate", "can't be amended here; what can: nothing"));
        assertThat(decision.misfit(FailureCode.ERP_REJECTED)).isPresent();
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
    void productsOfTheErpStandForThoseThatItDoesNotKnow() {
        Decision decision = amend(Map.of("standIns", "NW-TEE BLK=NW-OTHER, NW-CAP = X/1"));

        assertThat(decision.misfit(FailureCode.ERP_REJECTED)).isEmpty();
        assertThat(decision.misfit(CLOSED).map(Decision.Misfit::key)).contains("standIns");
        assertThat(decision.standIns()).isEqualTo(Map.of("NW-TEE BLK", "NW-OTHER", "NW-CAP", "X/1"));
        assertThat(decision.changes())
                .containsExactly(
                        new Decision.Change("standIns", Optional.of("NW-CAP"), "X/1"),
                        new Decision.Change("standIns", Optional.of("NW-TEE BLK"), "NW-OTHER"));
        assertThat(decision.forOtherDocuments().map(Decision::standIns)).contains(decision.standIns());
        assertThat(amend(Map.of("postingDate", "2026-12-01")).forOtherDocuments())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NW-TEE", "=X", "NW-TEE=", "A=B,", "A=B,A=C", "A=B=C", "A=B C", "A=B;C=D", "A= B\n,C"})
    void whatAreNoPairsStandForNothing(String value) {
        Decision decision = amend(Map.of("standIns", value));

        assertThat(decision.misfit(FailureCode.ERP_REJECTED).map(Decision.Misfit::key))
                .contains("standIns");
        assertThat(decision.standIns()).isEmpty();
    }

    @Test
    void whatStandsInIsAddedToWhatStoodInBefore() {
        Decision first = amend(Map.of("standIns", "NW-TEE=X,NW-CAP=X"));
        Decision second = amend(Map.of("standIns", "NW-BAG = Y, NW-CAP=Y"));
        Decision kept = second.after(first);

        assertThat(kept.standIns()).isEqualTo(Map.of("NW-TEE", "X", "NW-CAP", "Y", "NW-BAG", "Y"));
        assertThat(second.repeats(kept)).isTrue();
        assertThat(first.repeats(kept)).isFalse();
        assertThat(decision(Action.RETRY, Map.of()).after(first).standIns()).isEqualTo(first.standIns());
    }

    @Test
    void anAmendmentFitsTheDocumentThatItIsAbout() {
        RefusedDocument document =
                new RefusedDocument(Optional.of(LocalDate.of(2026, 11, 23)), List.of("NW-TEE", "SHIPPING"));

        assertThat(document.misfit(amend(Map.of("postingDate", "2026-12-01", "standIns", "NW-TEE=X"))))
                .isEmpty();
        assertThat(document.misfit(amend(Map.of("postingDate", "2026-11-22"))).map(Decision.Misfit::toString))
                .contains("postingDate: must be a day from 2026-11-23, on which it happened, to 2027-11-24");
        assertThat(document.misfit(amend(Map.of("postingDate", "2027-11-25")))).isPresent();
        assertThat(document.misfit(amend(Map.of("standIns", "NW-CAP=X"))).map(Decision.Misfit::toString))
                .contains("standIns: must name products of the document, which has no NW-CAP but NW-TEE, SHIPPING");
        assertThat(new RefusedDocument(Optional.empty(), List.of())
                        .misfit(amend(Map.of("postingDate", "2026-11-22", "standIns", "NW-CAP=X"))))
                .as("nothing is known of it")
                .isEmpty();
        assertThat(amend(Map.of("postingDate", "2026-12-01")).about(document).changes())
                .containsExactly(new Decision.Change("postingDate", Optional.of("2026-11-23"), "2026-12-01"));
    }

    @Test
    void aNameThatTheOrderHasMeansAProductOfOurs() {
        Decision decision = amend(Map.of("productNames", "OLD SCARF=NW-SCARF-GRY", "productNamesFor", "ACCOUNT"));

        assertThat(decision.misfit(FailureCode.UNKNOWN_SKU)).isEmpty();
        assertThat(decision.productNames()).isEqualTo(Map.of("OLD SCARF", "NW-SCARF-GRY"));
        assertThat(decision.namesForAccount()).isTrue();
        assertThat(decision.changes())
                .contains(new Decision.Change("productNames", Optional.of("OLD SCARF"), "NW-SCARF-GRY"));
        assertThat(amend(Map.of("productNames", "A=B")).namesForAccount()).isFalse();
        assertThat(amend(Map.of("productNames", "A=B", "productNamesFor", "everybody"))
                        .misfit(FailureCode.UNKNOWN_SKU)
                        .map(Decision.Misfit::key))
                .contains("productNamesFor");
        RefusedDocument document = new RefusedDocument(Optional.empty(), List.of("OLD SCARF"));
        assertThat(document.misfit(decision)).isEmpty();
        assertThat(document.misfit(amend(Map.of("productNames", "NW-TEE=NW-CAP"))))
                .map(Decision.Misfit::key)
                .contains("productNames");
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
