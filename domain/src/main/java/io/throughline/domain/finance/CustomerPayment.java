package io.throughline.domain.finance;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.money.Money;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Money that a channel has taken, to be booked from the gateway's clearing account; or money that it has given back, which is booked
 * the other way round and names in {@code refundOf} the payment that it was part of, or the invoice over less than nothing that it pays. {@code reference} is ours and unique,
 * {@code amount} always positive. A closed period refuses it unless told
 * otherwise.
 */
public record CustomerPayment(
        String reference,
        PostingSubject subject,
        AccountId channel,
        CustomerRef customer,
        String gateway,
        Money amount,
        LocalDate businessDate,
        Optional<String> refundOf,
        ClosedPeriods closedPeriods) {
    public CustomerPayment(
            String reference,
            PostingSubject subject,
            AccountId channel,
            CustomerRef customer,
            String gateway,
            Money amount,
            LocalDate businessDate,
            Optional<String> refundOf) {
        this(reference, subject, channel, customer, gateway, amount, businessDate, refundOf, ClosedPeriods.REFUSE);
    }

    public boolean isRefund() {
        return refundOf.isPresent();
    }

    /** The same payment, booked under another day than its own. */
    public CustomerPayment postedOn(LocalDate day) {
        return new CustomerPayment(
                reference, subject, channel, customer, gateway, amount, day, refundOf, closedPeriods);
    }

    public CustomerPayment under(ClosedPeriods rule) {
        return new CustomerPayment(
                reference, subject, channel, customer, gateway, amount, businessDate, refundOf, rule);
    }
}
