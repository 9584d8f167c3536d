package io.throughline.runtime.retailer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where in a file a key is, for the words that tell what is wrong with it. */
final class YamlLines {
    private static final YAMLFactory YAML = new YAMLFactory();

    private YamlLines() {}

    /**
     * The line of a key such as {@code facilities[2].kind}; of the innermost part that is there when the key itself is missing; empty
     * when not even its first part is.
     */
    static Optional<Integer> of(Path file, String key) {
        String wanted = "." + key.replace("[", ".").replace("]", "");
        int longest = 0;
        Optional<Integer> line = Optional.empty();
        try (JsonParser parser = YAML.createParser(file.toFile())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String here =
                        parser.getParsingContext().pathAsPointer().toString().replace('/', '.');
                if (!here.isEmpty() && here.length() > longest && (wanted + ".").startsWith(here + ".")) {
                    longest = here.length();
                    line = Optional.of(parser.currentTokenLocation().getLineNr());
                }
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return line;
    }
}
