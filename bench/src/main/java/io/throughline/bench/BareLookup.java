package io.throughline.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A process with a Jetty handler that runs the lookup's query by JDBC and writes its rows as JSON: no key, no policy, no framework.
 * Arguments: port, JDBC URL, user, password, pool size.
 */
public final class BareLookup {
    private static final String QUERY = """
            select sku, facility, on_hand, reserved, safety_stock, held, shortfall, damaged, in_transit
            from stock_balance where sku = any(cast(? as text[])) order by sku, facility
            """;

    private BareLookup() {}

    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[1]);
        config.setUsername(arguments[2]);
        config.setPassword(arguments[3]);
        config.setMaximumPoolSize(Integer.parseInt(arguments[4]));
        HikariDataSource pool = new HikariDataSource(config);
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        server.setHandler(new Lookup(pool));
        server.start();
        server.join();
    }

    private static final class Lookup extends Handler.Abstract {
        private final DataSource pool;

        Lookup(DataSource pool) {
            this.pool = pool;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Fields parameters = Request.extractQueryParameters(request);
            byte[] body = rows(parameters.getValue("sku")).getBytes(StandardCharsets.UTF_8);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
        }

        private String rows(String sku) throws SQLException {
            StringBuilder json = new StringBuilder(40_000).append('[');
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement(QUERY)) {
                statement.setArray(1, connection.createArrayOf("text", new Object[] {sku}));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        json.append(json.length() == 1 ? "" : ",");
                        append(json, rows);
                    }
                }
            }
            return json.append(']').toString();
        }

        private static void append(StringBuilder json, ResultSet row) throws SQLException {
            int available = row.getInt(3) - row.getInt(4) - row.getInt(5) - row.getInt(6) - row.getInt(8);
            json.append("{\"sku\":\"").append(row.getString(1));
            json.append("\",\"facility\":\"").append(row.getString(2));
            json.append("\",\"availableToPromise\":").append(Math.max(0, available));
            json.append(",\"onHand\":").append(row.getInt(3));
            json.append(",\"reserved\":").append(row.getInt(4));
            json.append(",\"safetyStock\":").append(row.getInt(5));
            json.append(",\"held\":").append(row.getInt(6));
            json.append(",\"shortfall\":").append(row.getInt(7));
            json.append(",\"damaged\":").append(row.getInt(8));
            json.append(",\"inTransit\":").append(row.getInt(9)).append('}');
        }
    }
}
