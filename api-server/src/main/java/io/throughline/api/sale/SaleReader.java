package io.throughline.api.sale;

import io.throughline.api.catalog.Assortment;
import io.throughline.api.order.Amounts;
import io.throughline.api.order.Findings;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.sale.StoreSale;
import io.throughline.runtime.retailer.ConfiguredCatalog.Product;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks a sale and reads it. Nothing of it is guessed: what a till does not tell rightly, it has to tell again. */
final class SaleReader {
    private static final int MOST_LINES = 200;
    private static final int MOST_TENDERS = 20;
    private static final int MOST_CHARGES = 20;
    private static final int MOST_UNITS = 10_000;
    private static final long HIGHEST_VERSION = 1_000_000_000_000_000L;
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Pattern SALE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
    private static final Pattern TENDER = Pattern.compile("[a-z0-9_-]{1,50}");
    private static final CurrencyCode PLACEHOLDER = CurrencyCode.of("USD");

    private final Assortment assortment;
    private final Clock clock;

    SaleReader(Assortment assortment, Clock clock) {
        this.assortment = assortment;
        this.clock = clock;
    }

    static boolean isId(String text) {
        return SALE_ID.matcher(text).matches();
    }

    static boolean isVersion(long number) {
        return number >= 1 && number <= HIGHEST_VERSION;
    }

    /**
     * Empty when there is something to find fault with. {@code waits} gets what a sale that is right in itself still waits for, before it may be
     * booked: that a product is known, or that its hour comes.
     */
    Optional<StoreSale> read(FacilityId store, SaleSubmission told, Findings findings, Findings waits) {
        CurrencyCode currency = findings.attempt(
                "/currency",
                "an ISO 4217 currency in capitals, such as USD",
                PLACEHOLDER,
                () -> CurrencyCode.of(told.currency()));
        long version = told.version().orElse(1L);
        head(told, version, findings, waits);
        if (!findings.none()) {
            return Optional.empty();
        }
        Amounts amounts = new Amounts(currency, findings);
        Map<Sku, Product> products = assortment.among(told.lines().stream().map(SaleSubmission.Line::sku));
        List<StoreSale.Line> lines = new ArrayList<>();
        for (SaleSubmission.Line line : told.lines()) {
            line("/lines/" + lines.size(), line, products, amounts, findings, waits)
                    .ifPresent(lines::add);
        }
        List<StoreSale.Charge> charges = charges(told.charges(), amounts, findings);
        List<StoreSale.Tender> tenders = tenders(told.tenders(), amounts, findings);
        if (findings.none()) {
            sums(told.taxesIncluded(), lines, charges, tenders, currency, findings);
        }
        return findings.none()
                ? Optional.of(new StoreSale(
                        store,
                        told.saleId(),
                        version,
                        told.register(),
                        told.soldAt(),
                        currency,
                        told.taxesIncluded(),
                        lines,
                        charges,
                        tenders))
                : Optional.empty();
    }

    private void head(SaleSubmission told, long version, Findings findings, Findings waits) {
        findings.require(isId(told.saleId()), "/saleId", "1 to 100 of letters, digits and . _ : -");
        findings.require(isVersion(version), "/version", "1 to " + HIGHEST_VERSION);
        findings.visible("/register", told.register(), 50);
        findings.require(
                !told.soldAt().isBefore(EARLIEST) && told.soldAt().isBefore(LATEST),
                "/soldAt",
                "an instant since 2000");
        waits.require(
                !told.soldAt().isAfter(clock.instant().plus(CLOCK_SKEW)),
                "/soldAt",
                "is in the future: set the till's clock right, then send the sale again");
        findings.require(
                told.lines().size() <= MOST_LINES
                        && (version > 1 || !told.lines().isEmpty()),
                "/lines",
                "1 to " + MOST_LINES + " lines; none only in a correction");
        findings.require(told.charges().size() <= MOST_CHARGES, "/charges", "at most " + MOST_CHARGES);
        findings.require(told.tenders().size() <= MOST_TENDERS, "/tenders", "at most " + MOST_TENDERS);
    }

