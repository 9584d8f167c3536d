package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the ERP port promises, played against a Tryton: its books equal our expected journals account by account, and whatever is asked
 * for twice is booked once.
 */
abstract class ErpContract {
    abstract ErpUnderTest erpUnderTest();

    private TrytonErp erp() {
        return new TrytonErp(List.of(erpUnderTest().settings()));
    }

    @Test
    void booksTheChannelsTaxesToTheCentAndOnce() {
        assertAll(Stream.concat(
                Stream.of(TaxCase.values())
                        .map(taxCase -> () -> assertThatCode(() -> assertBooked(taxCase))
                                .as(taxCase.name())
                                .doesNotThrowAnyException()),
                Stream.of(this::assertSignKeptOfAmountsTooSmallForTheCompanysCurrency)));
    }

    private void assertSignKeptOfAmountsTooSmallForTheCompanysCurrency() {
        SampleDocuments documents = SampleDocuments.of("northwind-kw", "KWD");
        SalesInvoice invoice = documents.invoice(
                1,
                documents.goods("NW-CAP-NVY", 1, "0.020", documents.tax("VAT", "0.05", "0.001")),
                documents.line(SalesInvoice.Kind.ROUNDING, "ROUNDING", 1, "0.001"));

        assertDone(erp().postInvoice(SampleSettings.COMPANY, invoice));

        assertBooks(documents, List.of(invoice), List.of());
    }

    private void assertBooked(TaxCase taxCase) {
        SampleDocuments documents = taxCase.documents();
        SalesInvoice invoice = taxCase.invoice(documents);
        assertThat(netOf(invoice)).isEqualTo(taxCase.net(documents));
        assertThat(invoice.total()).isEqualTo(taxCase.total(documents));

        for (int play = 0; play < 2; play++) {
            assertDone(erp().postInvoice(SampleSettings.COMPANY, invoice));
        }

        assertBooks(documents, List.of(invoice), List.of());
        assertThat(erpUnderTest().documents(invoice.reference())).isEqualTo(1);
    }

    private static Money netOf(SalesInvoice invoice) {
        return Money.sum(
                invoice.currency(),
                invoice.lines().stream().map(SalesInvoice.Line::net).toList());
    }

    @Test
    void announcesADemandOnceAndMovesOrWithdrawsItUnlessItIsInvoiced() {
        SampleDocuments documents = SampleDocuments.inUsd();
        SalesDemand demand =
                documents.demand(documents.goods("NW-CAP-NVY", 2, "72.00", documents.tax("State", "0.0625", "4.50")));
        TrytonErp erp = erp();
        assertThat(erp.findDemand(SampleSettings.COMPANY, demand)).isEmpty();

        String number = assertDone(erp.announce(SampleSettings.COMPANY, demand));

        assertThat(assertDone(erp().announce(SampleSettings.COMPANY, demand))).isEqualTo(number);
        assertThat(erp.findDemand(SampleSettings.COMPANY, demand)).isPresent();
        assertThat(erp.findWithdrawal(SampleSettings.COMPANY, demand)).isEmpty();
        assertThat(assertDone(erp.withdraw(SampleSettings.COMPANY, demand))).isEqualTo(number);
        assertThat(assertDone(erp.withdraw(SampleSettings.COMPANY, demand))).isEqualTo(number);
        assertThat(erp.findWithdrawal(SampleSettings.COMPANY, demand)).isPresent();

        SampleDocuments other = SampleDocuments.inUsd();
        SalesInvoice.Line line = other.goods("NW-MUG-RED", 1, "18.00");
        SalesDemand there = other.demand(line);
        SalesDemand moved = elsewhere(there);
        assertRefused(erp.move(SampleSettings.COMPANY, moved), FailureCode.ERP_REJECTED, "never announced");
        String sale = assertDone(erp.announce(SampleSettings.COMPANY, there));
        assertThat(erp.findMove(SampleSettings.COMPANY, moved)).isEmpty();
        assertThat(assertDone(erp.move(SampleSettings.COMPANY, moved))).isEqualTo(sale);
        assertThat(assertDone(erp().move(SampleSettings.COMPANY, moved))).isEqualTo(sale);
        assertThat(erp.findMove(SampleSettings.COMPANY, moved)).isPresent();
        assertThat(erp.findMove(SampleSettings.COMPANY, there)).isEmpty();
        assertThat(erp.findDemand(SampleSettings.COMPANY, there)).isPresent();
        assertThat(sales(other)).hasSize(1);
        assertDone(erp.postInvoice(SampleSettings.COMPANY, other.invoice(1, line)));
        assertRefused(erp.move(SampleSettings.COMPANY, there), FailureCode.ERP_REJECTED, "keeps its warehouse");
        assertThat(erp.findMove(SampleSettings.COMPANY, moved)).isPresent();
        assertRefused(
                erp.withdraw(SampleSettings.COMPANY, other.demand(line)),
                FailureCode.ERP_REJECTED,
                "can't be withdrawn");

        SampleDocuments unquoted = SampleDocuments.inUsd();
        assertRefused(
                erp.announce(SampleSettings.COMPANY, unquoted.demand()),
                FailureCode.ERP_REJECTED,
                "You can not call \"quote\"");
        assertThat(sales(unquoted)).as("nothing is left to be cancelled").isEmpty();
        assertThat(assertDone(erp.withdraw(SampleSettings.COMPANY, unquoted.demand())))
                .isEqualTo("never announced");
    }

