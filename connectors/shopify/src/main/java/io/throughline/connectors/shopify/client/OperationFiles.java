package io.throughline.connectors.shopify.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The GraphQL documents of the operations. A fragment is a file of its own, so that what several operations read is said once. */
final class OperationFiles {
    private static final Pattern SPREAD = Pattern.compile("\\.\\.\\.\\s*(?!on\\b)(\\w+)");

    private OperationFiles() {}

    /** The operation and every fragment that it, or one of its fragments, spreads. */
    static String document(String operation) {
        StringBuilder document = new StringBuilder(read(operation));
        Set<String> fragments = new LinkedHashSet<>();
        Deque<String> unread = new ArrayDeque<>(spreads(document));
        while (!unread.isEmpty()) {
            String fragment = unread.pop();
            if (fragments.add(fragment)) {
                String text = read("fragments/" + fragment);
                document.append('\n').append(text);
                unread.addAll(spreads(text));
            }
        }
        return document.toString();
    }

    /** What a bulk operation is to run: a query of its own, handed over as text. */
    static String bulkQuery(String name) {
        return read("bulk/" + name).strip();
    }

    private static Set<String> spreads(CharSequence text) {
        Set<String> names = new LinkedHashSet<>();
        SPREAD.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    private static String read(String file) {
        String path = "/graphql/" + file + ".graphql";
        try (InputStream source = OperationFiles.class.getResourceAsStream(path)) {
            if (source == null) {
                throw new IllegalStateException(path + " is missing");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
