package io.throughline.worker.inbox;

import io.throughline.activities.returns.ReturnsAtChannel;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.returns.ChannelReturnId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * News of returns at channels. Until one has become ours no process stands for it, so it is read where its message is handled, and not more than so many at a
 * time: a slow shop leaves room for the other messages.
 */
public final class ChannelReturnDesk implements InboxDesk {
    private static final Duration BUSY_DELAY = Duration.ofMillis(200);

    private final Accounts accounts;
    private final ReturnsAtChannel returns;
    private final Semaphore readers;

    public ChannelReturnDesk(Accounts accounts, ReturnsAtChannel returns, int readers) {
        this.accounts = accounts;
        this.returns = returns;
        this.readers = new Semaphore(readers);
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        return ChannelReturnId.about(messages.getFirst().subject()).map(this::heard);
    }

    private Handling heard(ChannelReturnId id) {
        if (accounts.isOff(id.account())) {
            return new Handling.Done();
        }
        if (!readers.tryAcquire()) {
            return new Handling.Later(BUSY_DELAY, "other returns are just being read");
        }
        try {
            returns.takeIn(id);
            return new Handling.Done();
        } catch (SystemFailure failure) {
            return failure.retryAfter()
                    .<Handling>map(
                            time -> new Handling.Later(time, failure.code().name()))
                    .orElseThrow(() -> failure);
        } finally {
            readers.release();
        }
    }

    @Override
    public boolean resolve(Case decided) {
        return returns.resolve(decided);
    }
}
