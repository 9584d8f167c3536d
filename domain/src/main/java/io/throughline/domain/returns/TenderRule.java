package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** To which tenders a refund goes back; to none of them more than is left of what it paid. */
public sealed interface TenderRule {
    /** The part of each payment, in their order. {@code refund} is not more than is left of all. */
    List<Money> divide(Money refund, List<Payment> payments);

    /** In proportion to what is left of each, which is that of the payments for as long as nobody gives back in another one. */
    record OriginalProportion() implements TenderRule {
        @Override
        public List<Money> divide(Money refund, List<Payment> payments) {
            return refund.isZero()
                    ? payments.stream().map(payment -> refund).toList()
                    : refund.split(payments.stream()
                            .map(payment -> payment.left().minor())
                            .toList());
        }
    }

    /** One after the other, by gateway; {@link #ANY_OTHER} stands for those that are not named. */
    record InOrder(List<String> gateways) implements TenderRule {
        public static final String ANY_OTHER = "*";

        public InOrder {
            gateways = List.copyOf(gateways);
            if (!gateways.contains(ANY_OTHER) || gateways.stream().distinct().count() < gateways.size()) {
                throw new IllegalArgumentException("an order of gateways names each once, and " + ANY_OTHER);
            }
        }

        @Override
        public List<Money> divide(Money refund, List<Payment> payments) {
            List<Integer> turns = new ArrayList<>();
            for (int i = 0; i < payments.size(); i++) {
                turns.add(i);
            }
            turns.sort(Comparator.comparingInt(i -> rank(payments.get(i))));
            List<Money> parts = new ArrayList<>(payments.stream()
                    .map(payment -> Money.zero(refund.currency()))
                    .toList());
            Money rest = refund;
            for (int turn : turns) {
                Money part = rest.min(payments.get(turn).left());
                parts.set(turn, part);
                rest = rest.minus(part);
            }
            return List.copyOf(parts);
        }

        private int rank(Payment payment) {
            int named = gateways.indexOf(payment.gateway());
            return named >= 0 ? named : gateways.indexOf(ANY_OTHER);
        }
    }
}
