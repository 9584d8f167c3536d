package io.throughline.local;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a stack said. */
final class RecordedProgress implements Progress {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void problem(String text) {
        problems.add(text);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
