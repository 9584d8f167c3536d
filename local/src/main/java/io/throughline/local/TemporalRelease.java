package io.throughline.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** An official release archive of Temporal's command line, whose SHA-256 is known beforehand. */
record TemporalRelease(Download archive, String sha256) {
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration WHOLE = Duration.ofMinutes(10);
    private static final Map<String, String> SHA256_BY_PLATFORM = Map.of(
            "linux_amd64", "ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d",
            "linux_arm64", "bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5",
            "darwin_amd64", "bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9",
            "darwin_arm64", "cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415");

    static TemporalRelease forThisMachine(String version) throws IOException {
        String system =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String architecture = System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
        String platform = system + "_" + architecture;
        String sha256 = SHA256_BY_PLATFORM.get(platform);
        if (sha256 == null) {
            throw new IOException("no release is known for " + platform);
        }
        URI archive = URI.create("https://github.com/temporalio/cli/releases/download/v" + version + "/temporal_cli_"
                + version + "_" + platform + ".tar.gz");
        return new TemporalRelease(new Download(archive, SILENCE, WHOLE), sha256);
    }

    /** Writes the program of the archive to that path; nothing is written when the archive is not the expected one. */
    void fetch(Path program) throws IOException {
        byte[] content = archive.content();
        String actual = HexFormat.of().formatHex(newDigest().digest(content));
        if (!actual.equals(sha256)) {
            throw new IOException(
                    "the archive at " + archive.address() + " has checksum " + actual + " instead of " + sha256);
        }
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GzipCompressorInputStream(new ByteArrayInputStream(content)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("temporal")) {
                    Path draft = Files.createTempFile(program.getParent(), "temporal", ".new");
                    Files.copy(tar, draft, StandardCopyOption.REPLACE_EXISTING);
                    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
                    Files.move(draft, program, StandardCopyOption.REPLACE_EXISTING);
                    return;
                }
            }
        }
        throw new IOException("the archive at " + archive.address() + " holds no program named temporal");
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