    private void pressDraft(SampleDocuments documents) {
        TrytonSettings settings = erpUnderTest().settings();
        HttpCalls calls = new HttpCalls(settings);
        RestApi rest = new RestApi(calls, settings.applicationKey());
        List<Long> sales = sales(documents).stream().map(Values::id).toList();
        new RpcApi(calls, settings).press("sale.sale", "draft", sales, new References(rest, settings).context());
    }

    private static SalesDemand elsewhere(SalesDemand demand) {
        return demand.from(demand.warehouse().equals("ST-HARBOR") ? "WH-EAST" : "ST-HARBOR");
    }

    /**
     * As an attempt leaves it that ended between making the sale and quoting it, of an order that was changed since; and between taking the sale
     * back to a draft, to be moved, and quoting it again.
     */
    @Test
    void quotesWhatIsAskedForNowAndNotADraftThatWasLeftBehind() {
        SampleDocuments documents = SampleDocuments.inUsd();
        assertDone(erp().announce(SampleSettings.COMPANY, documents.demand(documents.goods("NW-MUG-RED", 1, "18.00"))));
        pressDraft(documents);
        SalesInvoice.Line three = documents.goods("NW-MUG-RED", 3, "54.00");
        SalesDemand demand = documents.demand(three);

        assertDone(erp().announce(SampleSettings.COMPANY, demand));

        RestApi rest = new RestApi(
                new HttpCalls(erpUnderTest().settings()),
                erpUnderTest().settings().applicationKey());
        assertThat(sales(documents))
                .extracting(sale -> sale.path("state").asText())
                .containsExactly("quotation");
        assertThat(rest.search(
                        "sale.line",
                        Filter.all(Filter.where(
                                "sale.reference", "=", documents.order().value())),
                        "quantity"))
                .extracting(line -> line.path("quantity").intValue())
                .containsExactly(3);

        SalesDemand moved = elsewhere(demand);
        pressDraft(documents);
        assertThat(erp().findMove(SampleSettings.COMPANY, moved)).isEmpty();
        assertDone(erp().move(SampleSettings.COMPANY, moved));
        pressDraft(documents);
        assertDone(erp().postInvoice(SampleSettings.COMPANY, documents.invoice(1, three)));
        assertThat(erp().findMove(SampleSettings.COMPANY, moved)).isPresent();
    }

