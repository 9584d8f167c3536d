package io.throughline.runtime.retailer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The versions of a policy: the files of a directory, each in force from an instant of its own until the next one begins. */
final class Versions<P> {
    private static final String SUFFIX = ".yml";

    private final String kind;
    private final NavigableMap<Instant, Version<P>> versions = new TreeMap<>();
    private final Map<String, P> byName = new HashMap<>();

    private Versions(String kind) {
        this.kind = kind;
    }

    private record Version<P>(String name, P policy) {}

    /** What a version says about itself: its name, which is that of its file, and the instant from which it is in force. */
    record Identity(String version, Instant effectiveFrom) {
        private static Identity read(YamlSection section, Path file) {
            return new Identity(versionOf(section, file), effectiveFrom(section));
        }

        /** The same of a file that may have any name. */
        static Identity read(YamlSection section) {
            return new Identity(section.text("version", "what this version is called"), effectiveFrom(section));
        }

        private static Instant effectiveFrom(YamlSection section) {
            return section.value("effectiveFrom", "an instant such as 2026-01-01T00:00:00Z", Instant::parse);
        }
    }

    /** {@code kind} is what people call such a policy, {@code example} the name of a first version. */
    static <P> Versions<P> load(
            Path directory,
            String kind,
            String example,
            Variables variables,
            BiFunction<YamlSection, Identity, P> reader) {
        Versions<P> versions = new Versions<>(kind);
        for (Path file : files(directory, kind)) {
            YamlSection.read(file, variables, section -> {
                Identity identity = Identity.read(section, file);
                versions.add(section, identity, reader.apply(section, identity));
                return identity;
            });
        }
        if (versions.versions.isEmpty()) {
            throw new ConfigurationException(directory, "", "no " + kind + " is there: create " + example + SUFFIX);
        }
        return versions;
    }

    private void add(YamlSection section, Identity identity, P policy) {
        Version<P> other = versions.put(identity.effectiveFrom(), new Version<>(identity.version(), policy));
        if (other != null) {
            throw section.wrong(
                    "effectiveFrom",
                    "'" + identity.effectiveFrom() + "' is when '" + other.name()
                            + "' begins, too: only one can be in force");
        }
        byName.put(identity.version(), policy);
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

    /** In the order in which they begin. */
    List<P> all() {
        return versions.values().stream().map(Version::policy).toList();
    }

    Optional<P> named(String version) {
        return Optional.ofNullable(byName.get(version));
    }

    /** The one in force; before the first begins, the first. */
    P atOrFirst(Instant instant) {
        return instant.isBefore(versions.firstKey()) ? first() : at(instant);
    }

    P first() {
        return versions.firstEntry().getValue().policy();
    }

    P at(Instant instant) {
        Map.Entry<Instant, Version<P>> inForce = versions.floorEntry(instant);
        if (inForce == null) {
            throw new IllegalStateException(
                    "no " + kind + " is in force at " + instant + ": the first begins at " + versions.firstKey());
        }
        return inForce.getValue().policy();
    }
}
