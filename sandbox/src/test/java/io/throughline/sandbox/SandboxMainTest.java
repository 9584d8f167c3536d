package io.throughline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.sandbox.core.SandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxMainTest {

    @Test
    void theEnvironmentConfiguresAndArgumentsOutdoIt() {
        SandboxConfig config = SandboxMain.config(
                Map.of(
                        "SANDBOX_SHOPIFY_PORT", "7301",
                        "SANDBOX_CONTROL_PORT", "7300",
                        "SANDBOX_DATA", "/tmp/a b/sandbox.db",
                        "SANDBOX_WEBHOOK_RETRY_BASE_MILLIS", "20",
                        "SANDBOX_SHOPIFY_BUCKET", "500",
                        "PATH", "ignored"),
                "shopify.port=7302",
                "host=0.0.0.0");

        assertThat(config.ports()).isEqualTo(Map.of("shopify", 7302, "control", 7300));
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.dataFile()).contains(Path.of("/tmp/a b/sandbox.db"));
        assertThat(config.webhookRetryBase()).isEqualTo(Duration.ofMillis(20));
        assertThat(config.setting("shopify.bucket", 2_000L)).isEqualTo(500);
    }

    @Test
    void anArgumentWithoutAValueIsRefused() {
        assertThatThrownBy(() -> SandboxMain.config(Map.of(), "nonsense")).hasMessageContaining("nonsense");
    }
}
