package io.throughline.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the JVM learned of a program's classes at an earlier start, kept in a file (an ahead-of-time cache, JEP 514): with it a start
 * costs half. It holds for one JDK and for the same jars; the first of those that may learn leaves it behind when it ends in order.
 * Only jars can be cached, so that a program from a folder of classes has none.
 */
final class ClassCache {
    private final Path file;
    private final Path lesson;
    private final String classPath;
    private final boolean mayLearn;
    private boolean learning;

    private ClassCache(Path file, String classPath, boolean mayLearn) {
        this.file = file;
        this.lesson = file.resolveSibling(file.getFileName() + ".new");
        this.classPath = classPath;
        this.mayLearn = mayLearn;
    }

    /** Empty for a program that is not in a jar. */
    static Optional<ClassCache> of(Path directory, String mainClass, String wholeClassPath) {
        if (!isInJar(mainClass)) {
            return Optional.empty();
        }
        String jars = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(wholeClassPath)
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(mainClass + "-" + fingerprint(jars) + ".aot");
            return Optional.of(new ClassCache(file, jars, true));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static boolean isInJar(String mainClass) {
        URL where = ClassCache.class.getResource("/" + mainClass.replace('.', '/') + ".class");
        return where != null && where.getProtocol().equals("jar");
    }

    /** The JVM refuses a cache that was made of other jars; a name of its own lets it be made anew. */
    private static String fingerprint(String jars) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.vm.version", ""));
        for (String jar : jars.split(Pattern.quote(File.pathSeparator), -1)) {
            BasicFileAttributes attributes = Files.readAttributes(Path.of(jar), BasicFileAttributes.class);
            text.append('\n').append(jar).append(' ').append(attributes.size()).append(' ');
            text.append(attributes.lastModifiedTime().toMillis());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same for a process that uses a cache and leaves none behind. */
    ClassCache unchanged() {
        return new ClassCache(file, classPath, false);
    }

    /** There once a stack has been started for the caches of these jars, whatever came of it. */
    Path lessonHeld() {
        return file.resolveSibling(file.getFileName() + ".lesson");
    }

    /** What the cache was made of, and so what the program must be started with. */
    String classPath() {
        return classPath;
    }

    /** For the JVM that is about to be started; one at a time is asked to leave a cache behind. */
    synchronized List<String> options() {
        if (Files.exists(file)) {
            return List.of("-XX:AOTCache=" + file);
        }
        if (!mayLearn) {
            return List.of();
        }
        try {
            Files.createFile(lesson);
            learning = true;
            return List.of("-XX:AOTCacheOutput=" + lesson + ".aot");
        } catch (FileAlreadyExistsException another) {
            return List.of();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Whether the process that was started with the last {@link #options()} writes a cache when it ends, which takes seconds. */
    synchronized boolean learning() {
        return learning;
    }

    /** To be told once that process has ended, well or not. */
    synchronized void ended() {
        if (!learning) {
            return;
        }
        learning = false;
        try {
            Path made = Path.of(lesson + ".aot");
            if (Files.exists(made)) {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(lesson);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
