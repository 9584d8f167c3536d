package io.throughline.domain.finance;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.time.LocalDate;

/** Money that a channel has taken, to be booked from the gateway's clearing account. {@code reference} is ours and unique. */
public record CustomerPayment(
        String reference,
        OrderId order,
        AccountId channel,
        CustomerRef customer,
        String gateway,
        Money amount,
        LocalDate businessDate) {}