    /** In a foreign currency, so that the company's amounts have to meet too. */
    @Test
    void givesBackWhatWasPaidOnceAndLeavesTheCustomerEven() {
        SampleDocuments documents = SampleDocuments.of("northwind-jp", "JPY");
        CustomerPayment card = documents.payment(1, "shopify_payments", "1699");
        CustomerPayment giftCard = documents.payment(2, "gift_card", "250");
        CustomerPayment cardBack = documents.refund(3, card, "1699");
        CustomerPayment giftCardBack = documents.refund(4, giftCard, "250");
        assertRefused(erp().bookPayment(SampleSettings.COMPANY, cardBack), FailureCode.ERP_REJECTED, card.reference());
        List<CustomerPayment> all = List.of(card, giftCard, cardBack, giftCardBack);
        List<String> references = references(card, giftCard, cardBack, giftCardBack);

        for (int play = 0; play < 2; play++) {
            TrytonErp erp = erp();
            all.forEach(payment -> assertDone(erp.bookPayment(SampleSettings.COMPANY, payment)));
            assertDone(erp.settle(SampleSettings.COMPANY, documents.order(), references));
        }

        assertThat(Journal.net(erp().books(SampleSettings.COMPANY, documents.order(), references)))
                .isEmpty();
        assertBooks(documents, List.of(), List.of(cardBack, giftCardBack));
        all.forEach(payment ->
                assertThat(erpUnderTest().documents(payment.reference())).isEqualTo(1));
        assertThat(erp().findPayment(SampleSettings.COMPANY, cardBack)).isPresent();
        Reply.Done settled = (Reply.Done) erp().settle(SampleSettings.COMPANY, documents.order(), references);
        assertThat(settled.receipt().details()).containsEntry("openLines", "0");
    }

    @Test
    void refusesAProductThatTheErpDoesNotSellUntilItDoes() {
        SampleDocuments documents = SampleDocuments.inUsd();
        SalesDemand demand = documents.demand(documents.goods("NW-SCARF-GRY", 1, "29.00"));
        TrytonErp erp = erp();
        erpUnderTest().setProductActive("NW-SCARF-GRY", false);
        try {
            assertRefused(erp.announce(SampleSettings.COMPANY, demand), FailureCode.ERP_REJECTED, "NW-SCARF-GRY");
        } finally {
            erpUnderTest().setProductActive("NW-SCARF-GRY", true);
        }

        assertDone(erp.announce(SampleSettings.COMPANY, demand));
    }

    @Test
    void booksAWholeOrderOnceHoweverOftenItIsPlayed() {
        SampleDocuments documents = SampleDocuments.inUsd();
        SalesInvoice.Line[] lines = {
            documents.goods(
                    "NW-CAP-NVY",
                    2,
                    "72.00",
                    documents.tax("State", "0.0625", "4.50"),
                    documents.tax("County", "0.015", "1.08")),
            documents.line(SalesInvoice.Kind.GIFT_CARD, "NW-GIFT-50", 1, "50.00"),
            documents.line(SalesInvoice.Kind.SHIPPING, "SHIPPING", 1, "4.20", documents.tax("State", "0.0625", "0.26")),
            documents.line(SalesInvoice.Kind.TIP, "TIP", 1, "2.00"),
            documents.line(SalesInvoice.Kind.DUTY, "DUTY", 1, "6.50"),
            documents.line(SalesInvoice.Kind.ROUNDING, "ROUNDING", 1, "-0.04")
        };
        SalesDemand demand = documents.demand(lines);
        SalesInvoice invoice = documents.invoice(1, lines);
        CustomerPayment card = documents.payment(1, "shopify_payments", "115.50");
        CustomerPayment giftCard = documents.payment(2, "gift_card", "25.00");

        for (int play = 0; play < 2; play++) {
            TrytonErp erp = erp();
            assertDone(erp.announce(SampleSettings.COMPANY, demand));
            assertDone(erp.postInvoice(SampleSettings.COMPANY, invoice));
            assertDone(erp.bookPayment(SampleSettings.COMPANY, card));
            assertDone(erp.bookPayment(SampleSettings.COMPANY, giftCard));
            assertDone(erp.settle(SampleSettings.COMPANY, documents.order(), references(invoice, card, giftCard)));
        }

        assertBooks(documents, List.of(invoice), List.of(card, giftCard));
        assertThat(erpUnderTest().documents(invoice.reference())).isEqualTo(1);
        assertThat(erpUnderTest().documents(card.reference())).isEqualTo(1);
        assertThat(erpUnderTest().documents(giftCard.reference())).isEqualTo(1);
        assertThat(erpUnderTest().invoiceState(invoice.reference())).isEqualTo("paid");
        assertThat(erp().findInvoice(SampleSettings.COMPANY, invoice)).isPresent();
        assertThat(erp().findPayment(SampleSettings.COMPANY, card)).isPresent();
    }

