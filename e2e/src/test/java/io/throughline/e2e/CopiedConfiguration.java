package io.throughline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The sample retailer's configuration with changes of a test's own. */
final class CopiedConfiguration {
    private static final String STORE = "    kind: STORE\n";
    private static final String LABELS = "    labels: parcel-northwind\n";

    private CopiedConfiguration() {}

    /** Writes it below {@code directory}; gives the variables that lead there. */
    static Map<String, String> below(Path directory, UnaryOperator<String> retailer) {
        Path sample = House.project().resolve("config");
        Path ours = directory.resolve("config");
        try (Stream<Path> policies = Files.walk(sample.resolve("policies"))) {
            Files.createDirectories(ours);
            for (Path policy : policies.toList()) {
                Files.copy(policy, ours.resolve(sample.relativize(policy)));
            }
            Files.copy(sample.resolve("service-levels.yml"), ours.resolve("service-levels.yml"));
            Files.writeString(
                    ours.resolve("retailer.yml"), retailer.apply(Files.readString(sample.resolve("retailer.yml"))));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return Map.of("THROUGHLINE_CONFIG", ours.toString());
    }

    /** A carrier sells its labels to every store. */
    static String storesBuyLabels(String retailer) {
        return retailer.replace(LABELS, "").replace(STORE, STORE + LABELS);
    }
}
