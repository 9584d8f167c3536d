package io.throughline.domain.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureCodeTest {
    @ParameterizedTest
    @EnumSource
    void eachCodeSaysWhatMayBeDoneByWhomAndUntilWhen(FailureCode code) {
        assertThat(code.actions()).isNotEmpty();
        assertThat(code.target()).isPositive();
        assertThat(code.owner()).isNotNull();
        assertThat(code.runbook()).matches("[a-z]+(-[a-z]+)*\\.md");
    }

    @ParameterizedTest
    @EnumSource
    void whatMayWorkLaterCanOnlyBeTriedAgain(FailureCode code) {
        if (code.category() == FailureCategory.TRANSIENT || code.category() == FailureCategory.INTERNAL) {
            assertThat(code.actions()).containsExactly(Action.RETRY);
        }
    }

    @Test
    void theRunbookHasTheCodesName() {
        assertThat(FailureCode.ERP_BOOKS_DIFFER.runbook()).isEqualTo("erp-books-differ.md");
    }

    @Test
    void nobodyCanWidenWhatIsAllowed() {
        Set<Action> copy = FailureCode.ORDER_ON_HOLD.actions();
        copy.add(Action.ACCEPT_DIFFERENCE);

        assertThat(FailureCode.ORDER_ON_HOLD.actions()).containsExactlyInAnyOrder(Action.RELEASE_HOLD, Action.CANCEL);
    }

    @Test
    void aVendorsKeyFitsTheShortestLimitAndChangesWithItsGeneration() {
        Set<String> keys = new HashSet<>();
        for (String operation : Set.of("release", "capture", "invoice")) {
            for (int intent = 1; intent <= 20; intent++) {
                EffectKey key = new EffectKey(SampleAccounts.SHOP, "O-7K2M9Q4XTA-F1", operation, intent);
                for (int generation = 1; generation <= 5; generation++) {
                    String vendorKey = key.vendorKey(generation);
                    assertThat(vendorKey).matches("[0-9a-f]{40}").isEqualTo(key.vendorKey(generation));
                    keys.add(vendorKey);
                }
            }
        }
        assertThat(keys).hasSize(3 * 20 * 5);
    }

    @Test
    void anEffectIsNamedByItsIntent() {
        assertThat(new EffectKey(SampleAccounts.ERP, "O-7K2M9Q4XTA", "announce", 1))
                .hasToString("tryton-northwind/O-7K2M9Q4XTA/announce/1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EffectKey(SampleAccounts.ERP, "O-7K2M9Q4XTA", "announce", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new EffectKey(SampleAccounts.ERP, " ", "announce", 1));
    }

    @Test
    void anOpenCaseIsAtRiskAfterFourFifthsOfItsTime() {
        Instant opened = Instant.parse("2026-11-23T08:00:00Z");

        assertThat(caseOf(CaseStatus.OPEN, opened).atRisk(opened.plus(Duration.ofHours(8))))
                .isFalse();
        assertThat(caseOf(CaseStatus.OPEN, opened)
                        .atRisk(opened.plus(Duration.ofHours(8).plusMillis(1))))
                .isTrue();
        assertThat(caseOf(CaseStatus.DECIDED, opened).atRisk(opened.plus(Duration.ofHours(9))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C-0", "1001", "C-", "C-1x", "c-1001", "C-1001 "})
    void aCaseIsNamedByItsNumber(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CaseId(name));
    }

    private static Case caseOf(CaseStatus status, Instant opened) {
        return new Case(
                new CaseId("C-1001"),
                SampleAccounts.SHOP,
                "O-7K2M9Q4XTA",
                "order.screen order",
                FailureCode.ORDER_ON_HOLD,
                "held",
                status,
                opened,
                opened.plus(Duration.ofHours(10)),
                Optional.empty(),
                Optional.empty());
    }
}