    @Test
    void settlesOnePaymentWithTwoInvoicesWhenTheSecondIsThere() {
        SampleDocuments documents = SampleDocuments.of("northwind-jp", "JPY");
        SalesInvoice first = documents.invoice(
                1, documents.goods("NW-CAP-NVY", 1, "545", documents.tax("Consumption tax", "0.10", "54")));
        SalesInvoice second = documents.invoice(
                2, documents.goods("NW-MUG-RED", 3, "1000", documents.tax("Consumption tax", "0.10", "100")));
        CustomerPayment payment = documents.payment(1, "shopify_payments", "1699");
        TrytonErp erp = erp();
        assertDone(erp.bookPayment(SampleSettings.COMPANY, payment));
        assertDone(erp.postInvoice(SampleSettings.COMPANY, first));
        assertDone(erp.settle(SampleSettings.COMPANY, documents.order(), references(first, payment)));
        assertThat(erpUnderTest().invoiceState(first.reference())).isEqualTo("posted");

        assertDone(erp.postInvoice(SampleSettings.COMPANY, second));
        assertDone(erp.settle(SampleSettings.COMPANY, documents.order(), references(first, second, payment)));

        assertThat(erpUnderTest().invoiceState(first.reference())).isEqualTo("paid");
        assertThat(erpUnderTest().invoiceState(second.reference())).isEqualTo("paid");
        assertBooks(documents, List.of(first, second), List.of(payment));
    }

    @Test
    void refusesAClosedPeriodOrBooksInTheNextOneByPolicy() {
        SampleDocuments documents = SampleDocuments.inUsd().on(LocalDate.of(2025, 1, 15));
        SalesInvoice invoice = documents.invoice(1, documents.goods("NW-MUG-RED", 1, "18.00"));
        CustomerPayment payment = documents.payment(1, "cash", "18.00");
        erpUnderTest().closePeriod("2025-01");
        try {
            assertRefused(erp().postInvoice(SampleSettings.COMPANY, invoice), FailureCode.ERP_PERIOD_CLOSED, "2025-01");
            assertRefused(erp().bookPayment(SampleSettings.COMPANY, payment), FailureCode.ERP_PERIOD_CLOSED, "2025-01");
            assertThat(erpUnderTest().documents(invoice.reference())).isZero();

            Reply.Done done =
                    (Reply.Done) erp().postInvoice(SampleSettings.COMPANY, invoice.under(ClosedPeriods.NEXT_OPEN));
            assertThat(done.receipt().details()).containsEntry("accountingDate", "2025-02-01");
            assertDone(erp().bookPayment(SampleSettings.COMPANY, payment.under(ClosedPeriods.NEXT_OPEN)));
        } finally {
            erpUnderTest().reopenPeriod("2025-01");
        }
        assertBooks(documents, List.of(invoice), List.of(payment));
    }

