package io.throughline.runtime;

import io.throughline.runtime.retailer.ConfigurationException;
import io.throughline.store.DatabaseConfig;
import java.util.Map;
import java.util.Optional;

/** Where PostgreSQL is; {@code toString} does not show the password. */
public record DatabaseSettings(String url, String user, String password, int poolSize) {
    private static final int USUAL_POOL_SIZE = 10;
    private static final int SMALLEST_POOL_SIZE = 2;
    private static final int LARGEST_POOL_SIZE = 200;

    public DatabaseSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new ConfigurationException(
                    "THROUGHLINE_DATABASE_URL must look like jdbc:postgresql://host:port/database: '" + url + "'");
        }
        if (poolSize < SMALLEST_POOL_SIZE || poolSize > LARGEST_POOL_SIZE) {
            throw new ConfigurationException("THROUGHLINE_DATABASE_POOL_SIZE must be " + SMALLEST_POOL_SIZE + " to "
                    + LARGEST_POOL_SIZE + ": " + poolSize);
        }
    }

    /** From {@code THROUGHLINE_DATABASE_URL}, {@code _USER}, {@code _PASSWORD} and, if it shall not be 10, {@code _POOL_SIZE}. */
    public static DatabaseSettings from(Map<String, String> environment) {
        return new DatabaseSettings(
                required(environment, "THROUGHLINE_DATABASE_URL"),
                required(environment, "THROUGHLINE_DATABASE_USER"),
                environment.getOrDefault("THROUGHLINE_DATABASE_PASSWORD", ""),
                optional(environment, "THROUGHLINE_DATABASE_POOL_SIZE")
                        .map(DatabaseSettings::wholeNumber)
                        .orElse(USUAL_POOL_SIZE));
    }

    public DatabaseConfig toConfig() {
        return new DatabaseConfig(url, user, password, poolSize);
    }

    private static String required(Map<String, String> environment, String name) {
        return optional(environment, name)
                .orElseThrow(() -> new ConfigurationException("The environment variable " + name
                        + " is not set: './throughline up' sets it; elsewhere, point it to " + "your PostgreSQL"));
    }

    private static Optional<String> optional(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            throw new ConfigurationException("THROUGHLINE_DATABASE_POOL_SIZE must be a whole number: '" + text + "'");
        }
    }

    @Override
    public String toString() {
        return url + " as " + user;
    }
}
