package io.throughline.worker.inbox;

import io.throughline.activities.returns.ReturnsAtChannel;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.returns.ChannelReturnId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * News of returns at channels. Until one has become ours no process stands for it, so it is read where its message is handled, and not more than so many at a
 * time: a slow shop leaves room for the other messages.
 */
public final class ChannelReturnDesk implements InboxDesk {
    private static final Duration BUSY_DELAY = Duration.ofMillis(200);

    private final Accounts accounts;
    private final ReturnsAtChannel returns;
    private final Readers readers;

    public ChannelReturnDesk(Accounts accounts, ReturnsAtChannel returns, int readers) {
        this.accounts = accounts;
        this.returns = returns;
        this.readers = new Readers(readers, BUSY_DELAY, "other returns are just being read");
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        return ChannelReturnId.about(messages.getFirst().subject()).map(this::heard);
    }

    private Handling heard(ChannelReturnId id) {
        if (accounts.isOff(id.account())) {
            return new Handling.Done();
        }
        return readers.read(() -> {
            returns.takeIn(id);
            return new Handling.Done();
        });
    }

    @Override
    public boolean resolve(Case decided) {
        return returns.resolve(decided);
    }
}
