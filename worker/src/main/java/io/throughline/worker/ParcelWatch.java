package io.throughline.worker;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.returns.ReturnParcels;
import io.throughline.worker.inbox.ParcelDesk;
import io.throughline.worker.inbox.ParcelTracking;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Sees to it that carriers tell where parcels are, and asks them about those of which nothing was heard for long, so that no lost webhook
 * keeps a parcel from being delivered. Every worker does so; they share the work.
 */
final class ParcelWatch extends RepeatedWork {
    private static final int MOST_AT_ONCE = 50;

    private final Accounts accounts;
    private final Carrier carrier;
    private final Parcels parcels;
    private final ReturnParcels returnParcels;
    private final Inbox inbox;
    private final ParcelTracking tracking;
    private final URI webhook;
    private final Duration askAfter;
    private final Duration deliveredAfter;
    private final Clock clock;

    ParcelWatch(
            Accounts accounts,
            Carrier carrier,
            Parcels parcels,
            ReturnParcels returnParcels,
            Inbox inbox,
            ParcelTracking tracking,
            URI webhook,
            Duration askAfter,
            Duration deliveredAfter,
            Clock clock,
            Duration every) {
        super("parcel-watch", every);
        this.accounts = accounts;
        this.carrier = carrier;
        this.parcels = parcels;
        this.returnParcels = returnParcels;
        this.inbox = inbox;
        this.tracking = tracking;
        this.webhook = webhook;
        this.askAfter = askAfter;
        this.deliveredAfter = deliveredAfter;
        this.clock = clock;
    }

    @Override
    void work() {
        tracking.carrierNames().forEach((id, name) -> {
            Account account = accounts.get(id);
            if (!account.isOff()) {
                attempt(
                        id + " can't be asked where parcels are",
                        () -> ask(id, before -> parcels.unheardOf(name, before, 1)));
                attempt(
                        id + " can't be asked where parcels of returns are",
                        () -> ask(id, before -> returnParcels.unheardOf(name, before, 1)));
            }
            if (account.isLive()) {
                attempt(id + " can't be told where to tell", () -> carrier.tellAt(id, webhook));
            }
        });
        attempt(
                "what nobody has heard of can't be taken as delivered",
                () -> parcels.takeAsDelivered(clock.instant().minus(deliveredAfter), MOST_AT_ONCE));
    }

    /** One by one: those behind a question that fails are asked about in the next turn, and not after another {@code askAfter}. */
    private void ask(AccountId account, Function<Instant, List<String>> unheardOf) {
        Instant unheardSince = clock.instant().minus(askAfter);
        for (int asked = 0; asked < MOST_AT_ONCE; asked++) {
            List<String> next = unheardOf.apply(unheardSince);
            if (next.isEmpty()) {
                return;
            }
            String number = next.getFirst();
            carrier.track(account, number).ifPresent(news -> store(account, number, news));
        }
    }

    /** What is made of it may fail when its status is written already, and is never asked about again: so it waits where webhooks do. */
    private void store(AccountId account, String number, TrackingNews news) {
        inbox.store(
                account,
                ParcelDesk.TOPIC,
                "asked/" + number + "/" + news.status() + "/" + news.at(),
                ParcelDesk.subject(account, number),
                ParcelDesk.body(news));
    }
}
