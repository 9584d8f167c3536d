package io.throughline.domain.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.CatalogSource.Export;
import io.throughline.domain.catalog.CatalogSource.Page;
import io.throughline.domain.catalog.ProductRecord.PriceStated;
import io.throughline.domain.catalog.ProductRecord.Stated;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every system must keep to that tells its catalogue. It has the sample retailer's products. */
public abstract class CatalogSourceContract {
    private static final Sku TEE = Sku.of("NW-TEE-BLK-M");

    protected abstract CatalogSourceUnderTest underTest();

    /** What a tee costs the retailer, by a system that values stock. */
    protected Optional<String> costOfATee() {
        return Optional.empty();
    }

    @Test
    protected void tellsEachProductWithTitleAndPriceAndAChangeHasALaterVersion() throws InterruptedException {
        List<ProductRecord> products = readAll(exported());

        ProductRecord tee = find(products, TEE);
        assertThat(stated(tee, Attribute.TITLE).value())
                .hasValueSatisfying(title -> assertThat(title).isNotBlank());
        assertThat(tee.prices()).singleElement().satisfies(price -> {
            assertThat(price.channel()).isEqualTo(underTest().account());
            assertThat(price.amount().isPositive()).isTrue();
        });
        assertThat(tee.cost()
                        .map(told -> told.cost().amount().setScale(2, RoundingMode.UNNECESSARY) + " "
                                + told.cost().currency()))
                .isEqualTo(costOfATee());

        PriceStated before = price(products);
        underTest().reprice(TEE, "31.50");
        PriceStated after = price(readAll(exported()));

        assertThat(after.amount().toDecimal()).isEqualByComparingTo("31.50");
        assertThat(after.version()).isAfter(before.version());
    }

    @Test
    protected void anExportIsReadOnFromAnyCursor() throws InterruptedException {
        underTest().makeUp(6_000);
        Export.Ready export = exported();
        List<Page> pages = pages(export, Optional.empty());

        for (int i = 0; i < pages.size() - 1; i++) {
            List<ProductRecord> rest = products(pages(export, pages.get(i).next()));
            assertThat(rest).isEqualTo(products(pages.subList(i + 1, pages.size())));
        }
        assertThat(pages.getLast().read()).isEqualTo(export.size());
        assertThat(pages).extracting(Page::read).isSorted();
    }

    @Test
    protected void whatWasAskedForSinceIsNotAskedForAgain() {
        Instant since = Instant.now();
        String export = underTest().source().export(underTest().account(), since);

        assertThat(underTest().source().export(underTest().account(), since)).isEqualTo(export);
    }

    /** Makes an export of what there is now. */
    protected final Export.Ready exported() throws InterruptedException {
        // Systems tell their times in whole seconds, and what was made in this one may be older than the last change.
        Thread.sleep(1_100);
        String export = underTest().source().export(underTest().account(), Instant.now());
        while (true) {
            if (underTest().source().state(underTest().account(), export) instanceof Export.Ready ready) {
                return ready;
            }
            Thread.sleep(20);
        }
    }

    protected final List<ProductRecord> readAll(Export.Ready export) {
        return products(pages(export, Optional.empty()));
    }

    private List<Page> pages(Export.Ready export, Optional<String> from) {
        List<Page> pages = new ArrayList<>();
        Optional<String> cursor = from;
        do {
            pages.add(underTest().source().read(underTest().account(), export, cursor));
            cursor = pages.getLast().next();
        } while (cursor.isPresent());
        return pages;
    }

    private static List<ProductRecord> products(List<Page> pages) {
        return pages.stream().flatMap(page -> page.products().stream()).toList();
    }

    protected static ProductRecord find(List<ProductRecord> products, Sku sku) {
        return products.stream()
                .filter(product -> product.sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    protected static Stated stated(ProductRecord product, Attribute attribute) {
        return product.attributes().stream()
                .filter(word -> word.attribute() == attribute)
                .findFirst()
                .orElseThrow();
    }

    private static PriceStated price(List<ProductRecord> products) {
        return find(products, TEE).prices().getFirst();
    }
}
