package io.throughline.activities.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingErp;
import io.throughline.activities.TestingVendor;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.notification.CustomerNotifier;
import io.throughline.domain.notification.Notification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutsideWorldTest {
    private final SampleAccounts accounts = new SampleAccounts();
    private final OutsideWorld world = new OutsideWorld(
            accounts,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(OutsideSystem.SHOPIFY, account -> List.of("orders/create")),
            Map.of(),
            new TestingErp(new TestingVendor()),
            new Silence());

    @Test
    void aLiveAccountsSubscriptionsAreMended() {
        assertThat(world.subscriptions(SampleAccounts.SHOP)).isPresent();
        assertThat(world.subscriptions(SampleAccounts.POS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIVE")
    void whereNothingIsSentNoSubscriptionIsMadeEither(EffectMode mode) {
        accounts.mode(SampleAccounts.SHOP, mode);

        assertThat(world.subscriptions(SampleAccounts.SHOP)).isEmpty();
        assertThat(world.subscriptions(SampleAccounts.SHOP_JP)).isPresent();
    }

    private static final class Silence implements CustomerNotifier {
        @Override
        public Optional<Receipt> findSent(Notification notification) {
            return Optional.empty();
        }

        @Override
        public Reply send(Notification notification, String vendorKey) {
            return Reply.done("nobody");
        }
    }
}
