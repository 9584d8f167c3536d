package io.throughline.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SystemHealth;
import io.throughline.domain.account.SystemHealth.Health;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SystemHealthTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId ERP = AccountId.of("erp");
    private static final AccountId SHOP = AccountId.of("shop");

    private final SystemHealth health = POSTGRES.database().systemHealth();
    private final EffectLedger effects = POSTGRES.database().effects();

    @Test
    void tellsWhatASystemDidAndWhatItHasNotDone() {
        Instant now = POSTGRES.clock().instant();
        effects.succeed(claimed("done"), token, Receipt.of("1"));
        effects.refuse(claimed("refused"), token, FailureCode.ERP_REJECTED, "no");
        effects.fail(claimed("failing"), token, FailureCode.SYSTEM_UNREACHABLE, "away", false);
        effects.fail(claimed("throttled"), token, FailureCode.RATE_LIMITED, "come later", false);
        effects.fail(claimed("unknown"), token, FailureCode.SYSTEM_UNREACHABLE, "silent", true);
        claimed("under way");
        POSTGRES.database().inbox().store(SHOP, "orders/paid", "e-1", "order/shop/1", "{}");
        POSTGRES.database().watermarks().advance(SHOP, "orders", now.plus(Duration.ofHours(1)));
        POSTGRES.database().watermarks().advance(SHOP, "refunds", now);

        List<Health> told = health.of(List.of(SHOP, ERP, AccountId.of("idle")));

        assertThat(told)
                .containsExactly(
                        new Health(SHOP, Optional.empty(), Optional.of(now), 0, 0, 0, 0, 0, 1, 0, Optional.of(now)),
                        new Health(ERP, Optional.of(now), Optional.empty(), 1, 2, 1, 1, 1, 0, 0, Optional.empty()),
                        new Health(
                                AccountId.of("idle"),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                Optional.empty()));
        assertThat(told.stream().map(Health::untroubled)).containsExactly(true, false, true);
    }

    private long token;

    private EffectKey claimed(String operation) {
        EffectKey key = effects.intend(ERP, "O-1", operation, "once");
        token = ((EffectLedger.Claim.Held) effects.claim(key, OutsideSystem.TRYTON, "{}", Duration.ofMinutes(1)))
                .token();
        return key;
    }
}
