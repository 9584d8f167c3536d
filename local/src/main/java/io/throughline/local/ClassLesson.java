package io.throughline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Makes the class caches for whoever starts many stacks: one stack is started and ended in order for it, and the JVMs of all that come after
 * start in half the time. It has a stack of its own, for one that is kept busy for long would keep all others waiting for what it has learned.
 */
public final class ClassLesson {
    private ClassLesson() {}

    /**
     * Once for a set of jars, and never for classes in folders, which cannot be cached. Who comes meanwhile, from whatever process, waits; and
     * a lesson that left nothing behind is not held again.
     *
     * @param options with class caches, and with a directory for the stack, which is deleted again
     */
    public static void hold(StackOptions options, Progress progress) {
        Path caches = options.classCaches().orElseThrow(() -> new IllegalArgumentException("no class caches"));
        Optional<Path> held = ClassCache.of(caches, options.mainClass(StackPart.WORKER), JavaProcess.ownClassPath())
                .map(ClassCache::lessonHeld);
        if (held.isEmpty()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        caches.resolve("lesson.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            if (alone.isValid() && !Files.exists(held.get())) {
                Files.createFile(held.get());
                Stack.startLearning(options, progress).close();
                Directories.delete(options.directory());
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
