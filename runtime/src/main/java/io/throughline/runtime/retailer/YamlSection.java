package io.throughline.runtime.retailer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a YAML file, read key by key. Whoever reads a section names each key that it may hold; what is left over, missing or
 * of the wrong shape fails with the file, the key's full path and a hint.
 */
final class YamlSection {
    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final String path;
    private final ObjectNode node;
    private final Variables variables;
    private final Set<String> known = new LinkedHashSet<>();

    private YamlSection(Path file, String path, ObjectNode node, Variables variables) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.variables = variables;
    }

    static <T> T read(Path file, Variables variables, Function<YamlSection, T> reader) {
        return new YamlSection(file, "", parse(file), variables).readBy(reader);
    }

    private static ObjectNode parse(Path file) {
        try {
            return YAML.readTree(Files.readAllBytes(file)) instanceof ObjectNode mapping
                    ? mapping
                    : fail(file, "the file must hold a mapping of keys to values");
        } catch (JacksonException unreadable) {
            String where = unreadable.getLocation() == null
                    ? ""
                    : " (line " + unreadable.getLocation().getLineNr() + ")";
            return fail(file, "not readable as YAML" + where + ": " + unreadable.getOriginalMessage());
        } catch (IOException missing) {
            return fail(
                    file,
                    "the file can't be read: create it, or point THROUGHLINE_CONFIG to the directory that has it");
        }
    }

    private static ObjectNode fail(Path file, String problem) {
        throw new ConfigurationException(file, "", problem);
    }

    private <T> T readBy(Function<YamlSection, T> reader) {
        T result = reader.apply(this);
        List<String> unknown =
                keys().stream().filter(key -> !known.contains(key)).toList();
        if (!unknown.isEmpty()) {
            throw wrong(unknown.getFirst(), "unknown key: remove it, or use one of " + known);
        }
        return result;
    }

    /** The keys that the file has here. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    String text(String key, String hint) {
        return optionalText(key).orElseThrow(() -> missing(key, hint));
    }

    Optional<String> optionalText(String key) {
        JsonNode value = child(key);
        if (value == null) {
            return Optional.empty();
        }
        String text = scalar(key, value);
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    <T> T value(String key, String hint, Function<String, T> parser) {
        return parsed(key, text(key, hint), hint, parser);
    }

    boolean has(String key) {
        return child(key) != null;
    }

    /** As {@link #value}; empty when the key is not there. */
    <T> Optional<T> optionalValue(String key, String hint, Function<String, T> parser) {
        return optionalText(key).map(text -> parsed(key, text, hint, parser));
    }

    boolean yesOrNo(String key) {
        return value(key, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    <T> List<T> values(String key, String hint, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (JsonNode item : list(key, hint)) {
            String itemKey = key + "[" + values.size() + "]";
            values.add(parsed(itemKey, scalar(itemKey, item), hint, parser));
        }
        return List.copyOf(values);
    }

    <T> T section(String key, String hint, Function<YamlSection, T> reader) {
        JsonNode value = child(key);
        if (value == null) {
            throw missing(key, hint);
        }
        return inner(key, value, hint).readBy(reader);
    }

    <T> List<T> sections(String key, String hint, Function<YamlSection, T> reader) {
        List<T> sections = new ArrayList<>();
        for (JsonNode item : list(key, hint)) {
            sections.add(inner(key + "[" + sections.size() + "]", item, hint).readBy(reader));
        }
        if (sections.isEmpty()) {
            throw wrong(key, "the list is empty: " + hint);
        }
        return List.copyOf(sections);
    }

    /** The values, or none when the key is not there, which means all; that can't be said by an empty list, which may be a mistake. */
    <T> Set<T> some(String key, String hint, Function<String, T> parser) {
        if (!has(key)) {
            return Set.of();
        }
        Set<T> values = Set.copyOf(values(key, hint, parser));
        if (values.isEmpty()) {
            throw wrong(key, "the list is empty: leave it out for all, or name " + hint);
        }
        return values;
    }

    /** Rules by their names, of which there may be none. */
    <T> List<T> rules(String key, BiFunction<String, YamlSection, T> reader) {
        return named(key, "the rules by name, or {} for none", reader);
    }

    /** Mappings by their names, in the order of the file; a name is part of the key that an error tells. */
    <T> List<T> named(String key, String hint, BiFunction<String, YamlSection, T> reader) {
        return section(
                key,
                hint,
                names -> names.keys().stream()
                        .map(name -> names.section(name, hint, rule -> reader.apply(name, rule)))
                        .toList());
    }

    /** A mapping whose keys are data too. */
    <K, V> Map<K, V> map(String key, String hint, Function<String, K> keyParser, Function<String, V> valueParser) {
        return section(
                key, hint, inner -> inner.entries(hint, keyParser, name -> inner.value(name, hint, valueParser)));
    }

    /** As {@link #map}; empty when the key is not there. */
    <K, V> Map<K, V> optionalMap(
            String key, String hint, Function<String, K> keyParser, Function<String, V> valueParser) {
        return has(key) ? map(key, hint, keyParser, valueParser) : Map.of();
    }

    /** The entries of this section, each name read by {@code keyParser}. */
    <K, V> Map<K, V> entries(String hint, Function<String, K> keyParser, Function<String, V> reader) {
        Map<K, V> entries = new LinkedHashMap<>();
        for (String name : keys()) {
            entries.put(parsed(name, name, hint, keyParser), reader.apply(name));
        }
        return entries;
    }

    ConfigurationException wrong(String key, String problem) {
        return new ConfigurationException(file, join(key), problem);
    }

    /** Where a key is, as an error tells it. */
    String where(String key) {
        return ConfigurationException.where(file, join(key));
    }

    private ConfigurationException missing(String key, String hint) {
        return wrong(key, "missing: " + hint);
    }

    private Iterable<JsonNode> list(String key, String hint) {
        JsonNode value = child(key);
        if (value == null) {
            throw missing(key, hint);
        }
        if (!value.isArray()) {
            throw wrong(key, "must be a list: " + hint);
        }
        return value;
    }

    private YamlSection inner(String key, JsonNode value, String hint) {
        if (value instanceof ObjectNode mapping) {
            return new YamlSection(file, join(key), mapping, variables);
        }
        throw wrong(key, "must be a mapping: " + hint);
    }

    private @Nullable JsonNode child(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        return value == null || value.isNull() ? null : value;
    }

    private String scalar(String key, JsonNode value) {
        if (!value.isValueNode()) {
            throw wrong(key, "must be one value, not a list or a mapping");
        }
        try {
            return variables.substitute(value.asText()).strip();
        } catch (IllegalArgumentException unset) {
            throw wrong(key, unset.getMessage() == null ? "can't be substituted" : unset.getMessage());
        }
    }

    private <T> T parsed(String key, String text, String hint, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeException invalid) {
            throw wrong(key, "'" + text + "' is not allowed here: " + hint);
        }
    }

    private String join(String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }
}
