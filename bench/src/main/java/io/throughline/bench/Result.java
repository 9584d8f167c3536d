package io.throughline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the figures of a bench go. */
final class Result {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Result() {}

    static void write(String bench, Object figures, PrintStream out) throws IOException {
        Path file = file(bench);
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writeValue(file.toFile(), figures);
        out.println("written to " + file);
    }

    static Path file(String bench) {
        return Path.of(System.getProperty("throughline.home", "")).resolve("target/bench/" + bench + ".json");
    }
}
