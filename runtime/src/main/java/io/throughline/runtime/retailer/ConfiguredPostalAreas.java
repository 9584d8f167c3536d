package io.throughline.runtime.retailer;

import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.routing.PostalAreas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where the postal codes of {@code postal-areas.yml} lie, by how they begin: the longest beginning that is known holds. */
final class ConfiguredPostalAreas implements PostalAreas {
    private static final Pattern SPACES = Pattern.compile("[\\s-]");

    private final Map<String, Map<String, GeoPoint>> areas;

    private ConfiguredPostalAreas(Map<String, Map<String, GeoPoint>> areas) {
        this.areas = areas;
    }

    /** Without the file nothing is known. */
    static Optional<PostalAreas> load(Path file, Variables variables) {
        return Files.exists(file)
                ? Optional.of(
                        new ConfiguredPostalAreas(YamlSection.read(file, variables, ConfiguredPostalAreas::countries)))
                : Optional.empty();
    }

    private static Map<String, Map<String, GeoPoint>> countries(YamlSection file) {
        Map<String, Map<String, GeoPoint>> areas = new HashMap<>();
        for (String country : file.keys()) {
            areas.put(
                    country,
                    file.map(
                            country,
                            "for the beginning of postal codes, latitude and longitude, such as \"40.7 -74.0\"",
                            ConfiguredPostalAreas::plain,
                            ConfiguredPostalAreas::point));
        }
        return areas;
    }

    private static GeoPoint point(String text) {
        String[] degrees = text.split(" ", -1);
        if (degrees.length != 2) {
            throw new IllegalArgumentException(text);
        }
        return new GeoPoint(Double.parseDouble(degrees[0]), Double.parseDouble(degrees[1]));
    }

    private static String plain(String code) {
        return SPACES.matcher(code).replaceAll("").toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<GeoPoint> find(String country, String postalCode) {
        Map<String, GeoPoint> known = areas.getOrDefault(country, Map.of());
        String code = plain(postalCode);
        return IntStream.rangeClosed(0, code.length() - 1)
                .mapToObj(cut -> Optional.ofNullable(known.get(code.substring(0, code.length() - cut))))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
