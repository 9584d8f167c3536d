package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.local.Ports.Use;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PortsTest {
    @TempDir
    private Path directory;

    @Test
    void everyUseHasAPortOfItsOwnOutsideTheRangeOfOutgoingConnections() {
        try (Ports ports = Ports.claim(directory.resolve("ports"), false)) {
            assertThat(Arrays.stream(Use.values()).map(ports::port))
                    .doesNotHaveDuplicates()
                    .allMatch(port -> port >= 20_000 && port < 32_768);
        }
    }

    @Test
    void theSameAreChosenAgainAndTwoAtOnceDoNotShare() {
        int first;
        try (Ports ports = Ports.claim(directory.resolve("a"), false)) {
            first = ports.port(Use.API);
            try (Ports others = Ports.claim(directory.resolve("b"), false)) {
                assertThat(others.port(Use.API)).isNotEqualTo(first);
            }
        }
        try (Ports again = Ports.claim(directory.resolve("a"), false)) {
            assertThat(again.port(Use.API)).isEqualTo(first);
        }
    }

    @Test
    void aRememberedPortThatIsTakenIsReplaced() throws Exception {
        Path memory = directory.resolve("ports");
        int before;
        try (Ports ports = Ports.claim(memory, false)) {
            before = ports.port(Use.API);
        }
        try (ServerSocket taken = new ServerSocket(before, 1, InetAddress.getLoopbackAddress());
                Ports ports = Ports.claim(memory, false)) {
            assertThat(ports.port(Use.API)).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void aDamagedMemoryIsForgotten() throws Exception {
        Path memory = directory.resolve("ports");
        Files.writeString(memory, "block=many\nAPI=\n");
        try (Ports ports = Ports.claim(memory, false)) {
            assertThat(ports.port(Use.API)).isPositive();
        }
    }
}
