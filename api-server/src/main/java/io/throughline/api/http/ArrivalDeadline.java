package io.throughline.api.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Hangs up on whoever takes too long to say what it wants. A connection on which now and then a byte of a header arrives is never idle,
 * so that the server's idle timeout alone would let it be held for hours.
 */
public final class ArrivalDeadline implements LifeCycle.Listener {
    private final Duration patience;

    public ArrivalDeadline(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server server) {
            for (Connector connector : server.getConnectors()) {
                connector.addBean(new Connection.Listener() {
                    @Override
                    public void onOpened(Connection connection) {
                        watch(connector, connection, 0);
                    }
                });
            }
        }
    }

    /** A message counts as heard when its headers are complete. Whoever waits for our answer is not late. */
    private void watch(Connector connector, Connection connection, long heardBefore) {
        connector
                .getScheduler()
                .schedule(
                        () -> {
                            long heard = connection.getMessagesIn();
                            boolean answered = heard <= connection.getMessagesOut();
                            if (heard == heardBefore && answered) {
                                connection.getEndPoint().close();
                            } else if (connection.getEndPoint().isOpen()) {
                                watch(connector, connection, heard);
                            }
                        },
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }
}
