package io.throughline.api.http;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Makes each connector remember request headers exactly as they were sent. By default the server takes a header that differs from
 * an earlier one of its connection in case alone for that earlier one, which would let a key through whose secret is in the wrong case.
 */
public final class ExactHeaders implements LifeCycle.Listener {
    @Override
    public void lifeCycleStarting(LifeCycle starting) {
        if (starting instanceof Server server) {
            // Wrapped for their metrics, the factories are not among the connectors' own.
            server.getContainedBeans(HttpConfiguration.ConnectionFactory.class)
                    .forEach(http -> http.getHttpConfiguration().setHeaderCacheCaseSensitive(true));
        }
    }
}
