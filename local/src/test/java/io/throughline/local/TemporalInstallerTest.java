package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporalInstallerTest {
    @TempDir
    private Path directory;

    private Path cache;
    private Path path;
    private final RecordedProgress progress = new RecordedProgress();

    @BeforeEach
    void directories() throws IOException {
        cache = Files.createDirectories(directory.resolve("cache"));
        path = Files.createDirectories(directory.resolve("path"));
    }

    @Test
    void theProgramOnThePathComesFirst() throws IOException {
        program(cached(), "exit 0");
        program(path.resolve("temporal"), "exit 0");

        assertThat(find())
                .isEqualTo(new TemporalProgram.DevelopmentServer(
                        path.resolve("temporal"), path.resolve("temporal").toString()));
    }

    @Test
    void aProgramThatDoesNotRunIsPassedOver() throws IOException {
        program(path.resolve("temporal"), "exit 1");
        program(cached(), "exit 0");

        assertThat(find()).isEqualTo(new TemporalProgram.DevelopmentServer(cached(), "1.5.1, cached"));
    }

    @Test
    void goBuildsThePinnedVersionIntoTheCacheOnce() throws IOException {
        program(path.resolve("go"), """
                echo "$@" >> "%s"
                printf '#!/bin/sh\\nexit 0\\n' > "$GOBIN/temporal"
                chmod +x "$GOBIN/temporal"
                """.formatted(directory.resolve("go-calls")));

        assertThat(find()).isEqualTo(new TemporalProgram.DevelopmentServer(cached(), "1.5.1, built with Go"));
        assertThat(find()).isEqualTo(new TemporalProgram.DevelopmentServer(cached(), "1.5.1, cached"));

        assertThat(Files.readString(directory.resolve("go-calls")))
                .isEqualTo("install github.com/temporalio/cli/cmd/temporal@v1.5.1\n");
        assertThat(progress.lines()).anyMatch(line -> line.contains("about four minutes"));
    }

    @Test
    void anArchiveWithTheExpectedChecksumIsUnpacked() throws Exception {
        byte[] archive = archive("#!/bin/sh\nexit 0\n");
        HttpServer server = serve(archive);
        try {
            Path program = cache.resolve("temporal");
            new TemporalRelease(address(server), sha256(archive)).fetch(program);

            assertThat(Command.of(program.toString()).run().succeeded()).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anArchiveWithAnotherChecksumIsRefusedAndNothingIsWritten() throws Exception {
        HttpServer server = serve(archive("#!/bin/sh\nexit 0\n"));
        try {
            Path program = cache.resolve("temporal");
            TemporalRelease release = new TemporalRelease(address(server), "0".repeat(64));

            assertThatThrownBy(() -> release.fetch(program))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("instead of 0000");
            assertThat(program).doesNotExist();
        } finally {
            server.stop(0);
        }
    }

    private TemporalProgram find() {
        return new TemporalInstaller(cache, new SearchPath(path.toString()), progress).find();
    }

    private Path cached() {
        return cache.resolve("bin/temporal-1.5.1");
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static byte[] archive(String program) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            byte[] content = program.getBytes(StandardCharsets.UTF_8);
            for (String name : new String[] {"LICENSE", "temporal"}) {
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static HttpServer serve(byte[] content) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/temporal.tar.gz");
    }
}
