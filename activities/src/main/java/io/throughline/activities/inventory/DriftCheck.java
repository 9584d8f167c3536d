package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.StockPolicy.RetellingRule;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.Republication;
import io.throughline.domain.inventory.Republications.Outcome;
import io.throughline.domain.inventory.StockDrift.Page;
import io.throughline.domain.inventory.StockDrift.Spot;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.reconciliation.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What is done where a system and the ledger have parted. Beyond the policy's tolerance somebody has to look. Within it the ledger follows
 * the system that moves the stock, as {@code following} says; another one that shows our stock is told the ledger's number again, and of
 * one that isn't told of it the trace says how far it is off; what does not go away by that is a person's, too. What the system that moves
 * the stock tells of a place where the ledger has not heard of any is its beginning there. A case closes when both agree again.
 */
final class DriftCheck {
    private static final String COMPARED = "stock-compared";

    private final StockBooks books;
    private final Cases cases;
    private final Watermarks watermarks;
    private final Duration every;
    private final BiFunction<Discrepancy, Instant, Movement> following;
    private final Clock clock;

    /**
     * {@code every} is how often is compared, at places that have been quiet for as long. Those that never are, are compared all the same,
     * and taken to be apart when {@link Parting#LASTS} comparisons on end have found them so. {@code following} makes the movement by which the ledger follows:
     * where a system tells levels of its own, as a count; where its number is reckoned by what we have heard of others until then, which may
     * still grow, as an adjustment.
     */
    DriftCheck(
            StockBooks books,
            Cases cases,
            Watermarks watermarks,
            Duration every,
            BiFunction<Discrepancy, Instant, Movement> following,
            Clock clock) {
        this.books = books;
        this.cases = cases;
        this.watermarks = watermarks;
        this.every = every;
        this.following = following;
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
        Instant now = clock.instant();
        books.republications().remind(account);
        books.drift().settled(account).stream()
                .filter(agreed -> !isRestless(account, agreed, now))
                .forEach(agreed -> cases.close(agreed.id(), "both agree again"));
        if (!due(account)) {
            return 0;
        }
        int forPeople = compare(account, now.minus(every), now);
        watermarks.advance(account, COMPARED, now);
        return forPeople;
    }

    private int compare(AccountId account, Instant quietSince, Instant now) {
        int forPeople = 0;
        Page page;
        do {
            page = books.drift().next(account, quietSince);
            Set<Spot> mended = new HashSet<>();
            for (Parting parting : page.apart()) {
                switch (settle(account, parting, now)) {
                    case FOR_PEOPLE -> forPeople++;
                    case MENDED -> mended.add(parting.spot());
                    case LET_BE -> {}
                }
            }
            books.drift().passed(account, page, mended);
        } while (!page.last());
        return forPeople;
    }

    private enum Verdict {
        FOR_PEOPLE,
        /** The ledger has taken it in: what is apart there from now on is another difference. */
        MENDED,
        /** It may be goods on their way, or goes away by what was told. */
        LET_BE
    }

    private Verdict settle(AccountId account, Parting parting, Instant now) {
        if (parting.sure().isEmpty() || isShownOtherwise(account, parting) || isToldJustNow(account, parting, now)) {
            return Verdict.LET_BE;
        }
        Discrepancy apart = parting.sure().get();
        boolean moves = isMovedBy(parting);
        // No word of anybody else is against it.
        boolean believed = moves && parting.begun();
        int tolerance = books.policies().at(now).tolerance(apart.facility(), apart.sku());
        if (!believed && Math.abs((long) apart.told() - apart.ledger()) > tolerance) {
            show(account, parting, apart, "");
            return Verdict.FOR_PEOPLE;
        }
        if (moves) {
            follow(apart, now);
            return Verdict.MENDED;
        }
        if (parting.stays()) {
            show(account, parting, apart, " Within the tolerance, but it does not go away.");
            return Verdict.FOR_PEOPLE;
        }
        Optional<RetellingRule> restless =
                follows(account, parting) ? restless(account, parting.place(), now) : Optional.empty();
        if (restless.isPresent()) {
            show(account, parting, apart, restless.get());
            return Verdict.FOR_PEOPLE;
        }
        tell(account, parting, apart);
        return Verdict.LET_BE;
    }

