package io.throughline.store;

/** How to reach PostgreSQL. At least two connections, since a message is handled while its subject is locked on another one. */
public record DatabaseConfig(String jdbcUrl, String user, String password, int poolSize) {
    public DatabaseConfig {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the database's address must begin with jdbc:postgresql:");
        }
        if (poolSize < 2 || poolSize > 500) {
            throw new IllegalArgumentException("the pool must have 2 to 500 connections, not " + poolSize);
        }
    }

    @Override
    public String toString() {
        return "DatabaseConfig[" + jdbcUrl.replaceAll("\\?.*", "") + ", user " + user + ", pool of " + poolSize + "]";
    }
}
