package io.throughline.domain.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.Money;
import io.throughline.domain.sale.DaySummary.Part;
import io.throughline.domain.sale.StoreDays.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DaySummaryTest {
    private static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final List<Sku> SKUS = List.of(MUG, Sku.of("NW-CAP-NVY"), Sku.of("NW-TEE-BLK-M"));

    @Test
    void likeUnitsAreOneLineAndReturnedOnesAnother() {
        Part part = summary(1)
                .of(List.of(
                        sold(SampleSales.mugs("1", 1, MUG, 2, SampleSales.NOON)),
                        sold(SampleSales.mugs("2", 1, MUG, 3, SampleSales.NOON)),
                        sold(SampleSales.mugs("3", 1, MUG, -1, SampleSales.NOON))))
                .getFirst();

        SalesInvoice invoice = part.invoice().orElseThrow();
        assertThat(invoice.reference()).isEqualTo("store-day/ST-HARBOR/2026-11-23/1/USD/invoice");
        assertThat(invoice.lines())
                .extracting(line -> line.quantity() + " for " + line.net())
                .containsExactly("5 for 100.00 USD", "-1 for -20.00 USD");
        assertThat(part.payments())
                .extracting(payment -> payment.reference() + " " + payment.amount())
                .containsExactly("store-day/ST-HARBOR/2026-11-23/1/USD/payment/cash 80.00 USD");
    }

    @Test
    void whatIsTakenBackIsTheSaleTheOtherWayRound() {
        StoreSale before = SampleSales.mugs("1", 1, MUG, 3, SampleSales.NOON);
        StoreSale now = SampleSales.mugs("1", 2, MUG, 2, SampleSales.NOON);

        Part part = summary(2).of(List.of(new Entry(before, true), sold(now))).getFirst();

        assertThat(part.invoice().orElseThrow().title()).isEqualTo("Northwind Harbor, 2026-11-23, supplement 1");
        assertThat(part.invoice().orElseThrow().total()).hasToString("-20.00 USD");
        assertThat(part.payments()).singleElement().satisfies(payment -> {
            assertThat(payment.amount()).hasToString("20.00 USD");
            assertThat(payment.refundOf()).contains(part.invoice().orElseThrow().reference());
        });
    }

    @Test
    void noMoreIsGivenBackOfAPaymentThanItCameTo() {
        StoreSale onCard = onGiftCard(SampleSales.mugs("2", 1, MUG, -3, SampleSales.NOON));

        Part part = summary(1)
                .of(List.of(sold(SampleSales.mugs("1", 1, MUG, 2, SampleSales.NOON)), sold(onCard)))
                .getFirst();

        String prefix = "store-day/ST-HARBOR/2026-11-23/1/USD/";
        assertThat(part.payments())
                .extracting(payment -> payment.reference() + " " + payment.amount() + " of "
                        + payment.refundOf().orElse("nothing"))
                .containsExactly(
                        prefix + "payment/cash 40.00 USD of nothing",
                        prefix + "payment/gift_card 40.00 USD of " + prefix + "payment/cash",
                        prefix + "payment/gift_card/2 20.00 USD of " + prefix + "invoice");
    }

    @Test
    void anEvenExchangeHasNoPayment() {
        Part part = summary(1)
                .of(List.of(
                        sold(SampleSales.mugs("1", 1, MUG, 1, SampleSales.NOON)),
                        sold(SampleSales.mugs("2", 1, MUG, -1, SampleSales.NOON))))
                .getFirst();

        assertThat(part.payments()).isEmpty();
        assertThat(Journal.of(part.invoice().orElseThrow()).lines()).hasSize(2);
    }

    /** Whatever the sales, their order and the summaries they fall into: each journal balances, and together they are the sales. */
    @Test
    void theBooksComeToWhatWasSoldToTheMinorUnit() {
        long seed = Seeds.next();
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 300; run++) {
            List<Entry> entries = entries(random);
            Map<String, Money> sold = soldByAccount(entries);

            Collections.shuffle(entries, new Random(random.nextLong()));
            int cut = random.nextInt(entries.size() + 1);
            List<JournalLine> booked = new ArrayList<>();
            booked.addAll(journals(1, entries.subList(0, cut)));
            booked.addAll(journals(2, entries.subList(cut, entries.size())));

            assertThat(byAccount(booked)).as("seed %s, run %s", seed, run).isEqualTo(sold);
        }
    }

    private static List<Entry> entries(SplittableRandom random) {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(1, 30); i > 0; i--) {
            StoreSale sale = SampleSales.random(random, "S-" + i, 1, SKUS, SampleSales.NOON);
            entries.add(sold(sale));
            if (random.nextInt(6) == 0) {
                entries.add(new Entry(sale, true));
                entries.add(sold(SampleSales.random(random, "S-" + i, 2, SKUS, SampleSales.NOON)));
            }
        }
        return entries;
    }

    private static List<JournalLine> journals(int number, List<Entry> entries) {
        List<JournalLine> lines = new ArrayList<>();
        for (Part part : summary(number).of(entries)) {
            assertThat(overdrawn(part)).isEmpty();
            Money owed = Money.zero(part.currency());
            if (part.invoice().isPresent()) {
                lines.addAll(Journal.of(part.invoice().get()).lines());
                owed = part.invoice().get().total();
            }
            for (CustomerPayment payment : part.payments()) {
                lines.addAll(Journal.of(payment).lines());
                owed = payment.isRefund() ? owed.plus(payment.amount()) : owed.minus(payment.amount());
            }
            assertThat(owed.isZero())
                    .as("invoice and payments settle each other")
                    .isTrue();
        }
        return lines;
    }

    /** The payments, or the invoice over less than nothing, of which more is given back than they came to. */
    private static List<String> overdrawn(Part part) {
        Map<String, Money> left = new TreeMap<>();
        part.invoice()
                .ifPresent(
                        invoice -> left.put(invoice.reference(), invoice.total().negated()));
        part.payments()
                .forEach(payment -> payment.refundOf()
                        .ifPresentOrElse(
                                original ->
                                        left.merge(original, payment.amount().negated(), Money::plus),
                                () -> left.put(payment.reference(), payment.amount())));
        return part.payments().stream()
                .flatMap(payment -> payment.refundOf().stream())
                .filter(original ->
                        Objects.requireNonNull(left.get(original), original).isNegative())
                .toList();
    }

    private static String accountOf(StoreSale.Charge.Kind kind) {
        return switch (kind) {
            case SERVICE -> "SHIPPING_REVENUE";
            case TIP -> "TIPS_PAYABLE";
            case ROUNDING -> "ROUNDING";
        };
    }

    /** What the books must come to, straight from the sales. */
    private static Map<String, Money> soldByAccount(List<Entry> entries) {
        Map<String, Money> accounts = new TreeMap<>();
        for (Entry entry : entries) {
            int sign = entry.takenBack() ? -1 : 1;
            StoreSale sale = entry.sale();
            for (StoreSale.Line line : sale.lines()) {
                String account = line.giftCard() ? "GIFT_CARD_LIABILITY" : "REVENUE";
                add(accounts, account, line.net(sale.taxesIncluded()).times(-sign));
                line.taxes()
                        .forEach(tax ->
                                add(accounts, "TAX:" + tax.title(), tax.amount().times(-sign)));
            }
            for (StoreSale.Charge charge : sale.charges()) {
                add(accounts, accountOf(charge.kind()), charge.total().times(-sign));
            }
            for (StoreSale.Tender tender : sale.tenders()) {
                String account =
                        tender.kind().equals("gift_card") ? "GIFT_CARD_LIABILITY" : "CLEARING:" + tender.kind();
                add(accounts, account, tender.amount().times(sign));
            }
        }
        accounts.values().removeIf(Money::isZero);
        return accounts;
    }

    private static Map<String, Money> byAccount(List<JournalLine> lines) {
        Map<String, Money> accounts = new TreeMap<>();
        lines.stream()
                .filter(line -> line.account().role() != LedgerAccount.Role.RECEIVABLE)
                .forEach(line -> add(accounts, line.account().toString(), line.signed()));
        accounts.values().removeIf(Money::isZero);
        return accounts;
    }

    private static void add(Map<String, Money> accounts, String account, Money amount) {
        accounts.merge(account + " in " + amount.currency(), amount, Money::plus);
    }

    private static StoreSale onGiftCard(StoreSale sale) {
        return new StoreSale(
                sale.facility(),
                sale.id(),
                sale.version(),
                sale.register(),
                sale.soldAt(),
                sale.currency(),
                sale.taxesIncluded(),
                sale.lines(),
                sale.charges(),
                List.of(new StoreSale.Tender("gift_card", sale.total())));
    }

    private static Entry sold(StoreSale sale) {
        return new Entry(sale, false);
    }

    private static DaySummary summary(int number) {
        return new DaySummary(SampleSales.DAY, number, new SampleFacilities().get(SampleSales.STORE));
    }
}
