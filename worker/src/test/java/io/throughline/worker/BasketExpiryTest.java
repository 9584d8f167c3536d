package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BasketExpiryTest {
    @Test
    void goesOnWhenTheDatabaseWasAway() throws InterruptedException {
        FailingBaskets baskets = new FailingBaskets();
        BasketExpiry expiry = new BasketExpiry(baskets, Duration.ofMillis(1));

        expiry.start();
        boolean wentOn = baskets.asked.await(30, TimeUnit.SECONDS);
        expiry.stop();

        assertThat(wentOn).isTrue();
    }

    private static final class FailingBaskets implements Baskets {
        private final CountDownLatch asked = new CountDownLatch(3);

        @Override
        public int expire(int atMost) {
            asked.countDown();
            throw new IllegalStateException("PostgreSQL is away");
        }

        @Override
        public Optional<Commitment> hold(BasketId basket, List<LineQuantity> needs, Terms terms, Instant expiresAt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Basket> find(BasketId basket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release(BasketId basket) {
            throw new UnsupportedOperationException();
        }
    }
}
