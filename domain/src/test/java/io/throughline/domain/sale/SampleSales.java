package io.throughline.domain.sale;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What tills sell: single sales by name, and any number of random ones. */
public final class SampleSales {
    public static final FacilityId STORE = SampleFacilities.ST_HARBOR;

    /** Noon in the store, on 23 November. */
    public static final Instant NOON = Instant.parse("2026-11-23T17:00:00Z");

    public static final StoreDayId DAY = new StoreDayId(STORE, LocalDate.parse("2026-11-23"));

    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final List<CurrencyCode> CURRENCIES = List.of(USD, CurrencyCode.of("JPY"), CurrencyCode.of("KWD"));
    private static final List<String> TENDERS = List.of("cash", "square_card", "gift_card");

    private SampleSales() {}

    /** One unit for 20 dollars in cash. */
    public static StoreSale mug(String id, Sku sku, Instant soldAt) {
        return mugs(id, 1, sku, 1, soldAt);
    }

    /** Some units for 20 dollars each in cash; returned when negative, and nothing at all when zero. */
    public static StoreSale mugs(String id, long version, Sku sku, int units, Instant soldAt) {
        Money price = Money.of("20.00", USD);
        Money total = price.times(units);
        boolean nothing = units == 0;
        return new StoreSale(
                STORE,
                id,
                version,
                "R1",
                soldAt,
                USD,
                true,
                nothing
                        ? List.of()
                        : List.of(new StoreSale.Line(
                                sku, "Camp mug", false, units, price, Money.zero(USD), total, List.of())),
                List.of(),
                nothing ? List.of() : List.of(new StoreSale.Tender("cash", total)));
    }

    /** Any sale: several lines, discounts, taxes, returns, gift cards and tenders, in one of three currencies. */
    public static StoreSale random(SplittableRandom random, String id, long version, List<Sku> skus, Instant from) {
        CurrencyCode currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        boolean taxesIncluded = random.nextBoolean();
        List<StoreSale.Line> lines = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            lines.add(line(random, skus.get(random.nextInt(skus.size())), currency));
        }
        List<StoreSale.Charge> charges = charges(random, currency);
        Money total = StoreSale.total(currency, taxesIncluded, lines, charges);
        return new StoreSale(
                STORE,
                id,
                version,
                "R" + random.nextInt(1, 4),
                from.plus(Duration.ofSeconds(random.nextInt(1, 6 * 3600))),
                currency,
                taxesIncluded,
                lines,
                charges,
                tenders(random, total));
    }

    private static List<StoreSale.Charge> charges(SplittableRandom random, CurrencyCode currency) {
        if (random.nextInt(4) > 0) {
            return List.of();
        }
        return Arrays.stream(StoreSale.Charge.Kind.values())
                .map(kind -> new StoreSale.Charge(
                        kind, kind.name(), Money.ofMinor(random.nextInt(1, 500), currency), List.of()))
                .toList();
    }

    private static StoreSale.Line line(SplittableRandom random, Sku sku, CurrencyCode currency) {
        int units = random.nextInt(1, 4);
        int sign = random.nextInt(5) == 0 ? -1 : 1;
        Money price = Money.ofMinor(random.nextInt(0, 9_999), currency);
        Money discount = Money.ofMinor(random.nextInt(3) == 0 ? random.nextInt(0, 50) : 0, currency)
                .min(price);
        Money total = price.times(units).minus(discount).times(sign);
        List<TaxLine> taxes = new ArrayList<>();
        for (String title : List.of("State", "City")) {
            if (random.nextBoolean()) {
                taxes.add(new TaxLine(
                        title,
                        new BigDecimal("0.05"),
                        Money.rounded(total.toDecimal().multiply(new BigDecimal("0.05")), currency)));
            }
        }
        return new StoreSale.Line(
                sku, sku.value(), random.nextInt(9) == 0, sign * units, price, discount, total, taxes);
    }

    private static List<StoreSale.Tender> tenders(SplittableRandom random, Money total) {
        Money first = Money.ofMinor(total.minor() * random.nextInt(0, 101) / 100, total.currency());
        String one = TENDERS.get(random.nextInt(TENDERS.size()));
        String other = TENDERS.get(random.nextInt(TENDERS.size()));
        return List.of(new StoreSale.Tender(one, first), new StoreSale.Tender(other, total.minus(first)));
    }

    /** Days begin at four and close at ten in the evening; what comes late is treated as told. */
    public static StoreDayPolicies policies(LateSales late) {
        StoreDayPolicy policy = new StoreDayPolicy(
                "store-day-1",
                Instant.EPOCH,
                List.of(new StoreDayPolicy.Rule(
                        "every-store",
                        Set.copyOf(SampleFacilities.ALL_IDS),
                        LocalTime.of(4, 0),
                        LocalTime.of(22, 0),
                        Duration.ofHours(2),
                        late,
                        ClosedPeriods.REFUSE)));
        return instant -> policy;
    }
}
