package io.throughline.connectors.tryton;

import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Amounts that an ERP's own tax computation gets wrong by a cent: the channel rounds each line and rate half up. {@code net} and
 * {@code tax} are what that comes to.
 */
enum TaxCase {
    YEN_INCLUDED_WITH_A_DISCOUNT_IN_THIRDS("northwind-jp", "JPY", Prices.WITH_TAXES, "1633", "164") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt("Consumption tax=0.10")
                    .add(1, "655", "33")
                    .add(1, "644", "33")
                    .add(2, "598", "34");
        }
    },
    DINAR_WITH_THREE_DECIMALS("northwind-kw", "KWD", Prices.WITHOUT_TAXES, "4.237", "0.212") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt("VAT=0.05").add(3, "1.412").add(1, "1.565").add(1, "1.260");
        }
    },
    THREE_JURISDICTIONS("northwind", "USD", Prices.WITHOUT_TAXES, "32.62", "2.77") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt(JURISDICTIONS).add(1, "10.33").add(2, "15.55").add(1, "6.74");
        }
    },
    THREE_OF_ONE_EURO_IN_ONE_LINE("northwind", "EUR", Prices.WITH_TAXES, "2.52", "0.48") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt(VAT_19).add(3, "3.00");
        }
    },
    THREE_OF_ONE_EURO_IN_THREE_LINES("northwind", "EUR", Prices.WITH_TAXES, "2.52", "0.48") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt(VAT_19).add(1, "1.00").add(1, "1.00").add(1, "1.00");
        }
    },
    A_FREE_LINE("northwind", "EUR", Prices.WITH_TAXES, "9.34", "0.65") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt(VAT_7).add(1, "0.00").add(1, "9.99");
        }
    },
    A_NEGATIVE_LINE("northwind", "EUR", Prices.WITH_TAXES, "63.45", "8.70") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt(VAT_19).add(1, "49.95").taxedAt(VAT_7).add(1, "29.97");
            lines.taxedAt(VAT_19).add(1, "-7.77");
        }
    },
    MANY_LINES_AT_TWO_RATES("northwind", "EUR", Prices.WITH_TAXES, "2555.35", "325.25") {
        @Override
        void fill(Lines lines) {
            for (int i = 0; i < MANY; i++) {
                lines.taxedAt(i % 2 == 0 ? VAT_7 : VAT_19).add(1 + i % 4, risingPrice(i));
            }
        }
    },
    MANY_LINES_IN_THREE_JURISDICTIONS("northwind", "USD", Prices.WITHOUT_TAXES, "2880.60", "244.89") {
        @Override
        void fill(Lines lines) {
            for (int i = 0; i < MANY; i++) {
                lines.taxedAt(JURISDICTIONS).add(1 + i % 4, risingPrice(i));
            }
        }
    },
    HALF_CENTS("northwind", "EUR", Prices.WITHOUT_TAXES, "7.50", "1.44") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt(VAT_19).add(1, "0.50").add(1, "2.50").add(1, "4.50");
        }
    },
    TWELVE_DOZEN_FOR_NINE_EUROS("northwind", "EUR", Prices.WITH_TAXES, "7.62", "1.45") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt(VAT_19).add(144, "9.07");
        }
    },
    A_PRICE_THAT_NEEDS_TWO_ROWS("northwind-kw", "KWD", Prices.WITH_TAXES, "17.252", "0.862") {
        @Override
        void fill(Lines lines) {
            lines.taxedAt("VAT=0.05").add(24, "13.001").add(36, "5.113");
        }
    };

    private static final String VAT_19 = "VAT 19%=0.19";
    private static final String VAT_7 = "VAT 7%=0.07";
    private static final String JURISDICTIONS = "State=0.0625; County=0.015; District=0.0075";
    private static final int MANY = 120;

    private final String channel;
    private final String currency;
    private final Prices prices;
    private final String net;
    private final String tax;

    TaxCase(String channel, String currency, Prices prices, String net, String tax) {
        this.channel = channel;
        this.currency = currency;
        this.prices = prices;
        this.net = net;
        this.tax = tax;
    }

    abstract void fill(Lines lines);

    SampleDocuments documents() {
        return SampleDocuments.of(channel, currency);
    }

    SalesInvoice invoice(SampleDocuments documents) {
        Lines lines = new Lines(documents, prices);
        fill(lines);
        return documents.invoice(1, lines.all);
    }

    Money net(SampleDocuments documents) {
        return documents.money(net);
    }

    Money total(SampleDocuments documents) {
        return documents.money(net).plus(documents.money(tax));
    }

    /** 1.99 and 0.37 more each time. */
    private static String risingPrice(int index) {
        return new BigDecimal("1.99").add(BigDecimal.valueOf(37L * index, 2)).toPlainString();
    }

    enum Prices {
        WITH_TAXES,
        WITHOUT_TAXES
    }

    record Rate(String title, BigDecimal rate) {
        /** {@code title=rate; title=rate}. */
        static List<Rate> parse(String rates) {
            return Arrays.stream(rates.split("; "))
                    .map(pair -> pair.split("=", 2))
                    .map(pair -> new Rate(pair[0], new BigDecimal(pair[1])))
                    .toList();
        }
    }

    static final class Lines {
        private final SampleDocuments documents;
        private final Prices prices;
        private final List<SalesInvoice.Line> all = new ArrayList<>();
        private List<Rate> rates = List.of();

        private Lines(SampleDocuments documents, Prices prices) {
            this.documents = documents;
            this.prices = prices;
        }

        /** What holds for the lines that follow. */
        Lines taxedAt(String rates) {
            this.rates = Rate.parse(rates);
            return this;
        }

        /** {@code charged} is for all units of the line. */
        Lines add(int quantity, String charged) {
            return add(quantity, documents.money(charged));
        }

        Lines add(int quantity, String price, String discount) {
            return add(quantity, documents.money(price).minus(documents.money(discount)));
        }

        private Lines add(int quantity, Money charged) {
            List<SalesInvoice.Tax> taxes = rates.stream()
                    .map(rate -> new SalesInvoice.Tax(rate.title(), rate.rate(), taxOf(charged, rate)))
                    .toList();
            Money tax = Money.sum(
                    charged.currency(),
                    taxes.stream().map(SalesInvoice.Tax::amount).toList());
            Money net = prices == Prices.WITH_TAXES ? charged.minus(tax) : charged;
            all.add(new SalesInvoice.Line(SalesInvoice.Kind.GOODS, "NW-CAP-NVY", "Cap", quantity, net, taxes));
            return this;
        }

        private Money taxOf(Money charged, Rate rate) {
            BigDecimal all = rates.stream().map(Rate::rate).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal divisor = prices == Prices.WITH_TAXES ? BigDecimal.ONE.add(all) : BigDecimal.ONE;
            return Money.rounded(
                    charged.toDecimal().multiply(rate.rate()).divide(divisor, 10, RoundingMode.HALF_UP),
                    charged.currency());
        }
    }
}
