package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.StockPolicies;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Cases.CaseFilter;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import java.time.Instant;
import java.util.Optional;

/**
 * What is done where a system and the ledger have parted. Within the policy's tolerance the ledger follows the system that moves the stock,
 * by an adjustment that says so, and what others count is let be; beyond it somebody has to look. A case closes when both agree again, and
 * a difference that was accepted once is not asked about again.
 */
final class DriftCheck {
    private static final int MOST_AT_ONCE = 200;
    private static final int MOST_CASES = 500;

    private final StockDrift drift;
    private final InventoryLedger ledger;
    private final StockAuthorities authorities;
    private final StockPolicies policies;
    private final Cases cases;

    DriftCheck(
            StockDrift drift,
            InventoryLedger ledger,
            StockAuthorities authorities,
            StockPolicies policies,
            Cases cases) {
        this.drift = drift;
        this.ledger = ledger;
        this.authorities = authorities;
        this.policies = policies;
        this.cases = cases;
    }

    /** Gives how many places are a person's to look at. */
    int compare(AccountId account, Instant quietSince, Instant now) {
        int apart = 0;
        for (Discrepancy found : drift.apart(account, quietSince, MOST_AT_ONCE)) {
            int tolerance = policies.at(now).tolerance(found.facility(), found.sku());
            if (Math.abs((long) found.told() - found.ledger()) > tolerance) {
                show(account, found);
                apart++;
            } else if (authorities
                    .of(found.facility(), found.measure())
                    .system()
                    .equals(found.system())) {
                ledger.record(Movement.following(found, now));
            }
        }
        return apart;
    }

    private void show(AccountId account, Discrepancy found) {
        String subject = new StockSubject(found.facility(), found.sku()).toString();
        String step = new DriftStep(account, found.measure()).toString();
        if (cases.current(subject, step).isEmpty() && !accepted(subject, step, headline(found))) {
            cases.open(account, subject, step, FailureCode.STOCK_DISCREPANCY, headline(found) + drift.story(found));
        }
    }

    private static String headline(Discrepancy found) {
        return found.system() + " tells of " + found.told() + ", the ledger of " + found.ledger() + " ("
                + found.measure() + "). ";
    }

    private boolean accepted(String subject, String step, String headline) {
        return cases.ofSubject(subject).stream()
                .filter(past -> past.step().equals(step) && past.status() == CaseStatus.CLOSED)
                .filter(past -> past.detail().startsWith(headline))
                .anyMatch(past -> past.decision()
                        .map(Decision::action)
                        .filter(Action.ACCEPT_DIFFERENCE::equals)
                        .isPresent());
    }

    /** Closes the cases of places where both agree again. */
    void closeAgreed(AccountId account) {
        cases
                .list(new CaseFilter(
                        Optional.of(CaseStatus.OPEN),
                        Optional.of(FailureCode.STOCK_DISCREPANCY),
                        Optional.of(account),
                        MOST_CASES))
                .stream()
                .filter(this::agreed)
                .forEach(open -> cases.close(open.id(), "both agree again"));
    }

    private boolean agreed(Case open) {
        Optional<DriftStep> step = DriftStep.of(open.step());
        Optional<StockSubject> place = StockSubject.of(open.subject());
        return step.isPresent()
                && place.isPresent()
                && drift.apartAt(step.get().account(), place.get(), step.get().measure())
                        .isEmpty();
    }
}
