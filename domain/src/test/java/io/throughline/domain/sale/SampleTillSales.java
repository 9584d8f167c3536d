package io.throughline.domain.sale;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sales as the tills' own system tells them. */
public final class SampleTillSales {
    public static final Sku MUG = Sku.of("NW-MUG-RED");
    private static final CurrencyCode USD = CurrencyCode.of("USD");

    private SampleTillSales() {}

    public static TillSaleId id(String externalId) {
        return new TillSaleId(new OrderKey(SampleAccounts.POS, externalId));
    }

    /** Some mugs for 20 dollars each, taken back when negative, by card and with a tip of a dollar, at the store of {@link SampleSales}. */
    public static TillSale mugs(String externalId, Instant version, int units) {
        return mugs(externalId, version, MUG, units);
    }

    public static TillSale mugs(String externalId, Instant version, Sku sku, int units) {
        Money price = Money.of("20.00", USD);
        Money tip = Money.of("1.00", USD);
        Money total = price.times(units);
        return new TillSale(
                id(externalId),
                version,
                "LHARBOR",
                Optional.of(SampleSales.STORE),
                SampleSales.NOON,
                USD,
                true,
                List.of(new StoreSale.Line(sku, "Camp mug", false, units, price, Money.zero(USD), total, List.of())),
                List.of(new StoreSale.Charge(StoreSale.Charge.Kind.TIP, "Tip", tip, List.of())),
                List.of(new StoreSale.Tender("square_card", total.plus(tip))),
                total.plus(tip),
                List.of("payment-of-" + externalId));
    }

    /** The same where no store of ours is known. */
    public static TillSale nowhere(TillSale sale) {
        return new TillSale(
                sale.id(),
                sale.version(),
                "LNOWHERE",
                Optional.empty(),
                sale.soldAt(),
                sale.currency(),
                sale.taxesIncluded(),
                sale.lines(),
                sale.charges(),
                sale.tenders(),
                sale.total(),
                sale.payments());
    }

    /** The same of which the till says that it comes to so much. */
    public static TillSale comingTo(String total, TillSale sale) {
        return new TillSale(
                sale.id(),
                sale.version(),
                sale.location(),
                sale.store(),
                sale.soldAt(),
                sale.currency(),
                sale.taxesIncluded(),
                sale.lines(),
                sale.charges(),
                sale.tenders(),
                Money.of(total, sale.currency()),
                sale.payments());
    }
}
