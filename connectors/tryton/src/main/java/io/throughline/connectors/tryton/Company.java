package io.throughline.connectors.tryton;

import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.finance.StockAdjustment;
import java.util.List;
import java.util.Optional;

/** One company's desks, all behind one serial poster. */
final class Company {
    private static final int MOST_AT_ONCE = 25;

    private final Sales sales;
    private final Invoices invoices;
    private final Payments payments;
    private final Books books;
    private final Goods goods;
    private final StockShipments shipments;
    private final SerialPoster.Desk<SalesDemand, Reply> announcing;
    private final SerialPoster.Desk<SalesDemand, Reply> moving;
    private final SerialPoster.Desk<SalesDemand, Reply> withdrawing;
    private final SerialPoster.Desk<SalesInvoice, Reply> invoicing;
    private final SerialPoster.Desk<CustomerPayment, Reply> paying;
    private final SerialPoster.Desk<Settlement.Request, Reply> settling;
    private final SerialPoster.Desk<StockAdjustment, Reply> adjusting;

    Company(TrytonSettings settings, SystemGate gate) {
        HttpCalls calls = new HttpCalls(settings, gate);
        RestApi rest = new RestApi(calls, settings.applicationKey());
        RpcApi rpc = new RpcApi(calls, settings);
        References references = new References(rest, settings);
        MoveLines moveLines = new MoveLines(rest, references);
        sales = new Sales(rest, rpc, references, settings);
        invoices = new Invoices(rest, rpc, references, settings, sales);
        payments = new Payments(rest, rpc, references, settings);
        shipments = new StockShipments(rest, rpc, references);
        goods = new Goods(rest, references);
        books = new Books(rest, references, moveLines, settings.mapping());
        String receivable = settings.mapping().account(LedgerAccount.of(LedgerAccount.Role.RECEIVABLE));
        Settlement settlement = new Settlement(rest, rpc, references, moveLines, receivable);
        SerialPoster poster = new SerialPoster(MOST_AT_ONCE, settings.callTimeout(), settings.longestChange());
        announcing = poster.desk(sales::announce);
        moving = poster.desk(sales::move);
        withdrawing = poster.desk(sales::withdraw);
        invoicing = poster.desk(invoices::post);
        paying = poster.desk(payments::book);
        settling = poster.desk(settlement::settle);
        adjusting = poster.desk(shipments::move);
    }

    Optional<Receipt> find(SalesDemand demand) {
        return sales.find(demand);
    }

    Reply announce(SalesDemand demand) {
        return announcing.submit(demand);
    }

    Optional<Receipt> findMove(SalesDemand demand) {
        return sales.findMove(demand);
    }

    Reply move(SalesDemand demand) {
        return moving.submit(demand);
    }

    Optional<Receipt> findWithdrawal(SalesDemand demand) {
        return sales.findWithdrawal(demand);
    }

    Reply withdraw(SalesDemand demand) {
        return withdrawing.submit(demand);
    }

    Optional<Receipt> find(SalesInvoice invoice) {
        return invoices.find(invoice);
    }

    Reply post(SalesInvoice invoice) {
        return invoicing.submit(invoice);
    }

    Optional<Receipt> find(CustomerPayment payment) {
        return payments.find(payment);
    }

    Reply book(CustomerPayment payment) {
        return paying.submit(payment);
    }

    Reply settle(PostingSubject subject, List<String> documents) {
        return settling.submit(new Settlement.Request(subject, documents));
    }

    Optional<Receipt> find(StockAdjustment adjustment) {
        return shipments.find(adjustment);
    }

    Reply adjust(StockAdjustment adjustment) {
        return adjusting.submit(adjustment);
    }

    Goods goods() {
        return goods;
    }

    List<JournalLine> books(List<String> documents) {
        return books.read(documents);
    }
}
