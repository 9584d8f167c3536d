package io.throughline.store.internal;

import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Counts the statements that are sent, failed ones too. A batch is one, for it is one message; what begins and ends a transaction is
 * not counted.
 */
public final class StatementCounter implements SqlLogger {
    private final LongAdder sent = new LongAdder();

    @Override
    public void logBeforeExecution(StatementContext context) {
        sent.increment();
    }

    public long sent() {
        return sent.sum();
    }
}
