package io.throughline.domain.order;

import io.throughline.domain.money.MoneyBag;
import java.time.Instant;
import java.util.Optional;

/**
 * One money movement at the channel. {@code id} is the channel's; {@code parent} the authorisation that a capture or void belongs to; {@code
 * expiresAt} until when an authorisation may be taken, where its channel tells.
 */
public record Tender(
        String id,
        Kind kind,
        Status status,
        String gateway,
        MoneyBag amount,
        Optional<String> parent,
        boolean multiCapturable,
        Instant at,
        Optional<Instant> expiresAt) {

    /** One of which nobody says that it would expire. */
    public Tender(
            String id,
            Kind kind,
            Status status,
            String gateway,
            MoneyBag amount,
            Optional<String> parent,
            boolean multiCapturable,
            Instant at) {
        this(id, kind, status, gateway, amount, parent, multiCapturable, at, Optional.empty());
    }

    public boolean isPayment() {
        return status == Status.SUCCESS && (kind == Kind.SALE || kind == Kind.CAPTURE);
    }

    public boolean isRefund() {
        return status == Status.SUCCESS && kind == Kind.REFUND;
    }

    /** Whether money is on its way to us that its provider has not confirmed yet. */
    public boolean isPendingPayment() {
        return status == Status.PENDING && (kind == Kind.AUTHORIZATION || kind == Kind.SALE || kind == Kind.CAPTURE);
    }

    /** Whether it has given money back, or may still: it is not known to have failed. */
    public boolean mayGiveBack() {
        return kind == Kind.REFUND && status != Status.FAILURE;
    }

    /** Whether this gives back, or will, something of a payment. */
    public boolean refunds(Tender payment) {
        return kind == Kind.REFUND && parent.filter(payment.id()::equals).isPresent();
    }

    /** So much of this payment, given back; {@code id} is the channel's of that. */
    public Tender refunded(String id, MoneyBag amount, Instant at) {
        return new Tender(id, Kind.REFUND, Status.SUCCESS, gateway, amount, Optional.of(this.id), false, at);
    }

    /** Whether it takes, or lets go, something of an authorisation. */
    boolean belongsTo(Tender authorisation) {
        return parent.filter(authorisation.id()::equals).isPresent();
    }

    public enum Kind {
        AUTHORIZATION,
        CAPTURE,
        SALE,
        VOID,
        REFUND,
        UNKNOWN
    }

    public enum Status {
        PENDING,
        SUCCESS,
        FAILURE,
        UNKNOWN
    }
}
