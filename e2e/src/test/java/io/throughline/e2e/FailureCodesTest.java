package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That each failure code is told by some code of the product: it stands somewhere as a value that is passed on or given back, not only
 * in a comparison. A code that nobody tells is a promise in a runbook.
 */
final class FailureCodesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> SOURCES = sources();

    @ParameterizedTest
    @EnumSource
    void someCodeTellsIt(FailureCode code) {
        assertThat(SOURCES).anyMatch(source -> tells(source, code.name()));
    }

    @Test
    void aComparisonTellsNothing() {
        assertThat(tells("if (code == FailureCode.RATE_LIMITED) {", "RATE_LIMITED"))
                .isFalse();
        assertThat(tells("case RATE_LIMITED -> slow();", "RATE_LIMITED")).isFalse();
        assertThat(tells("@Schema(description = \"(RATE_LIMITED)\")", "RATE_LIMITED"))
                .isFalse();
        assertThat(tells("// (FailureCode.RATE_LIMITED", "RATE_LIMITED")).isFalse();
        assertThat(tells("return Reply.refused(\n        FailureCode.RATE_LIMITED, words);", "RATE_LIMITED"))
                .isTrue();
        assertThat(tells("return closed ? FailureCode.RATE_LIMITED : other;", "RATE_LIMITED"))
                .isTrue();
    }

    private static boolean tells(String source, String code) {
        String withoutComments = source.replaceAll("//[^\\n]*", "").replaceAll("(?s)/\\*.*?\\*/", "");
        return Pattern.compile("(?:[(,?:]|->|=(?<![=!]=)|return)\\s*FailureCode\\." + code + "\\b")
                .matcher(withoutComments)
                .find();
    }

    private static List<String> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> isProduct(ROOT.relativize(file).toString().replace('\\', '/')))
                    .map(FailureCodesTest::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isProduct(String path) {
        return path.contains("src/main/java/")
                && Stream.of("sandbox/", "local/", "bench/").noneMatch(path::startsWith)
                && !path.endsWith("/FailureCode.java");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
