package io.throughline.local;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs from the class path, unpacked once into a cache under a name made of the archive's hash. */
record PostgresBinaries(Path home) {
    private static final int HASH_LETTERS = 12;
    private static final int OWNER_EXECUTE = 0100;

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    static PostgresBinaries unpacked(Path cache) {
        byte[] archive = archive();
        Path home = cache.resolve("postgresql-" + hash(archive));
        if (!Files.isDirectory(home)) {
            unpack(archive, home);
        }
        return new PostgresBinaries(home);
    }

    static String archiveName() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String family = system.contains("mac") ? "darwin" : "linux";
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        return "/postgres-" + family + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    private static byte[] archive() {
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream(archiveName())) {
            if (resource == null) {
                throw new StackException("There is no embedded PostgreSQL for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + " on the class path (" + archiveName() + ").");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest).substring(0, HASH_LETTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unpacks beside the final place and renames, so that an interrupted or a second unpacking is never seen half done. */
    private static void unpack(byte[] archive, Path home) {
        try {
            Path draft = Files.createTempDirectory(home.getParent(), "postgresql-unpacking");
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
            extract(archive, draft);
            try {
                Files.move(draft, home);
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
                Directories.delete(draft);
            }
        } catch (IOException e) {
            throw new StackException("Cannot unpack PostgreSQL into " + home + ": " + e.getMessage(), e);
        }
    }

    private static void extract(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("unexpected path in the archive: " + entry.getName());
                }
                write(tar, entry, path);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if ((entry.getMode() & OWNER_EXECUTE) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(path, permissions);
    }
}
