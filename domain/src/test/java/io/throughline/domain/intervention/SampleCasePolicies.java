package io.throughline.domain.intervention;

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

/** Policies of cases for tests. */
public final class SampleCasePolicies {
    private static final CurrencyCode USD = CurrencyCode.of("USD");

    private SampleCasePolicies() {}

    /**
     * All is FINANCE's and due after ten hours; what is late is told to CONTROLLER at once and to OPERATIONS after a day. One person decides
     * up to 50 USD. What has RETRY is tried again with its cause.
     */
    public static CasePolicy tenHours() {
        Map<FailureCode, CasePolicy.Rule> rules = new EnumMap<>(FailureCode.class);
        for (FailureCode code : FailureCode.values()) {
            rules.put(
                    code,
                    new CasePolicy.Rule(
                            "FINANCE", Duration.ofHours(10), code.actions().contains(Action.RETRY)));
        }
        return new CasePolicy(
                "ten-hours",
                Instant.EPOCH,
                Map.of(
                        "FINANCE",
                        new OwnerGroup(
                                "FINANCE",
                                "finance@northwind.example",
                                List.of(
                                        new Escalation("CONTROLLER", Duration.ZERO),
                                        new Escalation("OPERATIONS", Duration.ofDays(1)))),
                        "CONTROLLER",
                        OwnerGroup.ofLast("CONTROLLER"),
                        "OPERATIONS",
                        OwnerGroup.ofLast("OPERATIONS")),
                rules,
                MoneyLimits.of(Map.of(USD, Money.of("50.00", USD))),
                5);
    }
}
