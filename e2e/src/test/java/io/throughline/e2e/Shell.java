package io.throughline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Where a person pastes what is shown. {@code known} are the programs that lie elsewhere here than its words say, as functions of the shell. */
record Shell(String known, Map<String, String> environment) {
    /** What it said, and whether it was content with what it did. */
    record Said(boolean well, String words) {}

    Said paste(String command) {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", known + "\n" + command).redirectErrorStream(true);
        shell.environment().putAll(environment);
        try {
            Process process = shell.start();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor() == 0, words);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
