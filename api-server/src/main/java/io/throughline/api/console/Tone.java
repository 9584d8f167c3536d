package io.throughline.api.console;

import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.measure.Standing;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import java.time.Instant;
import java.util.Locale;

/** What a state means to whoever reads it; the only thing that has a colour in the console, and never without a word beside it. */
public enum Tone {
    /** As it should be in the end. */
    GOOD,
    /** On its way. */
    WAITING,
    /** Somebody must do something. */
    BAD,
    /** Nothing follows from it any more. */
    QUIET;

    /** The name of its style. */
    public String style() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Tone of(OrderStatus status) {
        return switch (status) {
            case COMPLETED -> GOOD;
            case RECEIVED, VALIDATED, APPROVED, IN_FULFILLMENT -> WAITING;
            case REJECTED -> BAD;
            case CANCELLED -> QUIET;
        };
    }

    public static Tone of(PaymentStatus status) {
        return switch (status) {
            case CAPTURED -> GOOD;
            case PENDING, AUTHORIZED, PARTIALLY_CAPTURED -> WAITING;
            case UNKNOWN -> BAD;
            case VOIDED, PARTIALLY_REFUNDED, REFUNDED -> QUIET;
        };
    }

    public static Tone of(PostingStatus status) {
        return switch (status) {
            case CONFIRMED -> GOOD;
            case PENDING, POSTED -> WAITING;
            case REJECTED, BLOCKED_PERIOD, OUT_OF_BALANCE -> BAD;
            case REVERSED -> QUIET;
        };
    }

    public static Tone of(FulfillmentStatus status) {
        return switch (status) {
            case SHIPPED, PICKED_UP, DELIVERED -> GOOD;
            case ALLOCATED, RELEASED, ACKNOWLEDGED, PICKING, PACKED, READY_FOR_PICKUP -> WAITING;
            case REJECTED -> BAD;
            case CANCELLED -> QUIET;
        };
    }

    public static Tone of(GoodsStatus status) {
        return switch (status) {
            case INSPECTED -> GOOD;
            case AUTHORISED, IN_TRANSIT, DELIVERED, PARTLY_RECEIVED, RECEIVED -> WAITING;
            case NOT_TO_COME, REFUSED -> QUIET;
        };
    }

    public static Tone of(MoneyStatus status) {
        return switch (status) {
            case CONFIRMED -> GOOD;
            case AWAITS_GOODS, UNCALCULATED, UNAPPROVED, APPROVED, ISSUED -> WAITING;
            case ENDED -> QUIET;
        };
    }

    public static Tone of(Standing standing) {
        return switch (standing) {
            case WITHIN -> GOOD;
            case AT_RISK -> WAITING;
            case BREACHED -> BAD;
        };
    }

    public static Tone of(EffectLedger.State state) {
        return switch (state) {
            case SUCCEEDED -> GOOD;
            case PENDING, LEASED -> WAITING;
            case UNKNOWN, REFUSED -> BAD;
            case SHADOWED, GIVEN_UP -> QUIET;
        };
    }

    public static Tone of(CounterReturn.Stage stage) {
        return switch (stage) {
            case UNAPPROVED, TO_PAY_OUT, TO_REFUND, ON_ITS_WAY -> WAITING;
            case SETTLED -> GOOD;
            case REFUSED -> QUIET;
        };
    }

    /** A case is bad when it is late, not because it is there. */
    public static Tone of(Case found, Instant now) {
        if (found.status() == CaseStatus.CLOSED) {
            return QUIET;
        }
        return found.status() == CaseStatus.OPEN && found.dueAt().isBefore(now) ? BAD : WAITING;
    }
}
