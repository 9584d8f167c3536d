package io.throughline.domain.payment;

import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import java.util.Optional;
import java.util.Set;

/** Takes money that a channel has authorised. Letting it go is the channel's part of cancelling the order. Failures are {@code SystemFailure}. */
public interface PaymentGateway {
    /**
     * What became of a capture whose outcome is not known. Whatever was captured of an authorisation is found, unless that may be taken in parts:
     * then what came to this amount. If something else was captured of it, nobody can tell whose that is: CAPTURE_DECLINED.
     */
    Optional<Receipt> findCapture(Capture capture);

    /** The receipt's reference is the channel's transaction. Declined: CAPTURE_DECLINED. */
    Reply capture(Capture capture, String vendorKey);

    /**
     * {@code amount} is in the presentment currency; {@code authorisation} is the channel's transaction that allows it; {@code before} are those
     * that took earlier parts of it, which this one is not.
     */
    record Capture(OrderKey order, String authorisation, Money amount, Set<String> before) {
        public Capture {
            before = Set.copyOf(before);
        }

        /** The first, or only, one. */
        public Capture(OrderKey order, String authorisation, Money amount) {
            this(order, authorisation, amount, Set.of());
        }
    }
}
