package io.throughline.api.access;

import io.throughline.domain.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The key of whoever runs Throughline on their own machine: made once, with every role, and kept in a file that only its owner can
 * read. A file whose key is not known (because the database is new) gets a new key.
 */
public final class LocalKey {
    /** Names the file. Not set: there is no local key. */
    public static final String FILE_VARIABLE = "THROUGHLINE_LOCAL_KEY_FILE";

    private LocalKey() {}

    /** The file that the environment asks for, if it does. */
    public static Optional<Path> file(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(FILE_VARIABLE))
                .filter(name -> !name.isBlank())
                .map(Path::of);
    }

    /** Makes sure that {@code file} holds a key that is let in. */
    public static void ensure(KeyRing keys, Path file) {
        try {
            if (present(file).flatMap(keys::callerOf).isEmpty()) {
                write(file, keys.make("local", EnumSet.allOf(Role.class), Optional.empty()));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(FILE_VARIABLE + " names " + file + ", which can't be written", unwritable);
        }
    }

    private static Optional<String> present(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private static void write(Path file, ApiKeyToken key) throws IOException {
        Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
        Files.createDirectories(directory);
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        Path draft = views.contains("posix")
                ? Files.createTempFile(
                        directory,
                        "key",
                        "",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(directory, "key", "");
        Files.writeString(draft, key.reveal() + "\n");
        Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
