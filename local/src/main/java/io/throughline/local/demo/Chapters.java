package io.throughline.local.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Plays beside each other what disturbs nothing of the others, and tells of it one after the other. */
final class Chapters {
    private Chapters() {}

    /** False if something was not as it should be, which it has told. */
    @FunctionalInterface
    interface Chapter {
        boolean play() throws InterruptedException;
    }

    /** True only if all were as they should be. */
    static boolean play(PrintStream out, List<Function<PrintStream, Chapter>> chapters) throws InterruptedException {
        List<ByteArrayOutputStream> told = new ArrayList<>();
        List<Callable<Boolean>> scripts = new ArrayList<>();
        for (Function<PrintStream, Chapter> chapter : chapters) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            told.add(text);
            Chapter played = chapter.apply(new PrintStream(text, true, StandardCharsets.UTF_8));
            scripts.add(played::play);
        }
        boolean right = true;
        List<Ended<Boolean>> ended = beside(scripts);
        for (int i = 0; i < ended.size(); i++) {
            out.print(told.get(i).toString(StandardCharsets.UTF_8));
            right &= ended.get(i).failure().isEmpty() && ended.get(i).result().orElse(false);
            ended.get(i).failure().ifPresent(wrong -> out.println("  NO  " + wrong));
        }
        return right;
    }

    /** The lines of one chapter, each of which tells what it has seen, or fails. */
    static boolean tell(PrintStream out, List<Callable<String>> lines) throws InterruptedException {
        boolean right = true;
        for (Ended<String> line : beside(lines)) {
            out.println(line.result()
                    .map(text -> "  ok  " + text)
                    .orElseGet(() -> "  NO  " + line.failure().orElse("")));
            right &= line.failure().isEmpty();
        }
        return right;
    }

    /** How a script ended: with what it gave, or with what was not as it should be. */
    private record Ended<T>(Optional<T> result, Optional<String> failure) {}

    private static <T> List<Ended<T>> beside(List<Callable<T>> scripts) throws InterruptedException {
        List<Ended<T>> ended = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = scripts.stream().map(threads::submit).toList();
            for (Future<T> one : running) {
                ended.add(ended(one));
            }
        }
        return ended;
    }

    private static <T> Ended<T> ended(Future<T> running) throws InterruptedException {
        try {
            return new Ended<>(Optional.of(running.get()), Optional.empty());
        } catch (ExecutionException wrong) {
            String words = Optional.ofNullable(wrong.getCause())
                    .map(Throwable::getMessage)
                    .orElse("a script broke");
            return new Ended<>(Optional.empty(), Optional.of(words));
        }
    }
}
