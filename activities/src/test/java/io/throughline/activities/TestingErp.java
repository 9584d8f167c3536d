package io.throughline.activities;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Erp;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.finance.StockAdjustment;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An ERP that books what it is told, line by line, unless a test makes it book something else. It is called without vendor keys. */
public final class TestingErp implements Erp {
    private final TestingVendor vendor;
    private final Map<String, SalesDemand> demands = new LinkedHashMap<>();
    private final Map<String, SalesInvoice> invoices = new LinkedHashMap<>();
    private final Map<String, CustomerPayment> payments = new LinkedHashMap<>();
    private final Map<String, StockAdjustment> adjustments = new LinkedHashMap<>();
    private final List<JournalLine> others = new ArrayList<>();

    public TestingErp(TestingVendor vendor) {
        this.vendor = vendor;
    }

    /** Something that nobody asked for is booked too. */
    public synchronized void books(LedgerAccount account, Money debit) {
        others.add(JournalLine.signed(account, debit));
    }

    public synchronized long refundsOf(OrderId order) {
        return payments.values().stream()
                .filter(payment -> payment.subject().equals(order) && payment.isRefund())
                .count();
    }

    public synchronized SalesDemand demand(String reference) {
        return Optional.ofNullable(demands.get(reference)).orElseThrow();
    }

    public synchronized SalesInvoice invoice(String reference) {
        return Optional.ofNullable(invoices.get(reference)).orElseThrow();
    }

    public synchronized CustomerPayment payment(String reference) {
        return Optional.ofNullable(payments.get(reference)).orElseThrow();
    }

    public synchronized List<CustomerPayment> payments() {
        return List.copyOf(payments.values());
    }

    @Override
    public Optional<Receipt> findDemand(AccountId company, SalesDemand demand) {
        return vendor.find("announce", demand.reference());
    }

    @Override
    public synchronized Reply announce(AccountId company, SalesDemand demand) {
        return change("announce", demand.reference(), () -> demands.putIfAbsent(demand.reference(), demand));
    }

    @Override
    public Optional<Receipt> findMove(AccountId company, SalesDemand demand) {
        return vendor.find("move", demand.reference() + " to " + demand.warehouse());
    }

    @Override
    public synchronized Reply move(AccountId company, SalesDemand demand) {
        return change("move", demand.reference() + " to " + demand.warehouse());
    }

    @Override
    public Optional<Receipt> findInvoice(AccountId company, SalesInvoice invoice) {
        return vendor.find("invoice", invoice.reference());
    }

    @Override
    public synchronized Reply postInvoice(AccountId company, SalesInvoice invoice) {
        return change("invoice", invoice.reference(), () -> invoices.putIfAbsent(invoice.reference(), invoice));
    }

    @Override
    public Optional<Receipt> findPayment(AccountId company, CustomerPayment payment) {
        return vendor.find("payment", payment.reference());
    }

    @Override
    public synchronized Reply bookPayment(AccountId company, CustomerPayment payment) {
        return change("payment", payment.reference(), () -> payments.put(payment.reference(), payment));
    }

    @Override
    public Reply settle(AccountId company, PostingSubject subject, List<String> references) {
        vendor.reachable("settle");
        return Reply.done("settled " + references.size());
    }

    @Override
    public Optional<Receipt> findWithdrawal(AccountId company, SalesDemand demand) {
        return vendor.find("withdraw", demand.reference());
    }

    @Override
    public Reply withdraw(AccountId company, SalesDemand demand) {
        return change("withdraw", demand.reference());
    }

    @Override
    public Optional<Receipt> findAdjustment(AccountId company, StockAdjustment adjustment) {
        return vendor.find("adjust-stock", adjustment.reference());
    }

    @Override
    public synchronized Reply adjustStock(AccountId company, StockAdjustment adjustment) {
        return change(
                "adjust-stock",
                adjustment.reference(),
                () -> adjustments.putIfAbsent(adjustment.reference(), adjustment));
    }

    public synchronized StockAdjustment adjustment(String reference) {
        return Optional.ofNullable(adjustments.get(reference)).orElseThrow();
    }

    @Override
    public synchronized List<JournalLine> books(AccountId company, PostingSubject subject, List<String> references) {
        vendor.reachable("books");
        List<JournalLine> lines = new ArrayList<>(others);
        references.forEach(reference -> {
            Optional.ofNullable(invoices.get(reference)).ifPresent(invoice -> lines.addAll(linesOf(invoice)));
            Optional.ofNullable(payments.get(reference)).ifPresent(payment -> lines.addAll(linesOf(payment)));
        });
        return lines;
    }

    /** An ERP finds its document by its reference before it creates one. */
    private Reply change(String operation, String reference) {
        return vendor.change(operation, reference, reference);
    }

    /** What is there is kept, also where the reply to it is lost. */
    private Reply change(String operation, String reference, Runnable keep) {
        try {
            return change(operation, reference);
        } finally {
            if (vendor.effects().contains(operation + " " + reference)) {
                keep.run();
            }
        }
    }

    private static List<JournalLine> linesOf(SalesInvoice invoice) {
        List<JournalLine> lines = new ArrayList<>();
        lines.add(JournalLine.signed(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE), invoice.total()));
        for (SalesInvoice.Line line : invoice.lines()) {
            LedgerAccount.Role role = switch (line.kind()) {
                case SHIPPING -> LedgerAccount.Role.SHIPPING_REVENUE;
                case GIFT_CARD -> LedgerAccount.Role.GIFT_CARD_LIABILITY;
                case ROUNDING -> LedgerAccount.Role.ROUNDING;
                default -> LedgerAccount.Role.REVENUE;
            };
            add(lines, LedgerAccount.of(role), line.net().negated());
            line.taxes()
                    .forEach(tax -> add(
                            lines, LedgerAccount.tax(tax.title()), tax.amount().negated()));
        }
        return lines;
    }

    private static void add(List<JournalLine> lines, LedgerAccount account, Money amount) {
        if (!amount.isZero()) {
            lines.add(JournalLine.signed(account, amount));
        }
    }

    private static List<JournalLine> linesOf(CustomerPayment payment) {
        Money taken = payment.isRefund() ? payment.amount().negated() : payment.amount();
        LedgerAccount from = payment.gateway().equals("gift_card")
                ? LedgerAccount.of(LedgerAccount.Role.GIFT_CARD_LIABILITY)
                : LedgerAccount.clearing(payment.gateway());
        return List.of(
                JournalLine.signed(from, taken),
                JournalLine.signed(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE), taken.negated()));
    }

    /** What the order's accounts come to. */
    public Map<LedgerAccount, Money> net(AccountId company, OrderId order, List<String> references) {
        return Journal.net(books(company, order, references));
    }
}
