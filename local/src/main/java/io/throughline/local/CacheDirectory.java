package io.throughline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where unpacked and built programs are kept for all stacks of a user: {@code ~/.cache/throughline} unless that can't be written. */
final class CacheDirectory {
    private CacheDirectory() {}

    static Path locate(Path fallback) {
        List<Path> candidates = new ArrayList<>();
        addVariable(candidates, "THROUGHLINE_CACHE", "");
        addVariable(candidates, "XDG_CACHE_HOME", "throughline");
        candidates.add(Path.of(System.getProperty("user.home", ""), ".cache", "throughline"));
        candidates.add(fallback);
        for (Path candidate : candidates) {
            if (candidate.isAbsolute() && isUsable(candidate)) {
                return candidate;
            }
        }
        throw new StackException(
                "None of these directories can be written: " + candidates + ". Set THROUGHLINE_CACHE to one that can.");
    }

    private static void addVariable(List<Path> candidates, String variable, String below) {
        String value = System.getenv(variable);
        if (value != null && !value.isBlank()) {
            candidates.add(Path.of(value).resolve(below));
        }
    }

    private static boolean isUsable(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.isWritable(directory);
        } catch (IOException e) {
            return false;
        }
    }
}
