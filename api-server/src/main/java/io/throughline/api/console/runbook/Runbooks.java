package io.throughline.api.console.runbook;

import io.throughline.api.console.runbook.RunbookPage.Other;
import io.throughline.domain.failure.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/** The pages of {@code runbooks/} as HTML. Their headings stand below that of the page that shows them, and their links lead to each other. */
public final class Runbooks {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}\\.md");
    private static final Pattern HEADING = Pattern.compile("<(/?)h([1-5])>");

    /** How the list of all pages names one. */
    private static final Pattern LISTED = Pattern.compile("(?m)^- \\[([^]]+)]\\(([a-z0-9-]{1,60}\\.md)\\)$");

    private final Parser parser =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> links())
            .build();
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    private static AttributeProvider links() {
        return (node, tag, attributes) -> attributes.computeIfPresent(
                "href", (name, target) -> NAME.matcher(target).matches() ? address(target) : target);
    }

    public static String address(String file) {
        return "/console/runbooks/" + file.replace(".md", "");
    }

    /** Without the title, which the page has itself; empty when there is no such file. */
    public Optional<String> html(String file) {
        // What does not exist is not remembered: anybody may ask for any name.
        return NAME.matcher(file).matches()
                ? Optional.ofNullable(
                        pages.computeIfAbsent(file, name -> read(name).orElse(null)))
                : Optional.empty();
    }

    /** Pages that are of no failure code, in the order of the list of all: of alerts, and of what is done by hand. */
    List<Other> others() {
        Set<String> ofCodes =
                Arrays.stream(FailureCode.values()).map(FailureCode::runbook).collect(Collectors.toSet());
        return LISTED.matcher(text("README.md").orElse(""))
                .results()
                .filter(page -> !ofCodes.contains(page.group(2)))
                .map(page -> new Other(page.group(1), address(page.group(2))))
                .toList();
    }

    private Optional<String> read(String file) {
        return text(file).map(this::rendered);
    }

    private static Optional<String> text(String file) {
        try (InputStream page = Runbooks.class.getResourceAsStream(file)) {
            return page == null
                    ? Optional.empty()
                    : Optional.of(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String rendered(String markdown) {
        String body = markdown.replaceFirst("\\A# .*\\R", "");
        return HEADING.matcher(renderer.render(parser.parse(body)))
                .replaceAll(heading -> "<" + heading.group(1) + "h" + (Integer.parseInt(heading.group(2)) + 1) + ">");
    }
}
