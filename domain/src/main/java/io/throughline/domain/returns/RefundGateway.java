package io.throughline.domain.returns;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives money back at the channel that has taken it, and takes the units that it is for off the order. Failures are {@code SystemFailure}. */
public interface RefundGateway {
    /** What the channel would give back for these units and this part of the delivery. It knows nothing of our fees. */
    Money suggest(Claim claim);

    /** Whether it comes to what units are worth by itself. Who keeps no order of its own does not. */
    default boolean suggests() {
        return true;
    }

    /** By the claim's reference, which the refund bears. */
    Optional<Receipt> findRefund(Claim claim);

    /**
     * The receipt's reference is the channel's refund; its details name, under each payment, the transaction that gives back of it. More than is
     * left, or units that the order no longer has: REFUND_REFUSED.
     */
    Reply refund(Claim claim, String vendorKey);

    /** What somebody has put on a shelf with the refunds that made these transactions. Nothing where a channel has no shelves. */
    default List<PutBack> putBack(OrderKey order, Set<String> transactions) {
        return List.of();
    }

    /**
     * {@code delivery} is what is given back of the delivery; the parts of the tenders come to what is given back, by the channel's ids of the
     * payments or as credit of the customer's, and may be less than what the units were worth. {@code reference} is ours and unique.
     */
    record Claim(
            OrderKey order,
            String reference,
            List<LineQuantity> units,
            MoneyBag delivery,
            List<Refund.ToTender> tenders) {
        public Claim {
            units = List.copyOf(units);
            tenders = List.copyOf(tenders);
        }

        /** What is asked for, without personal data. */
        public String asked() {
            return reference + " " + units + " "
                    + tenders.stream()
                            .map(to -> to.amount().presentment() + " to " + to.payment())
                            .toList();
        }
    }

    /** Under which name a receipt tells the transaction that gives back of a payment. */
    static String ofPayment(String payment) {
        return "payment/" + payment;
    }

    /** The transactions that a receipt tells, by the payment that each gives back of. */
    static Map<String, String> transactions(Receipt receipt) {
        String prefix = ofPayment("");
        return receipt.details().entrySet().stream()
                .filter(detail -> detail.getKey().startsWith(prefix))
                .collect(Collectors.toUnmodifiableMap(
                        detail -> detail.getKey().substring(prefix.length()), Map.Entry::getValue));
    }
}
