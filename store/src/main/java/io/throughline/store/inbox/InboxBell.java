package io.throughline.store.inbox;

import io.throughline.store.internal.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes dispatchers, here and in other processes. NOTIFY serialises the commits of all transactions that use it, so it is not part of
 * storing a message: one thread sends it afterwards, once for all that was stored meanwhile. A lost ring costs the wait of a
 * dispatcher, never a message.
 */
public final class InboxBell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InboxBell.class);
    private static final String CHANNEL = "throughline_inbox";
    private static final Duration LISTEN = Duration.ofSeconds(5);
    private static final Duration RECONNECT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_RINGS = Duration.ofMillis(5);

    private final Transactions transactions;
    private final Connector connector;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long rung;
    private long sent;
    private boolean closed;
    private @Nullable Thread sender;
    private @Nullable Thread listener;

    /** Opens a connection that belongs to nobody else. */
    public interface Connector {
        Connection connect() throws SQLException;
    }

    public InboxBell(Transactions transactions, Connector connector) {
        this.transactions = transactions;
        this.connector = connector;
    }

    /** Something was stored and committed. Returns at once. */
    public void ring() {
        lock.lock();
        try {
            rung++;
            if (sender == null) {
                sender = Thread.ofVirtual().name("inbox-bell").start(this::send);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often it has rung here: to be asked before looking for messages, and given to {@link #await}. */
    public long count() {
        lock.lock();
        try {
            if (listener == null) {
                listener = Thread.ofVirtual().name("inbox-listener").start(this::listen);
            }
            return rung;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it rings again or the time has passed. */
    public void await(long since, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (rung == since && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            if (listener != null) {
                listener.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void send() {
        try {
            while (nextRing()) {
                try {
                    transactions.with(handle -> handle.select("select pg_notify(?, '')", CHANNEL)
                            .mapTo(String.class)
                            .one());
                } catch (RuntimeException failed) {
                    LOG.warn("other processes were not told of news in the inbox: {}", failed.toString());
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_RINGS.toMillis());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean nextRing() throws InterruptedException {
        lock.lock();
        try {
            while (sent == rung && !closed) {
                changed.await();
            }
            sent = rung;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void listen() {
        while (!isClosed()) {
            try (Connection connection = connector.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                PGConnection notified = connection.unwrap(PGConnection.class);
                heard();
                while (!isClosed()) {
                    if (notified.getNotifications((int) LISTEN.toMillis()).length > 0) {
                        heard();
                    }
                }
            } catch (SQLException broken) {
                if (!isClosed()) {
                    LOG.warn("not listening for news in the inbox, dispatchers poll: {}", broken.toString());
                    pause();
                }
            }
        }
    }

    /** News from a process, perhaps this one, that has sent them already. */
    private void heard() {
        lock.lock();
        try {
            boolean nothingToSend = sent == rung;
            rung++;
            sent = nothingToSend ? rung : sent;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        try {
            await(count(), RECONNECT);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed || Thread.currentThread().isInterrupted();
        } finally {
            lock.unlock();
        }
    }
}
