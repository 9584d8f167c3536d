package io.throughline.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs are looked for: the directories of {@code PATH}, and for Go also where its installer puts it. */
record SearchPath(String directories, Path installedGo) {
    private static final Path INSTALLED_GO = Path.of("/usr/local/go/bin/go");

    SearchPath(String directories) {
        this(directories, INSTALLED_GO);
    }

    static SearchPath ofThisProcess() {
        return new SearchPath(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    Optional<Path> find(String program) {
        return Stream.of(directories.split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory).resolve(program))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }

    /** Go is often installed without being on the path. */
    Optional<Path> go() {
        return find("go").or(() -> Optional.of(installedGo).filter(Files::isExecutable));
    }
}