    @Test
    void carriesOutManyAtOnceAndRefusesOnlyTheBadOne() throws Exception {
        List<SampleDocuments> orders = new ArrayList<>();
        List<SalesInvoice> invoices = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SampleDocuments documents = SampleDocuments.inUsd();
            orders.add(documents);
            invoices.add(documents.invoice(
                    1,
                    documents.goods(
                            i == 3 ? "NO-SUCH-SKU" : "NW-MUG-RED",
                            1,
                            "18.00",
                            documents.tax("State", "0.0625", "1.13"))));
        }
        TrytonErp erp = erp();
        List<Reply> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> pending = invoices.stream()
                    .map(invoice -> threads.submit(() -> erp.postInvoice(SampleSettings.COMPANY, invoice)))
                    .toList();
            for (Future<Reply> reply : pending) {
                replies.add(reply.get());
            }
        }

        for (int i = 0; i < 6; i++) {
            if (i == 3) {
                assertRefused(replies.get(i), FailureCode.ERP_REJECTED, "NO-SUCH-SKU");
            } else {
                assertDone(replies.get(i));
                assertBooks(orders.get(i), List.of(invoices.get(i)), List.of());
            }
        }
    }

    @Test
    void namesTheGatewayInTheBooksAlsoWhereItSharesAPaymentJournalAndGivesBackInParts() {
        SampleDocuments documents = SampleDocuments.of("rest", "USD");
        CustomerPayment one = documents.payment(1, "barter", "5.00");
        CustomerPayment other = documents.payment(2, "cheque", "7.00");
        CustomerPayment part = documents.refund(3, other, "2.50");
        CustomerPayment rest = documents.refund(4, other, "4.50");

        for (CustomerPayment payment : List.of(one, other, part, rest)) {
            assertDone(erp().bookPayment(SampleSettings.COMPANY, payment));
        }

        assertBooks(documents, List.of(), List.of(one, other, part, rest));
        assertBooks(documents, List.of(), List.of(part));
        assertDone(erp().settle(SampleSettings.COMPANY, documents.order(), references(other, part, rest)));
    }

    @Test
    void paysOutWhatCameBackOnce() {
        assertAll(
                this::assertPaidOutByWhichMoreCameBackThanLeft,
                this::assertCreditNotePaidOut,
                this::assertExchangeThatWasHandedOverInPart);
    }

    /** One of two tees that a credit has paid is called off: what is left of the credit goes back to the clearing account of exchanges. */
    private void assertExchangeThatWasHandedOverInPart() {
        SampleDocuments documents = SampleDocuments.inUsd();
        CustomerPayment credit = documents.payment(1, "exchange", "52.01");
        SalesInvoice handedOver = documents.invoice(
                1, documents.goods("NW-TEE-BLK-M", 1, "25.00", documents.tax("NY State", "0.04", "1.01")));
        CustomerPayment left = documents.refund(2, credit, "26.00");

        for (int play = 0; play < 2; play++) {
            assertDone(erp().bookPayment(SampleSettings.COMPANY, credit));
            assertDone(erp().postInvoice(SampleSettings.COMPANY, handedOver));
            assertDone(erp().bookPayment(SampleSettings.COMPANY, left));
            assertDone(erp().settle(SampleSettings.COMPANY, documents.order(), references(credit, handedOver, left)));
        }

        assertBooks(documents, List.of(handedOver), List.of(credit, left));
        assertThat(erpUnderTest().invoiceState(handedOver.reference())).isEqualTo("paid");
        assertThat(erpUnderTest().documents(left.reference())).isEqualTo(1);
    }

    private void assertPaidOutByWhichMoreCameBackThanLeft() {
        SampleDocuments documents = SampleDocuments.inUsd();
        SalesInvoice invoice = documents.invoice(
                1,
                documents.goods("NW-MUG-RED", 2, "40.00"),
                documents.goods("NW-TEE-BLK-M", -3, "-75.01", documents.tax("State tax", "0.0625", "-4.69")));
        CustomerPayment inCash = documents.paidOut(2, invoice, "cash", "30.00");
        CustomerPayment onCard = documents.paidOut(3, invoice, "square_card", "9.70");

        for (int play = 0; play < 2; play++) {
            assertDone(erp().postInvoice(SampleSettings.COMPANY, invoice));
            assertDone(erp().bookPayment(SampleSettings.COMPANY, inCash));
            assertDone(erp().bookPayment(SampleSettings.COMPANY, onCard));
            assertDone(erp().settle(SampleSettings.COMPANY, documents.order(), references(invoice, inCash, onCard)));
        }

        assertBooks(documents, List.of(invoice), List.of(inCash, onCard));
        assertThat(erpUnderTest().documents(invoice.reference())).isEqualTo(1);
    }

    /** What comes back, with its taxes and its delivery, less a fee that is kept of it. */
    private void assertCreditNotePaidOut() {
        SampleDocuments documents = SampleDocuments.inUsd();
        SalesInvoice note = documents.invoice(
                1,
                documents.goods(
                        "NW-TEE-BLK-M",
                        -1,
                        "-22.50",
                        documents.tax("NY State", "0.04", "-0.90"),
                        documents.tax("New York City", "0.045", "-1.02")),
                documents.line(SalesInvoice.Kind.SHIPPING, "SHIPPING", -1, "-6.00"),
                documents.line(SalesInvoice.Kind.SHIPPING, "SHIPPING", 1, "6.95"),
                documents.line(SalesInvoice.Kind.ALLOWANCE, "ALLOWANCE", -1, "-5.00"));
        CustomerPayment paid = documents.paidOut(2, note, "shopify_payments", "28.47");

        for (int play = 0; play < 2; play++) {
            assertDone(erp().postInvoice(SampleSettings.COMPANY, note));
            assertDone(erp().bookPayment(SampleSettings.COMPANY, paid));
            assertDone(erp().settle(SampleSettings.COMPANY, documents.order(), references(note, paid)));
        }

        assertBooks(documents, List.of(note), List.of(paid));
        assertThat(erpUnderTest().documents(note.reference())).isEqualTo(1);
    }

    @Test
    void refusesInTrytonsOwnWords() {
        TrytonSettings settings = erpUnderTest().settings();
        HttpCalls calls = new HttpCalls(settings);
        new TrytonsWords(new RestApi(calls, settings.applicationKey()), new RpcApi(calls, settings), settings)
                .check(
                        () -> erpUnderTest().closePeriod("2025-03"),
                        () -> erpUnderTest().reopenPeriod("2025-03"));
    }

    private List<JsonNode> sales(SampleDocuments documents) {
        TrytonSettings settings = erpUnderTest().settings();
        return new RestApi(new HttpCalls(settings), settings.applicationKey())
                .search(
                        "sale.sale",
                        Filter.all(
                                Filter.where("reference", "=", documents.order().value())),
                        "state");
    }

    private void assertBooks(SampleDocuments documents, List<SalesInvoice> invoices, List<CustomerPayment> payments) {
        List<JournalLine> expected = new ArrayList<>();
        List<String> references = new ArrayList<>();
        invoices.forEach(invoice -> {
            expected.addAll(SampleDocuments.expected(invoice));
            references.add(invoice.reference());
        });
        payments.forEach(payment -> {
            expected.addAll(SampleDocuments.expected(payment));
            references.add(payment.reference());
        });
        List<JournalLine> booked = erp().books(SampleSettings.COMPANY, documents.order(), references);
        assertThat(Journal.net(booked)).isEqualTo(Journal.net(expected)).isNotEmpty();
    }

    private static List<String> references(Object... documents) {
        List<String> references = new ArrayList<>();
        for (Object document : documents) {
            references.add(
                    document instanceof SalesInvoice invoice
                            ? invoice.reference()
                            : ((CustomerPayment) document).reference());
        }
        return references;
    }

    private static String assertDone(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Done.class);
        return ((Reply.Done) reply).receipt().reference();
    }

    private static void assertRefused(Reply reply, FailureCode code, String words) {
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        Reply.Refused refused = (Reply.Refused) reply;
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.detail()).contains(words);
    }
}
