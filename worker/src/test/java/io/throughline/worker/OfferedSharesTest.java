package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferedSharesTest {
    private static final AccountId SHOP = SampleAccounts.SHOP;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T08:00:00Z"));
    private final List<Integer> stored = new ArrayList<>();
    private int percent = 100;
    private boolean away;
    private final OfferedShares shares =
            new OfferedShares(account -> Map.of(SampleFacilities.ST_HARBOR, percent), this::store, clock);

    private void store(AccountId account, Map<FacilityId, Integer> percents) {
        if (away) {
            throw new IllegalStateException("the database is away");
        }
        stored.addAll(percents.values());
    }

    @Test
    void whatHasChangedIsStoredOnce() {
        look(Duration.ZERO);
        look(Duration.ofSeconds(2));
        assertThat(stored).containsExactly(100);

        percent = 50;
        look(Duration.ofMillis(300));
        assertThat(stored).as("it was looked at just now").containsExactly(100);
        look(Duration.ofMillis(800));
        look(Duration.ofSeconds(2));

        assertThat(stored).containsExactly(100, 50);
    }

    /** Another worker may have stored something else meanwhile. */
    @Test
    void whatStaysIsStoredAgainOnceInAWhile() {
        look(Duration.ZERO);
        look(Duration.ofSeconds(59));
        look(Duration.ofSeconds(2));
        look(Duration.ofSeconds(2));

        assertThat(stored).containsExactly(100, 100);
    }

    @Test
    void whatCouldNotBeStoredIsStoredTheNextTime() {
        away = true;
        assertThatThrownBy(() -> look(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        away = false;

        look(Duration.ZERO);

        assertThat(stored).containsExactly(100);
    }

    private void look(Duration later) {
        clock.advance(later);
        shares.look(SHOP);
    }
}
