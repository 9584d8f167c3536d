package io.throughline.domain.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CasePolicy.MoneyLimits;
import io.throughline.domain.intervention.OwnerGroup.Escalation;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CasePolicyTest {
    private static final CasePolicy POLICY = SampleCasePolicies.tenHours();

    @Test
    void everyCodeHasARuleWhoseOwnerIsAGroup() {
        Map<FailureCode, CasePolicy.Rule> rules = new EnumMap<>(POLICY.rules());
        rules.remove(FailureCode.ERP_REJECTED);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(rules))
                .withMessage("no rule is for ERP_REJECTED: add it");
        rules.put(FailureCode.ERP_REJECTED, new CasePolicy.Rule("NOBODY", Duration.ofHours(1), false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(rules))
                .withMessageContaining("ERP_REJECTED belongs to NOBODY");
    }

    @Test
    void whereNobodyHasSaidAnythingTheCodesSpeakForThemselves() {
        CasePolicy usual = CasePolicy.usual();

        assertThat(usual.rules()).containsOnlyKeys(FailureCode.values());
        assertThat(usual.owner(FailureCode.ERP_REJECTED)).isEqualTo("FINANCE");
        assertThat(usual.rule(FailureCode.ERP_REJECTED).dueAfter()).isEqualTo(FailureCode.ERP_REJECTED.target());
        assertThat(usual.escalation(FailureCode.ERP_REJECTED, 0)).isEmpty();
        assertThat(usual.retriedWhenBack()).isEmpty();
        assertThat(usual.needsSecondPerson(Action.CANCEL, usd("1000000.00"))).isFalse();
    }

    @Test
    void aCauseIsTriedLessAndLessOften() {
        CasePolicy.Probe probe = new CasePolicy.Probe(Duration.ofMinutes(15), Duration.ofHours(4));

        assertThat(Stream.of(0, 1, 2, 3, 4, 5, 1_000_000).map(probe::waitAfter))
                .extracting(Duration::toMinutes)
                .containsExactly(15L, 30L, 60L, 120L, 240L, 240L, 240L);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CasePolicy.Probe(Duration.ofHours(2), Duration.ofHours(1)));
        assertThat(POLICY.probes()).isEmpty();
    }

    @Test
    void twoPersonsDecideAboutMuchMoneyUnlessItIsHarmless() {
        assertThat(POLICY.needsSecondPerson(Action.CANCEL, usd("50.00"))).isFalse();
        assertThat(POLICY.needsSecondPerson(Action.CANCEL, usd("50.01"))).isTrue();
        assertThat(POLICY.needsSecondPerson(Action.RETRY, usd("50.01"))).isFalse();
        assertThat(POLICY.needsSecondPerson(Action.CANCEL, Optional.empty())).isFalse();
        assertThat(POLICY.needsSecondPerson(Action.CANCEL, Optional.of(Money.of("1", CurrencyCode.of("JPY")))))
                .as("a currency without a limit")
                .isTrue();
    }

    @Test
    void whomNobodyKnowsDecidesWhatOnePersonWouldAndKnowsWhatIsAtStake() {
        assertThat(POLICY.needsKnownPerson(FailureCode.ERP_REJECTED, Action.RETRY, Optional.empty()))
                .isFalse();
        assertThat(POLICY.needsKnownPerson(FailureCode.ERP_REJECTED, Action.CANCEL, usd("50.00")))
                .isFalse();
        assertThat(POLICY.needsKnownPerson(FailureCode.ERP_REJECTED, Action.CANCEL, usd("50.01")))
                .isTrue();
        assertThat(POLICY.needsKnownPerson(FailureCode.ERP_REJECTED, Action.CANCEL, Optional.empty()))
                .isTrue();
        assertThat(POLICY.needsKnownPerson(FailureCode.INBOX_UNREADABLE, Action.ACCEPT_DIFFERENCE, Optional.empty()))
                .as("no money")
                .isFalse();
    }

    @Test
    void aCaseIsAtRiskAfterFourFifthsAndLateThereafter() {
        Instant start = Instant.parse("2026-11-23T08:00:00Z");

        CaseTerms terms = CaseTerms.of(POLICY, FailureCode.ERP_REJECTED, start);

        assertThat(terms)
                .isEqualTo(new CaseTerms(
                        start.plus(Duration.ofHours(10)),
                        start.plus(Duration.ofHours(8)),
                        Optional.of(start.plus(Duration.ofHours(10)))));
        assertThat(CaseTerms.of(CasePolicy.usual(), FailureCode.ERP_REJECTED, start)
                        .escalateAt())
                .isEmpty();
    }

    @Test
    void whoHearsOfWhatIsLateHearsOfItOnceAndInOrder() {
        Escalation first = new Escalation("CONTROLLER", Duration.ofHours(2));

        assertThatIllegalArgumentException().isThrownBy(() -> new OwnerGroup("FINANCE", "", List.of(first, first)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OwnerGroup(
                        "FINANCE", "", List.of(first, new Escalation("OPERATIONS", Duration.ofHours(1)))));
        assertThatIllegalArgumentException().isThrownBy(() -> new OwnerGroup("CONTROLLER", "", List.of(first)));
        assertThatIllegalArgumentException().isThrownBy(() -> new OwnerGroup("finance", "", List.of()));
    }

    private static CasePolicy with(Map<FailureCode, CasePolicy.Rule> rules) {
        return new CasePolicy("p", Instant.EPOCH, POLICY.groups(), rules, MoneyLimits.none(), 1);
    }

    private static Optional<Money> usd(String amount) {
        return Optional.of(Money.of(amount, CurrencyCode.of("USD")));
    }
}
