package io.throughline.connectors.shopify.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.PriceStated;
import io.throughline.domain.catalog.ProductRecord.Stated;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One line of the export: a variant, with what is said of it by its product and by its inventory item. */
record VariantLine(
        Optional<String> sku,
        String displayName,
        Optional<String> barcode,
        String price,
        Instant updatedAt,
        Parent product,
        Item inventoryItem) {
    record Parent(Optional<String> vendor, Instant updatedAt) {}

    record Item(
            Optional<String> harmonizedSystemCode,
            Optional<String> countryCodeOfOrigin,
            Instant updatedAt,
            Measurement measurement) {}

    record Measurement(Optional<Weight> weight) {}

    record Weight(BigDecimal value, String unit) {
        /** Empty for a unit that Shopify may add some day. */
        Optional<String> grams() {
            return gramsPerUnit()
                    .map(grams -> value.multiply(grams)
                            .setScale(0, RoundingMode.HALF_UP)
                            .toPlainString());
        }

        private Optional<BigDecimal> gramsPerUnit() {
            return switch (unit) {
                case "GRAMS" -> Optional.of(BigDecimal.ONE);
                case "KILOGRAMS" -> Optional.of(new BigDecimal("1000"));
                case "OUNCES" -> Optional.of(new BigDecimal("28.349523125"));
                case "POUNDS" -> Optional.of(new BigDecimal("453.59237"));
                default -> Optional.empty();
            };
        }
    }

    /** Empty: there is no SKU by which anybody else could know it. */
    Optional<ProductRecord> toRecord(AccountId shop, CurrencyCode currency) {
        try {
            return sku.flatMap(Sku::read).map(known -> record(known, shop, currency));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private ProductRecord record(Sku known, AccountId shop, CurrencyCode currency) {
        Instant named = product.updatedAt().isAfter(updatedAt) ? product.updatedAt() : updatedAt;
        return new ProductRecord(
                known,
                List.of(
                        new Stated(Attribute.TITLE, text(Optional.of(displayName)), named),
                        new Stated(Attribute.BRAND, text(product.vendor()), product.updatedAt()),
                        new Stated(Attribute.BARCODE, text(barcode), updatedAt),
                        new Stated(
                                Attribute.WEIGHT_GRAMS,
                                inventoryItem.measurement().weight().flatMap(Weight::grams),
                                inventoryItem.updatedAt()),
                        new Stated(
                                Attribute.HS_CODE,
                                text(inventoryItem.harmonizedSystemCode()),
                                inventoryItem.updatedAt()),
                        new Stated(
                                Attribute.ORIGIN_COUNTRY,
                                text(inventoryItem.countryCodeOfOrigin()),
                                inventoryItem.updatedAt())),
                List.of(new PriceStated(shop, Money.rounded(new BigDecimal(price), currency), updatedAt)));
    }

    private static Optional<String> text(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }
}
