package io.throughline.store;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import java.util.Properties;

/** How connections are made and kept: how long anything may take, on our side and on PostgreSQL's. */
final class ConnectionSettings {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration REPLY = Duration.ofSeconds(30);

    private ConnectionSettings() {}

    static HikariConfig pool(DatabaseConfig config) {
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("throughline");
        hikari.setJdbcUrl(config.jdbcUrl());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.poolSize());
        hikari.setMinimumIdle(Math.min(2, config.poolSize()));
        hikari.setConnectionTimeout(CONNECT.toMillis());
        hikari.setValidationTimeout(Duration.ofSeconds(2).toMillis());
        hikari.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        hikari.setDataSourceProperties(properties());
        return hikari;
    }

    /** Of the one connection, outside the pool, that waits for notifications. */
    static Properties listening(DatabaseConfig config) {
        Properties properties = properties();
        properties.setProperty("user", config.user());
        properties.setProperty("password", config.password());
        return properties;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "throughline");
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(REPLY.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        // The detail of a refused row is the row.
        properties.setProperty("logServerErrorDetail", "false");
        // A worker that was frozen while it held a subject lets it go; its message is handled again by somebody awake.
        properties.setProperty(
                "options", "-c lock_timeout=10s -c statement_timeout=25s -c idle_in_transaction_session_timeout=60s");
        return properties;
    }
}
