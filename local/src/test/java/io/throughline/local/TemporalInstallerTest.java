package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
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
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
            release(server, sha256(archive)).fetch(program);

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
            TemporalRelease release = release(server, "0".repeat(64));

            assertThatThrownBy(() -> release.fetch(program))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("instead of 0000");
            assertThat(program).doesNotExist();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whereNothingCanBeHadTheInMemoryServerStandsIn() throws IOException {
        HttpServer server = serve(new byte[0]);
        server.stop(0);

        assertThat(findWithoutGo(release(server, "0".repeat(64)))).isEqualTo(TemporalInstaller.inMemory());
        assertThat(progress.lines())
                .containsExactly(
                        "fetching the official release of Temporal 1.5.1",
                        "the official release could not be fetched (no connection to 127.0.0.1)");
        assertThat(cached()).doesNotExist();
    }

    @Test
    @Timeout(30)
    void aDownloadThatStallsIsGivenUpForTheNextWay() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = serve(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            awaitEnd(over);
            exchange.close();
        });
        try {
            assertThat(findWithoutGo(release(server, "0".repeat(64)))).isEqualTo(TemporalInstaller.inMemory());
        } finally {
            over.countDown();
            server.stop(0);
        }
        assertThat(progress.lines().getLast())
                .isEqualTo("the official release could not be fetched (127.0.0.1 has sent nothing more for 300 ms)");
        assertThat(cached()).doesNotExist();
    }

    @Test
    @Timeout(30)
    void aDownloadThatOnlyTricklesIsGivenUpToo() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = serve(exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000_000);
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
            }
        });
        Download endless = new Download(address(server), Duration.ofMinutes(1), Duration.ofMillis(300));
        try {
            assertThatThrownBy(endless::content).isInstanceOf(IOException.class).hasMessageContaining("needs longer");
        } finally {
            over.countDown();
            server.stop(0);
        }
    }

    private TemporalProgram findWithoutGo(TemporalRelease release) {
        return new TemporalInstaller(
                        cache, new SearchPath(path.toString(), path.resolve("go")), progress, version -> release)
                .find();
    }

    private static void awaitEnd(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
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

    private static TemporalRelease release(HttpServer server, String sha256) {
        return new TemporalRelease(
                new Download(address(server), Duration.ofMillis(300), Duration.ofMinutes(1)), sha256);
    }

    private static HttpServer serve(byte[] content) throws IOException {
        return serve(exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    private static HttpServer serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/temporal.tar.gz");
    }
}
