package io.throughline.api.returns;

import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.availability.Availability;
import io.throughline.domain.availability.NewPromises;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ReturnIntake;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells whether what is to be taken in exchange can be had, and keeps it. Nothing of it waits for supply. */
public final class ExchangeStock {
    /** Until the return is authorised, which then keeps it for as long as it may take. */
    private static final Duration AT_FIRST = Duration.ofMinutes(15);

    private final AccountId account;
    private final Baskets baskets;
    private final Availabilities availabilities;
    private final NewPromises promises;
    private final Clock clock;

    /** {@code account} is that of the new orders. */
    public ExchangeStock(
            AccountId account, Baskets baskets, Availabilities availabilities, NewPromises promises, Clock clock) {
        this.account = account;
        this.baskets = baskets;
        this.availabilities = availabilities;
        this.promises = promises;
        this.clock = clock;
    }

    /** How many units could be had just now, by SKU. */
    Map<Sku, Integer> available(Exchange.Wanted wanted) {
        List<Sku> skus =
                wanted.lines().stream().map(Exchange.Line::sku).distinct().toList();
        Map<Sku, Integer> available = new HashMap<>();
        availabilities
                .answer(
                        new Availabilities.Question(skus, wanted.pickUpAt(), Optional.of(account), Optional.empty()),
                        clock.instant())
                .forEach(one -> available.put(one.sku(), available(one, wanted)));
        return available;
    }

    private static int available(Availability one, Exchange.Wanted wanted) {
        return wanted.pickUpAt().isPresent()
                ? one.facilities().stream()
                        .flatMap(at -> at.pickup().stream())
                        .mapToInt(Availability.Pickup::units)
                        .sum()
                : one.channels().stream()
                        .mapToInt(Availability.InChannel::availableToPromise)
                        .sum();
    }

    /**
     * Keeps it in a basket that is this submission's, however often it is sent. What can't be had is a problem. A basket that has ended, or has
     * become an order's, is left as it is: whoever sends again what was authorised is answered by that.
     */
    BasketId keep(Exchange.Wanted wanted, ReturnIntake.Submission sent) {
        BasketId basket = new BasketId(
                account, "exchange." + Sha256.hex(sent.by().owner() + "\n" + sent.key() + "\n" + sent.bodyHash()));
        Optional<Commitment> commitment = baskets.hold(
                basket,
                wanted.needs(),
                promises.terms(account, wanted.pickUpAt(), wanted.needs(), Terms.OnShortage.REFUSE),
                clock.instant().plus(AT_FIRST));
        if (commitment.isPresent() && commitment.get() instanceof Commitment.Refused(List<Shortage> missing)) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    "Not all that is to be taken in exchange can be had.",
                    errors(wanted, missing));
        }
        return basket;
    }

    void giveBack(BasketId basket) {
        baskets.release(basket);
    }

    private static List<FieldError> errors(Exchange.Wanted wanted, List<Shortage> missing) {
        List<FieldError> errors = new ArrayList<>();
        for (Shortage shortage : missing) {
            for (int i = 0; i < wanted.lines().size(); i++) {
                if (wanted.lines().get(i).sku().equals(shortage.sku())) {
                    errors.add(new FieldError(
                            "/exchangeFor/" + i + "/quantity",
                            shortage.wanted() + " wanted, " + shortage.available()
                                    + " there: take fewer or something else, or return the goods for their money"));
                    break;
                }
            }
        }
        // Of a bundle it is a part that is missing, which no line names.
        return errors.isEmpty()
                ? List.of(new FieldError("/exchangeFor", "a part of a bundle is missing: take something else"))
                : errors;
    }
}
