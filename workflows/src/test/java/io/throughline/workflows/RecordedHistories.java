package io.throughline.workflows;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The recorded histories of all paths, as files that can be read by people; one of thousands of events is packed. */
final class RecordedHistories {
    static final Path FOLDER = Path.of("src/test/resources/histories");
    private static final Set<String> PACKED = Set.of("woken-for-weeks");
    private static final String PACKED_END = ".json.gz";

    private RecordedHistories() {}

    static Path file(String name) {
        return FOLDER.resolve(name + (PACKED.contains(name) ? PACKED_END : ".json"));
    }

    static void keep(Path file, WorkflowExecutionHistory history) throws IOException {
        byte[] text = (history.toJson(true) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.createDirectories(FOLDER);
        try (OutputStream out =
                isPacked(file) ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
            out.write(text);
        }
    }

    static WorkflowExecutionHistory read(Path file) {
        try (InputStream in =
                isPacked(file) ? new GZIPInputStream(Files.newInputStream(file)) : Files.newInputStream(file)) {
            return WorkflowExecutionHistory.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<WorkflowExecutionHistory> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(RecordedHistories::read).toList();
        }
    }

    private static boolean isPacked(Path file) {
        return file.toString().endsWith(PACKED_END);
    }
}
