package io.throughline.api.console.recovery;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Messages that could not be read: which there are by a filter, and how far it is with having them read again. {@code fields} are the filter as it
 * was filled in.
 */
public record DeadLettersPage(
        Map<String, String> fields, long matching, List<LetterRow> letters, Optional<Progress> progress)
        implements Page {
    /** One message, without what it says. */
    public record LetterRow(
            long id, String account, String topic, String subject, String address, Moment received, int attempts) {}

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    public boolean filtered() {
        return !fields.isEmpty();
    }

    @Override
    public String template() {
        return "deadLetters";
    }

    @Override
    public String title() {
        return "Dead letters";
    }

    @Override
    public Section section() {
        return Section.SYSTEMS;
    }

    /** What somebody decides by stays as it is. */
    @Override
    public boolean live() {
        return false;
    }
}
