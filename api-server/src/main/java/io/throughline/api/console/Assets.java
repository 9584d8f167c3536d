package io.throughline.api.console;

import io.throughline.domain.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The files that pages consist of beside themselves. Each address names the content, so that browsers may keep it for good. */
public final class Assets {
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    private final Map<String, Asset> assets = Map.of(
            "console.css", read("console.css", "text/css"),
            "console.js", read("console.js", "text/javascript"),
            "htmx.js", read(HTMX, "text/javascript"),
            "icon.svg", read("icon.svg", "image/svg+xml"));

    /** A file with its media type; {@code version} names its content. */
    record Asset(String content, String type, String version) {}

    private static Asset read(String resource, String type) {
        try (InputStream file = Assets.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            String content = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Asset(
                    content, type + ";charset=utf-8", Sha256.hex(content).substring(0, 12));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Optional<Asset> find(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    public String address(String name) {
        return "/console/assets/" + name + "?v=" + find(name).orElseThrow().version();
    }
}
