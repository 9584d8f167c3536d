package io.throughline.e2e;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.throughline.local.Stack;
import io.throughline.local.StackPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for words in everything that the system keeps or shows: processes, tables and logs. A place is told once for each word. */
final class Leaks {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}={0,2}");
    private static final List<StackPart> LOGGING =
            List.of(StackPart.WORKER, StackPart.API_SERVER, StackPart.TEMPORAL, StackPart.POSTGRES);

    private final Stack stack;
    private final List<String> words;
    private final Set<String> places = new TreeSet<>();

    Leaks(Stack stack, List<String> words) {
        this.stack = stack;
        this.words = words;
    }

    /** Everywhere but in the named table: {@code <place>: <word>}. */
    Set<String> outsideOf(String table) {
        temporal();
        for (String other : tables()) {
            if (!other.equals(table)) {
                rows(other).forEach(row -> look("table " + other, row));
            }
        }
        for (StackPart part : LOGGING) {
            look("log of " + part.label(), text(part));
        }
        return places;
    }

    /** The words that the named table holds. */
    Set<String> inside(String table) {
        Set<String> found = new TreeSet<>();
        String all = String.join("\n", rows(table)).toLowerCase(Locale.ROOT);
        words.stream()
                .filter(word -> all.contains(word.toLowerCase(Locale.ROOT)))
                .forEach(found::add);
        return found;
    }

    private void temporal() {
        try (Histories histories = new Histories(stack.temporal())) {
            for (WorkflowExecutionInfo run : histories.runs("")) {
                WorkflowExecution execution = run.getExecution();
                String id = execution.getWorkflowId();
                look("visibility of " + id, raw(run.toByteArray()));
                look(
                        "description of " + id,
                        raw(histories.description(execution).toByteArray()));
                look("details of " + id, raw(histories.metadata(execution).toByteArray()));
                for (HistoryEvent event : histories.events(execution)) {
                    look("history of " + id + " event " + event.getEventType(), raw(event.toByteArray()));
                }
            }
        }
    }

    /** Payloads lie as plain bytes within an event, so one byte as one character finds what they hold. */
    private static String raw(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<String> tables() {
        return query("select table_name from information_schema.tables where table_schema = 'public'"
                + " and table_type = 'BASE TABLE' order by 1");
    }

    /** Whole rows as text; what a table keeps as bytes is shown in hexadecimal digits, which are looked for too. */
    private List<String> rows(String table) {
        return query("select t::text from public.\"" + table + "\" t");
    }

    private List<String> query(String sql) {
        return Facts.texts(stack, sql);
    }

    private String text(StackPart part) {
        try {
            return Files.readString(stack.log(part), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void look(String place, String text) {
        find(place, text);
        Matcher encoded = BASE64.matcher(text);
        while (encoded.find()) {
            decoded(encoded.group()).ifPresent(inner -> find(place + " (base64)", inner));
        }
    }

    private static Optional<String> decoded(String text) {
        String plain = text.replace('-', '+').replace('_', '/').replace("=", "");
        try {
            return Optional.of(raw(Base64.getDecoder().decode(plain)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private void find(String place, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String word : words) {
            String wanted = word.toLowerCase(Locale.ROOT);
            if (lower.contains(wanted) || lower.contains(hex(wanted))) {
                places.add(place + ": " + word);
            }
        }
    }

    private static String hex(String word) {
        return HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
    }
}
