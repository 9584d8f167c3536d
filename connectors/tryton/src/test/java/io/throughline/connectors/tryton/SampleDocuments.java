package io.throughline.connectors.tryton;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.LedgerAccount.Role;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An order of its own for each case, and the documents of it. */
record SampleDocuments(OrderId order, AccountId channel, CurrencyCode currency, LocalDate businessDate) {
    static SampleDocuments inUsd() {
        return of("northwind", "USD");
    }

    static SampleDocuments of(String channel, String currency) {
        AccountId account = AccountId.of(channel);
        OrderKey key = new OrderKey(account, UUID.randomUUID().toString());
        return new SampleDocuments(OrderId.of(key), account, CurrencyCode.of(currency), LocalDate.of(2026, 10, 20));
    }

    SampleDocuments on(LocalDate date) {
        return new SampleDocuments(order, channel, currency, date);
    }

    Money money(String amount) {
        return Money.of(amount, currency);
    }

    SalesInvoice.Line line(
            SalesInvoice.Kind kind, String product, int quantity, String net, SalesInvoice.Tax... taxes) {
        return new SalesInvoice.Line(kind, product, product, quantity, money(net), List.of(taxes));
    }

    SalesInvoice.Line goods(String product, int quantity, String net, SalesInvoice.Tax... taxes) {
        return line(SalesInvoice.Kind.GOODS, product, quantity, net, taxes);
    }

    SalesInvoice.Tax tax(String title, String rate, String amount) {
        return new SalesInvoice.Tax(title, new java.math.BigDecimal(rate), money(amount));
    }

    SalesDemand demand(SalesInvoice.Line... lines) {
        return new SalesDemand(
                order.value(),
                order,
                "#1001",
                channel,
                new CustomerRef("C-1"),
                PersonalData.none(),
                "WH-EAST",
                businessDate,
                currency,
                List.of(lines));
    }

    SalesInvoice invoice(int number, SalesInvoice.Line... lines) {
        return invoice(number, List.of(lines));
    }

    SalesInvoice invoice(int number, List<SalesInvoice.Line> lines) {
        return new SalesInvoice(
                order + "-F" + number + "/invoice",
                order,
                "#1001",
                channel,
                new CustomerRef("C-1"),
                new FacilityId("WH-EAST"),
                businessDate,
                currency,
                lines);
    }

    CustomerPayment payment(int number, String gateway, String amount) {
        return new CustomerPayment(
                order + "/payment/" + number,
                order,
                channel,
                new CustomerRef("C-1"),
                gateway,
                money(amount),
                businessDate,
                Optional.empty());
    }

    CustomerPayment refund(int number, CustomerPayment of, String amount) {
        return givenBack(number, of.gateway(), amount, of.reference());
    }

    /** What the customer gets for an invoice over less than nothing. */
    CustomerPayment paidOut(int number, SalesInvoice of, String gateway, String amount) {
        return givenBack(number, gateway, amount, of.reference());
    }

    private CustomerPayment givenBack(int number, String gateway, String amount, String of) {
        return new CustomerPayment(
                order + "/refund/" + number,
                order,
                channel,
                new CustomerRef("C-1"),
                gateway,
                money(amount),
                businessDate,
                Optional.of(of));
    }

    static List<JournalLine> expected(SalesInvoice invoice) {
        List<JournalLine> lines = new ArrayList<>();
        add(lines, LedgerAccount.of(Role.RECEIVABLE), invoice.total());
        for (SalesInvoice.Line line : invoice.lines()) {
            add(lines, LedgerAccount.of(role(line.kind())), line.net().negated());
            line.taxes()
                    .forEach(tax -> add(
                            lines, LedgerAccount.tax(tax.title()), tax.amount().negated()));
        }
        return lines;
    }

    static List<JournalLine> expected(CustomerPayment payment) {
        LedgerAccount from = payment.gateway().equals("gift_card")
                ? LedgerAccount.of(Role.GIFT_CARD_LIABILITY)
                : LedgerAccount.clearing(payment.gateway());
        Money taken = payment.isRefund() ? payment.amount().negated() : payment.amount();
        return List.of(
                JournalLine.signed(from, taken),
                JournalLine.signed(LedgerAccount.of(Role.RECEIVABLE), taken.negated()));
    }

    private static void add(List<JournalLine> lines, LedgerAccount account, Money amount) {
        if (!amount.isZero()) {
            lines.add(JournalLine.signed(account, amount));
        }
    }

    private static Role role(SalesInvoice.Kind kind) {
        return switch (kind) {
            case GOODS, ALLOWANCE -> Role.REVENUE;
            case GIFT_CARD -> Role.GIFT_CARD_LIABILITY;
            case SHIPPING -> Role.SHIPPING_REVENUE;
            case TIP -> Role.TIPS_PAYABLE;
            case DUTY -> Role.DUTIES_PAYABLE;
            case ROUNDING -> Role.ROUNDING;
        };
    }
}
