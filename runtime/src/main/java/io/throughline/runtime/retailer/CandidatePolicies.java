package io.throughline.runtime.retailer;

import io.throughline.domain.routing.RoutingPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** Reads routing policies that are not kept but tried. Nobody can ask them for what the environment holds. */
public final class CandidatePolicies {
    private static final String NAME = "policy.yml";

    private final Function<YamlSection, RoutingPolicy> reader;

    CandidatePolicies(Function<YamlSection, RoutingPolicy> reader) {
        this.reader = reader;
    }

    /** Throws ConfigurationException, which tells the line and the key of what is wrong. */
    public RoutingPolicy read(String text) {
        try {
            Path directory = Files.createTempDirectory("candidate");
            Path file = directory.resolve(NAME);
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
                return YamlSection.read(file, new Variables(Map.of()), reader);
            } catch (ConfigurationException wrong) {
                throw new ConfigurationException(
                        String.valueOf(wrong.getMessage()).replace(file.toString(), NAME));
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
