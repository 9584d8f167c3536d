package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.account.SystemPaces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceWatchTest {
    private static final CallBudget BUDGET = new CallBudget(900, 2000, 100, Instant.parse("2026-11-23T12:00:00Z"));

    private final TestingPaces paces = new TestingPaces();

    private static final class TestingPaces implements SystemPaces {
        private final List<Pace> told = new ArrayList<>();

        @Override
        public void tell(Collection<Pace> now) {
            told.addAll(now);
        }

        @Override
        public List<Pace> all() {
            return told;
        }
    }

    @Test
    void ofTheQueuesThatThisProcessWorksOnItTellsTheRateAndTheBudget() {
        List<Account> accounts = List.of(
                account(SampleAccounts.SHOP, OutsideSystem.SHOPIFY),
                account(SampleAccounts.POS, OutsideSystem.SQUARE),
                account(SampleAccounts.ERP, OutsideSystem.TRYTON));

        new PaceWatch(
                        paces,
                        accounts,
                        Map.of("shopify", new QueueSettings(20, 40), "pos", new QueueSettings(20, 0)),
                        account -> Optional.of(BUDGET).filter(known -> account.equals(SampleAccounts.SHOP)),
                        Duration.ofHours(1))
                .work();

        assertThat(paces.all())
                .containsExactly(
                        new SystemPaces.Pace(SampleAccounts.SHOP, Optional.of(40.0), Optional.of(BUDGET)),
                        new SystemPaces.Pace(SampleAccounts.POS, Optional.empty(), Optional.empty()));
    }

    private static Account account(AccountId id, OutsideSystem system) {
        return new Account(id, system, EffectMode.LIVE);
    }
}
