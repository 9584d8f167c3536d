package io.throughline.domain.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureCodeTest {
    private static final Path RUNBOOKS = Path.of("..", "runbooks");

    @ParameterizedTest
    @EnumSource
    void eachCodeSaysWhatMayBeDoneByWhomAndUntilWhen(FailureCode code) {
        assertThat(code.actions()).isNotEmpty();
        assertThat(code.target()).isPositive();
        assertThat(code.owner()).isNotNull();
        assertThat(code.runbook()).matches("[a-z]+(-[a-z]+)*\\.md");
    }

    /** Else the case would hide that its process stands still for another reason. */
    @Test
    void whatIsSaidToKeepNoProcessWaitingHoldsNoneUp() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/throughline/domain/failure/FailureCode.java"));
        List<FailureCode> beside = Pattern.compile("No process waits for it\\.\\s*(?:\\*/)\\s*([A-Z_]+)\\(")
                .matcher(source)
                .results()
                .map(code -> FailureCode.valueOf(code.group(1)))
                .toList();

        assertThat(beside)
                .hasSizeGreaterThan(10)
                .allSatisfy(code ->
                        assertThat(code.holdsUpProcess()).as(code.name()).isFalse());
        assertThat(FailureCode.ERP_REJECTED.holdsUpProcess()).isTrue();
        assertThat(FailureCode.SYSTEM_UNREACHABLE.holdsUpProcess()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void onlyASystemThatHasAnsweredHasRefused(FailureCode code) {
        if (code.refusedOutside()) {
            assertThat(code.category()).isEqualTo(FailureCategory.BUSINESS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayWorkLaterCanOnlyBeTriedAgain(FailureCode code) {
        // For the trace no process waits, so that there is nothing to try again.
        boolean later = code.category() == FailureCategory.TRANSIENT || code.category() == FailureCategory.INTERNAL;
        if (later && code != FailureCode.TRACE_BROKEN) {
            assertThat(code.actions()).containsExactly(Action.RETRY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCanBeAmendedIsOfferedAndTheOtherWayRound(FailureCode code) {
        assertThat(code.amendable().isEmpty()).isNotEqualTo(code.actions().contains(Action.AMEND_AND_RETRY));
    }

    @ParameterizedTest
    @EnumSource
    void theRunbookIsThereAndSaysWhatCanBeDecidedAndAmended(FailureCode code) throws IOException {
        String page = Files.readString(RUNBOOKS.resolve(code.runbook()));

        assertThat(page).startsWith("# " + code + "\n");
        assertThat(namesIn(page, Arrays.stream(Action.values()).map(Enum::name)))
                .isEqualTo(code.actions().stream().map(Enum::name).collect(Collectors.toSet()));
        assertThat(namesIn(page, Arrays.stream(Amendable.values()).map(Amendable::key)))
                .isEqualTo(code.amendable().stream().map(Amendable::key).collect(Collectors.toSet()));
        assertThat(Files.readString(RUNBOOKS.resolve("README.md"))).contains("[" + code + "](" + code.runbook() + ")");
    }

    private static Set<String> namesIn(String page, Stream<String> names) {
        return names.filter(name ->
                        Pattern.compile("\\b" + name + "\\b").matcher(page).find())
                .collect(Collectors.toSet());
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
                Optional.empty(),
                Optional.empty());
    }
}
