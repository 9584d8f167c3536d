package io.throughline.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.CatalogSync;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.PriceComparison;
import io.throughline.domain.catalog.PriceParity;
import io.throughline.domain.catalog.ProductNews;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.workflows.catalog.CatalogSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Products that were told of are read a few at a time, and one that can't be read keeps no other from it. */
class ProductNewsStepTest {
    private static final AccountId SHOP = SampleAccounts.SHOP;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T09:00:00Z"));
    private final Queue news = new Queue();
    private final Shop shop = new Shop();
    private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    private final CatalogSteps steps;

    ProductNewsStepTest() {
        Unused unused = new Unused();
        environment.registerActivitiesImplementations(new CatalogStepsImpl(
                new CatalogSources(new SampleAccounts(), Map.of(OutsideSystem.SHOPIFY, shop), Map.of()),
                unused,
                news,
                unused,
                List.of(),
                new TestingCases(clock),
                Duration.ofHours(1),
                clock));
        steps = environment.newActivityStub(CatalogSteps.class);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void aFewAreReadAtATime() {
        IntStream.rangeClosed(1, 12).forEach(product -> news.heard(SHOP, Integer.toString(product)));

        assertThat(steps.readNews(SHOP)).as("there are more").isTrue();
        assertThat(shop.read).hasSize(10);
        assertThat(steps.readNews(SHOP)).isFalse();

        assertThat(shop.read).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void oneThatCanNotBeReadKeepsNoOtherFromIt() {
        news.heard(SHOP, "bad");
        news.heard(SHOP, "good");
        shop.failures.put(
                "bad", SystemFailure.withoutEffect(FailureCode.REPLY_UNREADABLE, "no such number as 'many'", null));

        fails(FailureCode.REPLY_UNREADABLE);

        assertThat(news.told.keySet()).containsExactly("bad");
        assertThat(shop.read).containsExactly("good");
    }

    @Test
    void whileTheShopIsAwayAllStayToBeRead() {
        news.heard(SHOP, "1");
        news.heard(SHOP, "2");
        shop.failures.put("1", SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "away", null));

        fails(FailureCode.SYSTEM_UNREACHABLE);

        assertThat(news.told.keySet()).containsExactlyInAnyOrder("1", "2");
        assertThat(shop.read).isEmpty();
    }

    private void fails(FailureCode code) {
        assertThatExceptionOfType(ActivityFailure.class)
                .isThrownBy(() -> steps.readNews(SHOP))
                .havingCause()
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(code.name()));
    }

    /** News in memory, in the order in which they came. */
    private static final class Queue implements ProductNews {
        private final Map<String, Long> told = new LinkedHashMap<>();

        @Override
        public void heard(AccountId account, String product) {
            told.merge(product, 1L, Long::sum);
        }

        @Override
        public void gone(AccountId account, String product) {
            told.remove(product);
        }

        @Override
        public List<News> next(AccountId account, int atMost) {
            return told.entrySet().stream()
                    .limit(atMost)
                    .map(one -> new News(account, one.getKey(), one.getValue()))
                    .toList();
        }

        @Override
        public void take(News read, List<ProductRecord> products) {
            told.remove(read.product(), read.told());
        }

        @Override
        public void putOff(News unread) {
            Optional.ofNullable(told.remove(unread.product())).ifPresent(count -> told.put(unread.product(), count));
        }
    }

    /** Knows every product, except those that fail. */
    private static final class Shop implements CatalogSource {
        private final Map<String, SystemFailure> failures = new HashMap<>();
        private final List<String> read = new ArrayList<>();

        @Override
        public List<ProductRecord> product(AccountId account, String product) {
            Optional.ofNullable(failures.get(product)).ifPresent(failure -> {
                throw failure;
            });
            read.add(product);
            return List.of();
        }

        @Override
        public String export(AccountId account, Instant since) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Export state(AccountId account, String export) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Page read(AccountId account, Export.Ready export, Optional<String> cursor) {
            throw new UnsupportedOperationException();
        }
    }

    /** What reading news of products has nothing to do with. */
    private static final class Unused implements CatalogSyncs, PriceComparison {
        @Override
        public CatalogSync begin(AccountId account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CatalogSync exported(AccountId account, String export) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CatalogSync take(CatalogSync before, CatalogSource.Page page, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void startOver(AccountId account, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CatalogSync finish(AccountId account) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<CatalogSync> latest(AccountId account) {
            return Optional.empty();
        }

        @Override
        public int compare(List<PriceParity> rules) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void bear(CaseId id) {
            throw new UnsupportedOperationException();
        }
    }
}
