package io.throughline.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.CatalogSource.Page;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.ProductNews;
import io.throughline.domain.catalog.ProductNews.News;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.Stated;
import io.throughline.domain.catalog.SampleSystemOfRecord;
import io.throughline.domain.catalog.Sku;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A product is read once however often it is told of, and what is read keeps to the rules of a sync. */
class ProductNewsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final Instant EARLY = Instant.parse("2026-11-01T09:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-02T09:00:00Z");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ProductNews news = POSTGRES.database().productNews(new SampleSystemOfRecord());
    private final CatalogSyncs syncs = POSTGRES.database().catalogSyncs(new SampleSystemOfRecord());
    private final ProductCatalog catalog = POSTGRES.database().products();
    private final Sku sku = Sku.of("NEWS-" + NUMBERS.incrementAndGet());

    @BeforeEach
    void begin() {
        POSTGRES.tables().useHandle(handle -> handle.execute("delete from product_news"));
    }

    @Test
    void aProductThatIsToldOfAgainAndAgainIsReadOnce() {
        hear("1");
        hear("2");
        hear("1");

        assertThat(products()).containsExactly("1", "2");
        take("1", "Field tee", EARLY);

        assertThat(products()).containsExactly("2");
        assertThat(catalog.knows(sku)).isTrue();
    }

    @Test
    void whatIsToldWhileItIsReadIsNewsAgain() {
        hear("1");
        News read = news.next(SHOP, 1).getFirst();
        hear("1");

        news.take(read, List.of(record("Field tee", EARLY)));

        assertThat(products()).containsExactly("1");
    }

    @Test
    void anOlderExportThatComesLaterChangesNothing() {
        hear("1");
        take("1", "New tee", LATER);

        sync("Old tee", EARLY);

        assertThat(catalog.find(sku).orElseThrow().attributes().getFirst().value())
                .contains("New tee");
    }

    @Test
    void aProductThatCanNotBeReadLetsTheOthersGoFirst() {
        hear("1");
        hear("2");
        news.putOff(news.next(SHOP, 1).getFirst());
        assertThat(products()).containsExactly("2", "1");

        hear("1");
        assertThat(products()).as("it may be readable by now").containsExactly("1", "2");
    }

    @Test
    void whatIsGoneIsNotReadAndStaysKnown() {
        hear("1");
        take("1", "Field tee", EARLY);
        hear("1");

        news.gone(SHOP, "1");

        assertThat(products()).isEmpty();
        assertThat(catalog.knows(sku)).isTrue();
    }

    @Test
    void aProductWithoutAUsableVariantIsReadAllTheSame() {
        hear("1");

        news.take(news.next(SHOP, 1).getFirst(), List.of());

        assertThat(products()).isEmpty();
    }

    @Test
    void aSyncThatBeganLaterAnswersAllThatWasToldBefore() {
        hear("1");
        POSTGRES.clock().advance(Duration.ofMinutes(10));
        syncs.begin(SHOP);
        hear("2");
        finish("Field tee", EARLY);

        assertThat(products()).containsExactly("2");
    }

    @Test
    void anotherAccountsNewsAreItsOwn() {
        hear("1");
        news.heard(SampleAccounts.SHOP_JP, "1");

        take("1", "Field tee", EARLY);

        assertThat(news.next(SampleAccounts.SHOP_JP, 10)).hasSize(1);
    }

    private void hear(String product) {
        POSTGRES.clock().advance(Duration.ofSeconds(1));
        news.heard(SHOP, product);
    }

    private void take(String product, String title, Instant version) {
        News read = news.next(SHOP, 10).stream()
                .filter(one -> one.product().equals(product))
                .findFirst()
                .orElseThrow();
        news.take(read, List.of(record(title, version)));
    }

    private ProductRecord record(String title, Instant version) {
        return new ProductRecord(sku, List.of(new Stated(Attribute.TITLE, Optional.of(title), version)), List.of());
    }

    private List<String> products() {
        return news.next(SHOP, 10).stream().map(News::product).toList();
    }

    private void sync(String title, Instant version) {
        syncs.begin(SHOP);
        finish(title, version);
    }

    private void finish(String title, Instant version) {
        syncs.exported(SHOP, "export");
        syncs.take(syncs.begin(SHOP), new Page(List.of(record(title, version)), 0, 1, Optional.empty()), 1);
        syncs.finish(SHOP);
    }
}
