package io.throughline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.runtime.retailer.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DatabaseSettingsTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:5432/throughline";

    @Test
    void hasDefaults() {
        assertThat(DatabaseSettings.from(Map.of("THROUGHLINE_DATABASE_URL", URL, "THROUGHLINE_DATABASE_USER", "me")))
                .isEqualTo(new DatabaseSettings(URL, "me", "", 10));
    }

    @Test
    void readsEverything() {
        DatabaseSettings settings = DatabaseSettings.from(Map.of(
                "THROUGHLINE_DATABASE_URL", URL,
                "THROUGHLINE_DATABASE_USER", "me",
                "THROUGHLINE_DATABASE_PASSWORD", "hidden",
                "THROUGHLINE_DATABASE_POOL_SIZE", "25"));

        assertThat(settings).isEqualTo(new DatabaseSettings(URL, "me", "hidden", 25));
        assertThat(settings.toString()).isEqualTo(URL + " as me");
    }

    @Test
    void saysWhatIsMissingOrWrong() {
        refused(Map.of("THROUGHLINE_DATABASE_USER", "me"), "THROUGHLINE_DATABASE_URL is not set");
        refused(Map.of("THROUGHLINE_DATABASE_URL", URL), "THROUGHLINE_DATABASE_USER is not set");
        refused(
                Map.of("THROUGHLINE_DATABASE_URL", "postgres://x", "THROUGHLINE_DATABASE_USER", "me"),
                "must look like jdbc:postgresql://host:port/database");
        refused(withPool("many"), "must be a whole number: 'many'");
        refused(withPool("1"), "must be 2 to 200: 1");
    }

    private static Map<String, String> withPool(String size) {
        return Map.of(
                "THROUGHLINE_DATABASE_URL", URL,
                "THROUGHLINE_DATABASE_USER", "me",
                "THROUGHLINE_DATABASE_POOL_SIZE", size);
    }

    private static void refused(Map<String, String> environment, String problem) {
        assertThatThrownBy(() -> DatabaseSettings.from(environment))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(problem);
    }
}
