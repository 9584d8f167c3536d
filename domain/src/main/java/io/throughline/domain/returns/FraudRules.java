package io.throughline.domain.returns;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.returns.ReturnPolicy.Goods;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What makes a return without a receipt suspicious, as a sum of named signals that anybody can follow: from {@code secondPersonFrom} points on a second person
 * looks at it, from {@code refuseFrom} on it is refused.
 */
public record FraudRules(int secondPersonFrom, int refuseFrom, List<Signal> signals) {
    public FraudRules {
        signals = List.copyOf(signals);
        if (secondPersonFrom < 1 || refuseFrom <= secondPersonFrom) {
            throw new IllegalArgumentException(
                    "the points from which a second person looks come before those from which it is refused, and are at"
                            + " least 1");
        }
    }

    /** What is known when the goods lie there: {@code ofCustomer} and {@code atStore} are when earlier ones were taken, at most as long ago as is asked. */
    public record Observed(
            Instant at,
            Money value,
            Set<Sku> skus,
            Set<ConditionGrade> grades,
            List<Instant> ofCustomer,
            List<Instant> atStore) {
        public Observed {
            skus = Set.copyOf(skus);
            grades = Set.copyOf(grades);
            ofCustomer = List.copyOf(ofCustomer);
            atStore = List.copyOf(atStore);
        }
    }

    /** What follows from a score. */
    public enum Verdict {
        ALLOW,
        SECOND_PERSON,
        REFUSE
    }

    public FraudScore score(Observed observed) {
        return new FraudScore(
                signals.stream().flatMap(signal -> signal.in(observed).stream()).toList());
    }

    public Verdict verdict(FraudScore score) {
        if (score.points() >= refuseFrom) {
            return Verdict.REFUSE;
        }
        return score.points() >= secondPersonFrom ? Verdict.SECOND_PERSON : Verdict.ALLOW;
    }

    /** For how long a customer's earlier returns count. */
    public Duration looksBackAtCustomer() {
        return signals.stream()
                .map(signal -> switch (signal) {
                    case Signal.EarlierReturns earlier -> earlier.within();
                    case Signal.Lately lately -> lately.within();
                    case Signal.Worth worth -> Duration.ZERO;
                    case Signal.OfGoods goods -> Duration.ZERO;
                    case Signal.InGrade grade -> Duration.ZERO;
                    case Signal.StoreRate rate -> Duration.ZERO;
                })
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** For how long a store's earlier returns count. */
    public Duration looksBackAtStore() {
        return signals.stream()
                .map(signal -> signal instanceof Signal.StoreRate rate ? rate.within() : Duration.ZERO)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static long since(List<Instant> earlier, Instant at, Duration within) {
        Instant since = at.minus(within);
        return earlier.stream().filter(one -> !one.isBefore(since)).count();
    }

    private static Optional<FraudScore.Reason> seen(String name, boolean is, int points, String words) {
        return is ? Optional.of(new FraudScore.Reason(name, points, words)) : Optional.empty();
    }

    /** One thing that may be seen, and how many points it then has. */
    public sealed interface Signal {
        String name();

        /** Empty: it is not seen. */
        Optional<FraudScore.Reason> in(Observed observed);

        /** {@code points} for each earlier return of the customer within such a time, {@code most} at the most. */
        record EarlierReturns(String name, int points, int most, Duration within) implements Signal {
            @Override
            public Optional<FraudScore.Reason> in(Observed observed) {
                long times = since(observed.ofCustomer(), observed.at(), within);
                return seen(
                        name,
                        times > 0,
                        (int) Math.min(most, Math.min(times, MOST_TIMES) * points),
                        times + " of this customer in " + within.toDays() + " days");
            }
        }

        /** The customer's last one is not longer ago than that. */
        record Lately(String name, int points, Duration within) implements Signal {
            @Override
            public Optional<FraudScore.Reason> in(Observed observed) {
                return seen(
                        name,
                        since(observed.ofCustomer(), observed.at(), within) > 0,
                        points,
                        "the last one is at most " + within.toDays() + " days ago");
            }
        }

        /** It is worth more than that. */
        record Worth(String name, int points, Money above) implements Signal {
            @Override
            public Optional<FraudScore.Reason> in(Observed observed) {
                return seen(
                        name, observed.value().compareTo(above) > 0, points, observed.value() + " is above " + above);
            }
        }

        /** Such goods are among them. */
        record OfGoods(String name, int points, Goods goods) implements Signal {
            @Override
            public Optional<FraudScore.Reason> in(Observed observed) {
                return observed.skus().stream()
                        .filter(sku -> goods.covers(Channel.POINT_OF_SALE, sku))
                        .sorted()
                        .findFirst()
                        .map(sku -> new FraudScore.Reason(name, points, sku.value()));
            }
        }

        /** Some are in such a condition. */
        record InGrade(String name, int points, Set<ConditionGrade> grades) implements Signal {
            public InGrade {
                grades = Set.copyOf(grades);
            }

            @Override
            public Optional<FraudScore.Reason> in(Observed observed) {
                return observed.grades().stream()
                        .filter(grades::contains)
                        .min(Comparator.comparing(ConditionGrade::name))
                        .map(grade -> new FraudScore.Reason(name, points, "grade " + grade));
            }
        }

        /** The store has taken more of them than that within such a time. */
        record StoreRate(String name, int points, int moreThan, Duration within) implements Signal {
            @Override
            public Optional<FraudScore.Reason> in(Observed observed) {
                long times = since(observed.atStore(), observed.at(), within);
                return seen(
                        name,
                        times > moreThan,
                        points,
                        times + " at this store in " + within.toDays() + " days are more than " + moreThan);
            }
        }

        /** More often nobody comes. */
        int MOST_TIMES = 1_000;
    }
}
