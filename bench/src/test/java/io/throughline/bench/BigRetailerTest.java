package io.throughline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.runtime.retailer.Retailer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Else a bench breaks unseen when the configuration changes. */
final class BigRetailerTest {
    @Test
    void isAConfigurationThatTheServersTake(@TempDir Path directory) throws IOException {
        Retailer retailer = Retailer.load(BigRetailer.write(Path.of("..").toAbsolutePath(), directory), Map.of());

        assertThat(retailer.facilities().all()).hasSize(BigRetailer.STORES);
    }
}