    private static Optional<StoreSale.Line> line(
            String at,
            SaleSubmission.Line line,
            Map<Sku, Product> products,
            Amounts amounts,
            Findings findings,
            Findings waits) {
        int units = Math.abs(line.quantity());
        findings.require(
                units >= 1 && units <= MOST_UNITS,
                at + "/quantity",
                "1 to " + MOST_UNITS + " units, or as many returned, which are negative");
        Optional<Sku> sku = findings.attempt(
                at + "/sku", "1 to 100 visible characters", Optional.empty(), () -> Optional.of(Sku.of(line.sku())));
        waits.require(
                sku.filter(some -> !products.containsKey(some)).isEmpty(),
                at + "/sku",
                line.sku() + " is not in the catalogue: add the product there, then send the sale again");
        Money unitPrice = amounts.notNegative(at + "/unitPrice", line.unitPrice());
        Money discount = amounts.notNegative(at + "/discount", line.discount());
        Money total = amounts.any(at + "/total", line.total());
        int sign = Integer.signum(line.quantity());
        boolean right = findings.attempt(
                at + "/unitPrice",
                "too large",
                true,
                () -> unitPrice.times(units).minus(discount).times(sign).equals(total));
        findings.require(
                right, at + "/total", "must be quantity × unitPrice − discount, or + discount for returned goods");
        List<TaxLine> taxes = taxes(at, line.taxes(), sign, amounts, findings);
        return sku.filter(some -> units >= 1 && units <= MOST_UNITS)
                .map(some -> products.getOrDefault(some, new Product(some, some.value(), false, List.of())))
                .map(known -> new StoreSale.Line(
                        known.sku(),
                        known.title(),
                        known.giftCard(),
                        line.quantity(),
                        unitPrice,
                        discount,
                        total,
                        taxes));
    }

    private static List<StoreSale.Charge> charges(
            List<SaleSubmission.Charge> told, Amounts amounts, Findings findings) {
        List<StoreSale.Charge> charges = new ArrayList<>();
        for (SaleSubmission.Charge charge : told) {
            String at = "/charges/" + charges.size();
            Money total = amounts.any(at + "/total", charge.total());
            findings.require(!total.isZero(), at + "/total", "must not be zero");
            findings.require(
                    charge.taxes().isEmpty() || charge.kind() == StoreSale.Charge.Kind.SERVICE,
                    at + "/taxes",
                    "only service charges are taxed");
            charges.add(new StoreSale.Charge(
                    charge.kind(),
                    findings.visible(at + "/title", charge.title(), 100).orElseGet(() -> words(charge.kind())),
                    total,
                    taxes(at, charge.taxes(), total.isNegative() ? -1 : 1, amounts, findings)));
        }
        return charges;
    }

    private static String words(StoreSale.Charge.Kind kind) {
        return switch (kind) {
            case SERVICE -> "Service charge";
            case TIP -> "Tip";
            case ROUNDING -> "Rounding";
        };
    }

    private static List<TaxLine> taxes(
            String at, List<SaleSubmission.Tax> told, int sign, Amounts amounts, Findings findings) {
        List<TaxLine> taxes = new ArrayList<>();
        for (SaleSubmission.Tax tax : told) {
            String taxAt = at + "/taxes/" + taxes.size();
            Money amount = amounts.any(taxAt + "/amount", tax.amount());
            findings.require(
                    !amount.times(sign).isNegative(), taxAt + "/amount", "must have the sign of what is taxed");
            taxes.add(new TaxLine(
                    findings.visible(taxAt + "/title", tax.title(), 100),
                    amounts.rate(taxAt + "/rate", tax.rate()).stripTrailingZeros(),
                    amount));
        }
        return taxes;
    }

    private static List<StoreSale.Tender> tenders(
            List<SaleSubmission.Tender> told, Amounts amounts, Findings findings) {
        List<StoreSale.Tender> tenders = new ArrayList<>();
        for (SaleSubmission.Tender tender : told) {
            String at = "/tenders/" + tenders.size();
            findings.require(TENDER.matcher(tender.kind()).matches(), at + "/kind", "1 to 50 of a-z, 0-9, _ and -");
            Money amount = amounts.any(at + "/amount", tender.amount());
            findings.require(!amount.isZero(), at + "/amount", "must not be zero");
            tenders.add(new StoreSale.Tender(tender.kind(), amount));
        }
        return tenders;
    }

    private static void sums(
            boolean taxesIncluded,
            List<StoreSale.Line> lines,
            List<StoreSale.Charge> charges,
            List<StoreSale.Tender> tenders,
            CurrencyCode currency,
            Findings findings) {
        findings.attempt("/lines", "too large", Optional.<Money>empty(), () -> {
            Money total = StoreSale.total(currency, taxesIncluded, lines, charges);
            Money tendered = Money.sum(
                    currency, tenders.stream().map(StoreSale.Tender::amount).toList());
            findings.require(
                    total.equals(tendered),
                    "/tenders",
                    "come to " + tendered + ", the lines, charges and taxes to " + total);
            return Optional.of(total);
        });
    }
}
