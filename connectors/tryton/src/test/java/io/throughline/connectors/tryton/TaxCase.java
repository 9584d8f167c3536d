package io.throughline.connectors.tryton;

import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Amounts that an ERP's own tax computation gets wrong by a cent: the channel rounds each line and rate half up. */
enum TaxCase {
    YEN_INCLUDED_WITH_A_DISCOUNT_IN_THIRDS("northwind-jp", "JPY", true, "Consumption tax=0.10") {
        @Override
        void fill(Lines lines) {
            lines.add(1, "617").add(1, "607").add(2, "573");
        }
    },
    DINAR_WITH_THREE_DECIMALS("northwind-kw", "KWD", false, "VAT=0.05") {
        @Override
        void fill(Lines lines) {
            lines.add(3, "1.412").add(1, "1.575").add(1, "1.250");
        }
    },
    THREE_JURISDICTIONS("northwind", "USD", false, "State=0.0625; County=0.015; District=0.0075") {
        @Override
        void fill(Lines lines) {
            lines.add(1, "10.33").add(2, "15.55").add(1, "6.74");
        }
    },
    THREE_OF_ONE_DOLLAR_INCLUDED("northwind", "USD", true, "VAT 19%=0.19") {
        @Override
        void fill(Lines lines) {
            lines.add(3, "3.00");
        }
    },
    A_FREE_LINE("northwind", "USD", true, "VAT 7%=0.07") {
        @Override
        void fill(Lines lines) {
            lines.add(1, "0.00").add(1, "9.99");
        }
    },
    A_NEGATIVE_LINE("northwind", "USD", true, "VAT 19%=0.19") {
        @Override
        void fill(Lines lines) {
            lines.add(1, "49.95").add(1, "29.97").add(1, "-7.77");
        }
    },
    MANY_LINES("northwind", "USD", true, "VAT 19%=0.19") {
        @Override
        void fill(Lines lines) {
            for (int i = 0; i < 40; i++) {
                lines.add(
                        1 + i % 4,
                        new BigDecimal("3.99")
                                .add(BigDecimal.valueOf(i * 137L, 2))
                                .toPlainString());
            }
        }
    },
    HALF_CENTS("northwind", "USD", false, "VAT 19%=0.19") {
        @Override
        void fill(Lines lines) {
            lines.add(1, "0.50").add(1, "2.50").add(1, "4.50");
        }
    },
    A_GROSS_FOR_A_DOZEN_TIMES_TWELVE("northwind", "USD", true, "VAT 19%=0.19") {
        @Override
        void fill(Lines lines) {
            lines.add(144, "9.07");
        }
    },
    A_PRICE_THAT_NEEDS_TWO_ROWS("northwind-kw", "KWD", true, "VAT=0.05") {
        @Override
        void fill(Lines lines) {
            lines.add(240, "13.001").add(36, "5.113");
        }
    };

    private final String channel;
    private final String currency;
    private final boolean included;
    private final String rates;

    TaxCase(String channel, String currency, boolean included, String rates) {
        this.channel = channel;
        this.currency = currency;
        this.included = included;
        this.rates = rates;
    }

    abstract void fill(Lines lines);

    SampleDocuments documents() {
        return SampleDocuments.of(channel, currency);
    }

    SalesInvoice invoice(SampleDocuments documents) {
        Lines lines = new Lines(documents, this);
        fill(lines);
        return documents.invoice(1, lines.all);
    }

    record Rate(String title, BigDecimal rate) {}

    static final class Lines {
        private final SampleDocuments documents;
        private final TaxCase taxCase;
        private final List<SalesInvoice.Line> all = new ArrayList<>();

        private Lines(SampleDocuments documents, TaxCase taxCase) {
            this.documents = documents;
            this.taxCase = taxCase;
        }

        /** {@code charged} is for all units of the line, with taxes where the case's prices include them. */
        Lines add(int quantity, String charged) {
            Money total = documents.money(charged);
            BigDecimal all = taxCase.rates().stream().map(Rate::rate).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal divisor = taxCase.included ? BigDecimal.ONE.add(all) : BigDecimal.ONE;
            List<SalesInvoice.Tax> taxes = taxCase.rates().stream()
                    .map(rate -> new SalesInvoice.Tax(
                            rate.title(),
                            rate.rate(),
                            Money.rounded(
                                    total.toDecimal().multiply(rate.rate()).divide(divisor, 10, RoundingMode.HALF_UP),
                                    total.currency())))
                    .toList();
            Money tax = Money.sum(
                    total.currency(),
                    taxes.stream().map(SalesInvoice.Tax::amount).toList());
            Money net = taxCase.included ? total.minus(tax) : total;
            this.all.add(new SalesInvoice.Line(SalesInvoice.Kind.GOODS, "NW-CAP-NVY", "Cap", quantity, net, taxes));
            return this;
        }
    }

    /** {@code title=rate; title=rate}. */
    private List<Rate> rates() {
        return Arrays.stream(rates.split("; "))
                .map(pair -> pair.split("=", 2))
                .map(pair -> new Rate(pair[0], new BigDecimal(pair[1])))
                .toList();
    }
}
