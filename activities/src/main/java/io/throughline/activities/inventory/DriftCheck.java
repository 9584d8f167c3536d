package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Cases.CaseFilter;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.reconciliation.Watermarks;
import java.time.Clock;
import java.time.Duration;
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
    private static final String COMPARED = "stock-compared";

    private final StockBooks books;
    private final Cases cases;
    private final Watermarks watermarks;
    private final Duration every;
    private final Clock clock;

    /** {@code every} is how often is compared, at places that have been quiet for as long. */
    DriftCheck(StockBooks books, Cases cases, Watermarks watermarks, Duration every, Clock clock) {
        this.books = books;
        this.cases = cases;
        this.watermarks = watermarks;
        this.every = every;
        this.clock = clock;
    }

    /** Whether the account has not been compared for as long as it should be. */
    boolean due(AccountId account) {
        return watermarks
                .completeUpTo(account, COMPARED)
                .filter(compared -> compared.isAfter(clock.instant().minus(every)))
                .isEmpty();
    }

    /** Closes the cases of places that agree again, and compares when it is time to; gives how many places are a person's to look at. */
    int compareWhenDue(AccountId account) {
        closeAgreed(account);
        if (!due(account)) {
            return 0;
        }
        Instant now = clock.instant();
        int apart = compare(account, now.minus(every), now);
        watermarks.advance(account, COMPARED, now);
        return apart;
    }

    private int compare(AccountId account, Instant quietSince, Instant now) {
        int apart = 0;
        for (Discrepancy found : books.drift().apart(account, quietSince, MOST_AT_ONCE)) {
            int tolerance = books.policies().at(now).tolerance(found.facility(), found.sku());
            if (Math.abs((long) found.told() - found.ledger()) > tolerance) {
                show(account, found);
                apart++;
            } else if (books.authorities()
                    .of(found.facility(), found.measure())
                    .system()
                    .equals(found.system())) {
                books.ledger().record(Movement.following(found, now));
            }
        }
        return apart;
    }

    private void show(AccountId account, Discrepancy found) {
        String subject = new StockSubject(found.facility(), found.sku()).toString();
        String step = new DriftStep(account, found.measure()).toString();
        if (cases.current(subject, step).isEmpty() && !accepted(subject, step, headline(found))) {
            cases.open(
                    account,
                    subject,
                    step,
                    FailureCode.STOCK_DISCREPANCY,
                    headline(found) + books.drift().story(found));
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

    private void closeAgreed(AccountId account) {
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
                && books.drift()
                        .apartAt(step.get().account(), place.get(), step.get().measure())
                        .isEmpty();
    }
}
