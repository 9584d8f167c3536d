package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SystemControls;
import io.throughline.worker.measure.SystemMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which queues are left alone, and what the metrics tell of it. */
class PausedQueuesTest {
    private static final AccountId FIRST_SHOP = AccountId.of("northwind");
    private static final AccountId SECOND_SHOP = AccountId.of("southwind");
    private static final AccountId ERP = AccountId.of("tryton");
    private static final AccountId PARCELS = AccountId.of("parcels");
    private static final AccountId REST = AccountId.of("rest");
    private static final List<Account> ACCOUNTS = List.of(
            new Account(FIRST_SHOP, OutsideSystem.SHOPIFY, EffectMode.LIVE),
            new Account(SECOND_SHOP, OutsideSystem.SHOPIFY, EffectMode.SHADOW),
            new Account(AccountId.of("old-shop"), OutsideSystem.SHOPIFY, EffectMode.OFF),
            new Account(ERP, OutsideSystem.TRYTON, EffectMode.LIVE),
            new Account(PARCELS, OutsideSystem.CARRIER, EffectMode.LIVE),
            new Account(REST, OutsideSystem.REST, EffectMode.LIVE));

    private final Said said = new Said();
    private final List<Set<String>> told = new ArrayList<>();
    private final PausedQueues queues = new PausedQueues(said, new Configured(), told::add, Duration.ofHours(1));

    @Test
    void aQueueIsLeftAloneOnceAllOfItsAccountsThatAreInUseArePaused() {
        queues.work();
        said.pause(FIRST_SHOP, word());
        said.pause(ERP, word());
        queues.work();
        said.pause(SECOND_SHOP, word());
        queues.work();
        said.resume(FIRST_SHOP, word());
        queues.work();

        assertThat(told).containsExactly(Set.of(), Set.of("erp"), Set.of("erp", "shopify"), Set.of("erp"));
    }

    @Test
    void aCarriersQueueIsLeftAloneAsAnyOther() {
        said.pause(PARCELS, word());

        queues.work();

        assertThat(told).containsExactly(Set.of("carrier"));
    }

    @Test
    void theProcessesOwnQueueIsNeverLeftAlone() {
        said.pause(REST, word());

        queues.work();

        assertThat(told).containsExactly(Set.of());
    }

    @Test
    void whileTheDatabaseIsAwayItStaysAsItWas() {
        said.away = true;

        queues.work();

        assertThat(told).isEmpty();
    }

    @Test
    void theMetricsTellForHowLongAndHowOften() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SystemMetrics metrics =
                new SystemMetrics(registry, said, ACCOUNTS, Clock.fixed(Said.AT.plusSeconds(90), ZoneOffset.UTC));
        said.pause(ERP, word());
        said.limit(FIRST_SHOP, Optional.of(2.5), word());

        metrics.look();

        assertThat(registry.get("throughline.system.paused")
                        .tag("account", "tryton")
                        .gauge()
                        .value())
                .isEqualTo(90);
        assertThat(registry.get("throughline.system.paused")
                        .tag("account", "northwind")
                        .gauge()
                        .value())
                .isZero();
        assertThat(registry.get("throughline.system.limit")
                        .tag("account", "northwind")
                        .gauge()
                        .value())
                .isEqualTo(2.5);
    }

    private static SystemControls.Word word() {
        return new SystemControls.Word("ada", "for the test");
    }

    private static final class Configured implements Accounts {
        @Override
        public List<Account> all() {
            return ACCOUNTS;
        }

        @Override
        public Optional<Account> find(AccountId id) {
            return ACCOUNTS.stream().filter(account -> account.id().equals(id)).findFirst();
        }

        @Override
        public AccountId erpOf(AccountId account) {
            return ERP;
        }
    }

    /** What was said, in memory, all of it at one instant. */
    private static final class Said implements SystemControls {
        private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");

        private final Map<AccountId, Control> controls = new LinkedHashMap<>();
        private boolean away;

        @Override
        public List<Control> all() {
            if (away) {
                throw new IllegalStateException("the database is away");
            }
            return List.copyOf(controls.values());
        }

        @Override
        public Control pause(AccountId account, Word word) {
            return put(new Control(
                    account, Optional.of(new SystemControls.Said(word, AT)), Optional.empty(), Optional.empty()));
        }

        @Override
        public Control resume(AccountId account, Word word) {
            return put(new Control(account, Optional.empty(), Optional.empty(), Optional.of(AT)));
        }

        @Override
        public Control limit(AccountId account, Optional<Double> perSecond, Word word) {
            return put(new Control(
                    account,
                    Optional.empty(),
                    perSecond.map(rate -> new Limit(rate, new SystemControls.Said(word, AT))),
                    Optional.empty()));
        }

        private Control put(Control control) {
            controls.put(control.account(), control);
            return control;
        }

        @Override
        public List<Act> acts(AccountId account, int limit) {
            return List.of();
        }
    }
}
