package io.throughline.worker;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.worker.inbox.ParcelTracking;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Sees to it that carriers tell where parcels are, and asks them about those of which nothing was heard for long, so that no lost webhook
 * keeps a parcel from being delivered. Every worker does so; they share the work.
 */
final class ParcelWatch extends RepeatedWork {
    private static final int MOST_AT_ONCE = 50;

    private final Accounts accounts;
    private final Carrier carrier;
    private final Parcels parcels;
    private final ParcelTracking tracking;
    private final URI webhook;
    private final Duration askAfter;
    private final Clock clock;

    ParcelWatch(
            Accounts accounts,
            Carrier carrier,
            Parcels parcels,
            ParcelTracking tracking,
            URI webhook,
            Duration askAfter,
            Clock clock,
            Duration every) {
        super("parcel-watch", every);
        this.accounts = accounts;
        this.carrier = carrier;
        this.parcels = parcels;
        this.tracking = tracking;
        this.webhook = webhook;
        this.askAfter = askAfter;
        this.clock = clock;
    }

    @Override
    void work() {
        tracking.carrierNames().forEach((id, name) -> {
            Account account = accounts.get(id);
            if (!account.isOff()) {
                attempt(id + " can't be asked where parcels are", () -> ask(id, name));
            }
            if (account.isLive()) {
                attempt(id + " can't be told where to tell", () -> carrier.tellAt(id, webhook));
            }
        });
    }

    private void ask(AccountId account, String name) {
        List<String> numbers = parcels.unheardOf(name, clock.instant().minus(askAfter), MOST_AT_ONCE);
        for (String number : numbers) {
            carrier.track(account, number).ifPresent(news -> tracking.hear(account, number, news));
        }
    }
}
