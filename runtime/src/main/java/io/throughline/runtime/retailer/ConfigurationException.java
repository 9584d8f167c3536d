package io.throughline.runtime.retailer;

import java.io.Serial;
import java.nio.file.Path;

/** A configuration file can't be used. The message names the file, the line, the key, what is wrong and what to do. */
public final class ConfigurationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(Path file, String key, String problem) {
        super(where(file, key) + ": " + problem);
    }

    static String where(Path file, String key) {
        return file + YamlLines.of(file, key).map(line -> ":" + line).orElse("") + (key.isEmpty() ? "" : ": " + key);
    }
}
