package io.throughline.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.CatalogSource.Page;
import io.throughline.domain.catalog.CatalogSync;
import io.throughline.domain.catalog.CatalogSync.Tally;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.PriceComparison;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.catalog.Product;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.ProductCatalog.Refused;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.PriceStated;
import io.throughline.domain.catalog.ProductRecord.Stated;
import io.throughline.domain.catalog.SampleSystemOfRecord;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Only the owner's word is taken, only once, and what is taken stays comparable with what others say. */
class CatalogTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final AccountId ERP = SampleAccounts.ERP;
    private static final AccountId JAPAN = SampleAccounts.SHOP_JP;
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final Instant EARLY = Instant.parse("2026-11-01T09:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-02T09:00:00Z");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final CatalogSyncs syncs = POSTGRES.database().catalogSyncs(new SampleSystemOfRecord());
    private final ProductCatalog catalog = POSTGRES.database().products();
    private final PriceComparison comparison = POSTGRES.database().priceComparison();
    private final Sku sku = Sku.of("CAT-" + NUMBERS.incrementAndGet());

    @Test
    void aProductOfItsOwnerIsKnownAtOnce() {
        assertThat(catalog.knows(sku)).isFalse();

        Tally tally = take(SHOP, title("Field tee", EARLY));

        assertThat(tally).isEqualTo(new Tally(1, 1, 0, 0));
        assertThat(catalog.knows(sku)).isTrue();
        assertThat(product().attributes()).singleElement().satisfies(known -> {
            assertThat(known.value()).contains("Field tee");
            assertThat(known.source()).isEqualTo(SHOP);
            assertThat(known.version()).isEqualTo(EARLY);
            assertThat(known.at()).isEqualTo(POSTGRES.clock().instant());
        });
        assertThat(kinds()).isEmpty();
    }

    @Test
    void theSameAgainChangesNothingAndAnOlderWordNeither() {
        take(SHOP, title("Field tee", LATER));

        assertThat(take(SHOP, title("Field tee", LATER)).changed()).isZero();
        assertThat(take(SHOP, title("Old tee", EARLY)).changed()).isZero();

        assertThat(product().attributes().getFirst().value()).contains("Field tee");
    }

    @Test
    void aChangeIsToldOnce() {
        take(SHOP, title("Field tee", EARLY));

        take(SHOP, title("Fields tee", LATER));
        take(SHOP, title("Fields tee", LATER));

        assertThat(POSTGRES.database().trace().of("product/" + sku))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(EventType.of("product/" + sku, entry.kind(), entry.detail()))
                            .containsExactly(EventType.PRODUCT_CHANGED);
                    assertThat(EventType.PRODUCT_CHANGED.data("product/" + sku, entry.detail()))
                            .isEqualTo(Map.of("sku", sku.value(), "attribute", "TITLE", "source", SHOP.value()));
                });
    }

    @Test
    void whoDoesNotOwnItIsRefusedAndTold() {
        take(SHOP, title("Field tee", EARLY));

        assertThat(take(ERP, title("TEE FIELD", LATER)).refused()).isEqualTo(1);
        assertThat(take(ERP, title("TEE FIELD", LATER)).refused()).isEqualTo(1);

        assertThat(product().attributes().getFirst().value()).contains("Field tee");
        assertThat(product().contradictions()).singleElement().satisfies(word -> {
            assertThat(word.about()).isEqualTo("TITLE");
            assertThat(word.value()).contains("TEE FIELD");
            assertThat(word.source()).isEqualTo(ERP);
        });
        assertThat(kinds()).containsExactly("product.refused");
    }

    @Test
    void whatDoesNotCountIsFoundByWhoSaysItAsLongAsItDoesNotCount() {
        take(SHOP, title("Field tee", EARLY));
        take(ERP, title("TEE FIELD", LATER));

        assertThat(refusedFrom(ERP)).singleElement().satisfies(refused -> {
            assertThat(refused.word().about()).isEqualTo("TITLE");
            assertThat(refused.word().value()).contains("TEE FIELD");
            assertThat(refused.counts()).contains("Field tee");
        });
        assertThat(refusedFrom(JAPAN)).isEmpty();
        assertThat(POSTGRES.database().trace().of("product/" + sku))
                .filteredOn(entry -> entry.kind().equals("product.refused"))
                .singleElement()
                .satisfies(entry -> assertThat(EventType.PRODUCT_REFUSED.data("product/" + sku, entry.detail()))
                        .isEqualTo(Map.of(
                                "sku", sku.value(),
                                "account", ERP.value(),
                                "about", "TITLE",
                                "value", "TEE FIELD",
                                "counts", "Field tee")));

        take(SHOP, title("TEE FIELD", LATER));
        assertThat(refusedFrom(ERP)).isEmpty();
    }

    private List<Refused> refusedFrom(AccountId source) {
        return catalog.refusedFrom(source, 50).stream()
                .filter(refused -> refused.sku().equals(sku))
                .toList();
    }

    @Test
    void aContradictionEndsWhenBothSayTheSame() {
        take(SHOP, title("Field tee", EARLY));
        take(ERP, title("TEE FIELD", EARLY));

        take(ERP, title("Field tee", LATER));

        assertThat(product().contradictions()).isEmpty();
    }

    @Test
    void whoBecomesTheOwnerDoesNotContradictTheirOwnWord() {
        take(SHOP, title("Field tee", EARLY));
        take(ERP, title("TEE FIELD", EARLY));

        take(POSTGRES.database().catalogSyncs(new SampleSystemOfRecord(ERP)), ERP, title("Tee, field", EARLY));

        assertThat(product().attributes().getFirst().value()).contains("Tee, field");
        assertThat(product().contradictions()).isEmpty();
    }

    @Test
    void whoIntroducesNoProductsMakesNone() {
        assertThat(take(JAPAN, title("Field tee", EARLY), yen(3_800, EARLY)).refused())
                .isEqualTo(1);

        assertThat(catalog.knows(sku)).isFalse();
        assertThat(kinds()).containsExactly("product.refused");
    }

    @Test
    void whatWasSaidBeforeTheIntroductionCountsFromThenOn() {
        take(JAPAN, title("T-shirt", EARLY), yen(3_800, EARLY));

        Tally tally = take(SHOP, title("Field tee", LATER));

        assertThat(tally).isEqualTo(new Tally(1, 2, 0, 0));
        assertThat(catalog.prices(sku, Optional.of(JAPAN), Optional.empty()))
                .singleElement()
                .satisfies(price -> {
                    assertThat(price.amount()).isEqualTo(Money.of("3800", CurrencyCode.of("JPY")));
                    assertThat(price.source()).isEqualTo(JAPAN);
                    assertThat(price.version()).isEqualTo(EARLY);
                });
        assertThat(product().attributes().getFirst().value()).contains("Field tee");
        assertThat(product().contradictions())
                .singleElement()
                .satisfies(word -> assertThat(word.value()).contains("T-shirt"));
        assertThat(kinds()).containsExactly("product.refused");
    }

    @Test
    void aPriceHasAHistory() {
        take(SHOP, usd("25.00", EARLY));
        take(SHOP, usd("26.00", LATER));

        assertThat(catalog.prices(sku, Optional.of(SHOP), Optional.of(USD)))
                .singleElement()
                .satisfies(price -> {
                    assertThat(price.amount()).isEqualTo(Money.of("26.00", USD));
                    assertThat(price.validFrom()).isEqualTo(LATER);
                });
        assertThat(kinds()).containsExactly("price.changed");
        assertThat(count("select count(*) from price where sku = '" + sku + "'"))
                .isEqualTo(2);
    }

    /** An ERP may keep a product's price beside it, and its version stands still. */
    @Test
    void aPriceThatChangesWithoutANewVersionCountsFromWhenItIsLearnt() {
        take(SHOP, usd("25.00", EARLY));
        take(SHOP, usd("26.00", EARLY));

        assertThat(catalog.prices(sku, Optional.of(SHOP), Optional.of(USD)))
                .singleElement()
                .satisfies(price -> {
                    assertThat(price.amount()).isEqualTo(Money.of("26.00", USD));
                    assertThat(price.validFrom()).isEqualTo(POSTGRES.clock().instant());
                });
        assertThat(count("select count(*) from price where sku = '" + sku + "'"))
                .isEqualTo(2);
    }

    @Test
    void aPageThatWasTakenInIsNotTakenInTwice() {
        CatalogSync began = syncs.begin(SHOP);
        syncs.exported(SHOP, "export");
        CatalogSync before = syncs.begin(SHOP);
        Page page = new Page(List.of(record(title("Field tee", EARLY))), 1, 50, Optional.of("50"));

        CatalogSync first = syncs.take(before, page, 200);
        CatalogSync again = syncs.take(before, page, 200);

        assertThat(first.percent()).isEqualTo(25);
        assertThat(first.tally()).isEqualTo(new Tally(1, 1, 0, 1));
        assertThat(again).isEqualTo(first);
        assertThat(syncs.begin(SHOP)).isEqualTo(first);
        assertThat(syncs.finish(SHOP).percent()).isEqualTo(100);
        assertThat(began.finished()).isFalse();
        assertThat(syncs.begin(SHOP).tally()).isEqualTo(Tally.NONE);
        syncs.finish(SHOP);
    }

    @Test
    void aDifferentPriceIsACaseUntilTheyAgree() {
        PriceParity rule = rule();
        take(SHOP, usd("25.00", EARLY));
        take(ERP, new PriceStated(ERP, Money.of("25.00", USD), EARLY));
        comparison.compare(List.of(rule));
        assertThat(cases()).isEmpty();

        take(SHOP, usd("26.00", LATER));
        comparison.compare(List.of(rule));
        comparison.compare(List.of(rule));

        assertThat(cases()).singleElement().satisfies(one -> {
            assertThat(one.code()).isEqualTo(FailureCode.PRICE_MISMATCH);
            assertThat(one.detail()).isEqualTo("25.00 USD at tryton-northwind, 26.00 USD at northwind");
        });
        take(ERP, new PriceStated(ERP, Money.of("26.00", USD), LATER));
        comparison.compare(List.of(rule));
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);
    }

    @Test
    void aDifferenceThatIsBorneIsAskedAgainOnlyWhenAPriceChanges() {
        PriceParity rule = rule();
        take(SHOP, usd("25.00", EARLY));
        take(ERP, new PriceStated(ERP, Money.of("24.00", USD), EARLY));
        comparison.compare(List.of(rule));
        Case open = cases().getFirst();
        POSTGRES.database()
                .cases()
                .decide(
                        open.id(),
                        new Decision(
                                Action.ACCEPT_DIFFERENCE,
                                "buyer",
                                true,
                                Optional.empty(),
                                java.util.Map.of(),
                                POSTGRES.clock().instant()));
        comparison.bear(open.id());

        comparison.compare(List.of(rule));
        assertThat(cases()).extracting(Case::status).containsExactly(CaseStatus.CLOSED);

        take(SHOP, usd("27.00", LATER));
        comparison.compare(List.of(rule));
        assertThat(cases()).extracting(Case::status).containsExactlyInAnyOrder(CaseStatus.CLOSED, CaseStatus.OPEN);
    }

    private static PriceParity rule() {
        return new PriceParity("web", ERP, USD, SHOP, USD, BigDecimal.ONE, BigDecimal.ZERO);
    }

    private Tally take(AccountId source, Object... words) {
        return take(syncs, source, words);
    }

    private Tally take(CatalogSyncs syncs, AccountId source, Object... words) {
        syncs.begin(source);
        syncs.exported(source, "export");
        syncs.take(syncs.begin(source), new Page(List.of(record(words)), 0, 1, Optional.empty()), 1);
        return syncs.finish(source).tally();
    }

    private ProductRecord record(Object... words) {
        return new ProductRecord(
                sku,
                List.of(words).stream()
                        .filter(Stated.class::isInstance)
                        .map(Stated.class::cast)
                        .toList(),
                List.of(words).stream()
                        .filter(PriceStated.class::isInstance)
                        .map(PriceStated.class::cast)
                        .toList());
    }

    private static Stated title(String title, Instant version) {
        return new Stated(Attribute.TITLE, Optional.of(title), version);
    }

    private static PriceStated usd(String amount, Instant version) {
        return new PriceStated(SHOP, Money.of(amount, USD), version);
    }

    private static PriceStated yen(long amount, Instant version) {
        return new PriceStated(JAPAN, Money.ofMinor(amount, CurrencyCode.of("JPY")), version);
    }

    private Product product() {
        return catalog.find(sku).orElseThrow();
    }

    private List<Case> cases() {
        return POSTGRES.database().cases().ofSubject("product/" + sku);
    }

    private List<String> kinds() {
        return POSTGRES.database().trace().of("product/" + sku).stream()
                .map(TraceEntry::kind)
                .toList();
    }

    private static long count(String sql) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
