package io.throughline.domain.finance;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What the ERP is told when an order was routed: the sale. {@code reference} is unique per channel account and finds the document
 * again. Each line's {@code net} is without tax, after discounts.
 */
public record SalesDemand(
        String reference,
        OrderId order,
        String orderName,
        AccountId channel,
        CustomerRef customer,
        PersonalData person,
        String warehouse,
        LocalDate businessDate,
        CurrencyCode currency,
        List<SalesInvoice.Line> lines) {
    public SalesDemand {
        lines = List.copyOf(lines);
    }

    /** The same sale, where the ERP's products stand for those of ours that it does not know. */
    public SalesDemand standingIn(Map<String, String> products) {
        return new SalesDemand(
                reference,
                order,
                orderName,
                channel,
                customer,
                person,
                warehouse,
                businessDate,
                currency,
                SalesInvoice.Line.standingIn(lines, products));
    }

    /** The same sale, whose goods go from another place. */
    public SalesDemand from(String place) {
        return new SalesDemand(
                reference, order, orderName, channel, customer, person, place, businessDate, currency, lines);
    }

    public Money total() {
        return SalesInvoice.Line.total(currency, lines);
    }

    /** What it asks for: amounts, products and quantities, and nothing about whom they are for. */
    public String asked() {
        return reference + " from " + warehouse + " " + total() + SalesInvoice.LINES + SalesInvoice.Line.asked(lines);
    }
}
