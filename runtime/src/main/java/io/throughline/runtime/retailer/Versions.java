package io.throughline.runtime.retailer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** The versions of a policy: the files of a directory, each in force from an instant of its own until the next one begins. */
final class Versions<P> {
    private static final String SUFFIX = ".yml";

    private final String kind;
    private final NavigableMap<Instant, P> versions = new TreeMap<>();
    private final Map<String, P> byName = new HashMap<>();

    private Versions(String kind) {
        this.kind = kind;
    }

    /** What a version says about itself. */
    record Identity(String version, Instant effectiveFrom) {}

    /** {@code kind} is what people call such a policy, {@code example} the name of a first version. */
    static <P> Versions<P> load(
            Path directory,
            String kind,
            String example,
            Variables variables,
            BiFunction<YamlSection, Path, P> reader,
            Function<P, Identity> identity) {
        Versions<P> versions = new Versions<>(kind);
        for (Path file : files(directory, kind)) {
            P policy = YamlSection.read(file, variables, section -> reader.apply(section, file));
            Identity name = identity.apply(policy);
            versions.byName.put(name.version(), policy);
            P other = versions.versions.put(name.effectiveFrom(), policy);
            if (other != null) {
                throw new ConfigurationException(
                        file,
                        "effectiveFrom",
                        "'" + name.effectiveFrom() + "' is when '"
                                + identity.apply(other).version() + "' begins, too: only one can be in force");
            }
        }
        if (versions.versions.isEmpty()) {
            throw new ConfigurationException(directory, "", "no " + kind + " is there: create " + example + SUFFIX);
        }
        return versions;
    }

    /** The version by which a file calls itself: that of its name. */
    static String versionOf(YamlSection section, Path file) {
        String version = section.text("version", "the name of the file without " + SUFFIX);
        if (!(version + SUFFIX).equals(String.valueOf(file.getFileName()))) {
            throw section.wrong("version", "'" + version + "' must be the name of the file without " + SUFFIX);
        }
        return version;
    }

    private static Iterable<Path> files(Path directory, String kind) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new ConfigurationException(
                    directory, "", "the directory of each " + kind + " can't be read: create it");
        }
    }

    Optional<P> named(String version) {
        return Optional.ofNullable(byName.get(version));
    }

    /** The one in force; before the first begins, the first. */
    P atOrFirst(Instant instant) {
        return instant.isBefore(versions.firstKey()) ? versions.firstEntry().getValue() : at(instant);
    }

    P at(Instant instant) {
        Map.Entry<Instant, P> inForce = versions.floorEntry(instant);
        if (inForce == null) {
            throw new IllegalStateException(
                    "no " + kind + " is in force at " + instant + ": the first begins at " + versions.firstKey());
        }
        return inForce.getValue();
    }
}