    /** The rule by which it is told no more: it was told so often lately. */
    private Optional<RetellingRule> restless(AccountId account, StockSubject place, Instant now) {
        return books.policies()
                .at(now)
                .retelling(place.facility(), place.sku())
                .filter(rule ->
                        books.republications().askedByUs(account, place, now.minus(rule.within())) >= rule.most());
    }

    /** Both agree for a moment whenever it comes by the ledger's number: that settles nothing. */
    private boolean isRestless(AccountId account, Case agreed, Instant now) {
        return StockSubject.of(agreed.subject())
                .flatMap(place -> restless(account, place, now))
                .isPresent();
    }

    /** A word from before an adjustment is waited out: the next one is counted. */
    private void follow(Discrepancy apart, Instant now) {
        Movement followed = following.apply(apart, now);
        if (!followed.kind().absolute() || !books.drift().isAdjustedSince(apart)) {
            books.ledger().record(followed);
        }
    }

    /** Somebody has wished that it show the ledger's number again, and that may wait for goods on their way: it is no question before. */
    private boolean isToldJustNow(AccountId account, Parting parting, Instant now) {
        return follows(account, parting)
                && books.republications().pending(parting.place().sku()).stream()
                        .filter(wish ->
                                wish.account().equals(account) && wish.place().equals(parting.place()))
                        .anyMatch(wish -> now.isBefore(wish.askedAt().plus(Republication.LONGEST_WAIT)));
    }

    private void tell(AccountId account, Parting parting, Discrepancy apart) {
        boolean told = follows(account, parting)
                && books.republications().ask(account, parting.place(), Decision.OURSELVES) != Outcome.NOTHING_THERE;
        if (!told) {
            books.drift().note(apart);
        }
    }

    /** A system that is told of our stock shows what is kept back in words of its own: only what is on hand there can be compared. */
    private boolean isShownOtherwise(AccountId account, Parting parting) {
        return parting.found().measure() != Measure.ON_HAND
                && !isMovedBy(parting)
                && books.shown().of(account).contains(parting.found().facility());
    }

    /** Whether it is to show there what the ledger has. */
    private boolean follows(AccountId account, Parting parting) {
        return parting.found().measure() == Measure.ON_HAND && books.shown().follows(account, parting.place());
    }

    /** Whether it tells of stock that it moves itself. */
    private boolean isMovedBy(Parting parting) {
        Discrepancy found = parting.found();
        return books.shown().moves(AccountId.of(found.system()), parting.place(), found.measure());
    }

    private void show(AccountId account, Parting parting, Discrepancy apart, RetellingRule rule) {
        show(
                account,
                parting,
                apart,
                " Within the tolerance, but it was told the ledger's number " + rule.most()
                        + " times or more in the time of the policy's rule " + rule.name() + ", and is apart again.");
    }

    private void show(AccountId account, Parting parting, Discrepancy apart, String remark) {
        String subject = parting.place().toString();
        boolean shown = Stream.of(true, false)
                .map(either -> new DriftStep(account, apart.measure(), either).toString())
                .anyMatch(step -> cases.current(subject, step).isPresent());
        if (!shown) {
            cases.open(
                    account,
                    subject,
                    new DriftStep(account, apart.measure(), follows(account, parting)).toString(),
                    FailureCode.STOCK_DISCREPANCY,
                    apart.system() + " tells of " + apart.told() + ", the ledger of " + apart.ledger() + " ("
                            + apart.measure() + ")." + nearest(parting) + remark + " "
                            + books.drift().story(apart));
        }
    }

    /** Where something is always under way the ledger may never have had just this many. */
    private static String nearest(Parting parting) {
        return parting.quiet() || parting.reckoned()
                ? ""
                : " That is the nearest to it of what the ledger had all this time,"
                        + " less what is reserved and may have left.";
    }
}
