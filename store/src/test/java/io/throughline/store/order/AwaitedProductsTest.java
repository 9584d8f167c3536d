package io.throughline.store.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.order.AwaitedProducts;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.Database;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever waits for a product is woken once it is known: once, by whichever process. */
class AwaitedProductsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger NUMBERS = new AtomicInteger(7_000_000);
    private static final int MANY = 100;

    private final AwaitedProducts awaited = POSTGRES.database().awaitedProducts();
    private final Set<Sku> known = new HashSet<>();
    private final Sku sku = Sku.of("AWAITED-" + NUMBERS.incrementAndGet());
    private final Sku other = Sku.of("AWAITED-" + NUMBERS.incrementAndGet());
    private final OrderKey key = new OrderKey(SampleAccounts.SHOP, String.valueOf(NUMBERS.incrementAndGet()));

    @Test
    void whoeverWaitsIsWokenOnceWhenItsProductIsThere() {
        awaited.await(key, subject(key), List.of(sku));
        assertThat(wake()).isZero();
        assertThat(wakeUps(key)).isEmpty();

        known.add(sku);
        assertThat(wake()).isEqualTo(1);
        assertThat(wake()).isZero();

        assertThat(wakeUps(key)).containsExactly("throughline/attention");
    }

    @Test
    void whatItStillWaitsForReplacesWhatItWaitedForBefore() {
        awaited.await(key, subject(key), List.of(sku, other));
        awaited.await(key, subject(key), List.of(other));

        known.add(sku);
        assertThat(wake()).isZero();
        known.add(other);
        assertThat(wake()).isEqualTo(1);
    }

    @Test
    void whoeverWaitsForNothingAnyMoreIsNotWoken() {
        awaited.await(key, subject(key), List.of(sku));
        awaited.await(key, subject(key), List.of());

        known.add(sku);
        assertThat(wake()).isZero();
    }

    @Test
    void noMoreAreWokenAtATimeThanMayBe() {
        List<OrderKey> keys = Stream.generate(
                        () -> new OrderKey(SampleAccounts.SHOP, String.valueOf(NUMBERS.incrementAndGet())))
                .limit(5)
                .toList();
        keys.forEach(one -> awaited.await(one, subject(one), List.of(sku)));
        known.add(sku);

        assertThat(awaited.wake(known::contains, 3)).isEqualTo(3);
        assertThat(awaited.wake(known::contains, 3)).isEqualTo(2);

        assertThat(keys).allSatisfy(one -> assertThat(wakeUps(one)).hasSize(1));
    }

    @Test
    void manyProcessesWakeEachOnce() throws Exception {
        List<OrderKey> keys = Stream.generate(
                        () -> new OrderKey(SampleAccounts.SHOP, String.valueOf(NUMBERS.incrementAndGet())))
                .limit(30)
                .toList();
        keys.forEach(one -> awaited.await(one, subject(one), List.of(sku)));
        known.add(sku);

        Together.run(4, i -> {
            try (Database process = POSTGRES.open()) {
                while (process.awaitedProducts().wake(known::contains, 4) > 0) {
                    Thread.onSpinWait();
                }
            }
            return i;
        });
        wake();

        assertThat(keys).allSatisfy(one -> assertThat(wakeUps(one)).hasSize(1));
    }

    @Test
    void whoseCaseIsClosedIsForgottenAfterADay() {
        OrderKey open = new OrderKey(SampleAccounts.SHOP, String.valueOf(NUMBERS.incrementAndGet()));
        CaseId closed = open(key);
        open(open);
        awaited.await(key, subject(key), List.of(sku));
        awaited.await(open, subject(open), List.of(sku));
        POSTGRES.database().cases().close(closed, "the order has ended");

        POSTGRES.clock().advance(Duration.ofDays(2));
        wake();
        known.add(sku);
        wake();

        assertThat(wakeUps(key)).isEmpty();
        assertThat(wakeUps(open)).hasSize(1);
    }

    private CaseId open(OrderKey order) {
        return POSTGRES.database()
                .cases()
                .open(order.account(), subject(order), "order.screen order", FailureCode.UNKNOWN_SKU, "not there")
                .id();
    }

    private int wake() {
        return awaited.wake(known::contains, MANY);
    }

    private static String subject(OrderKey order) {
        return "O-" + order.externalId();
    }

    private static List<String> wakeUps(OrderKey order) {
        return POSTGRES.tables()
                .withHandle(
                        handle -> handle.select("select topic from inbox_message where subject = ?", order.workflowId())
                                .mapTo(String.class)
                                .list());
    }
}
