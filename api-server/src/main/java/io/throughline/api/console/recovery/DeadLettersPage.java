package io.throughline.api.console.recovery;

import io.throughline.api.console.Moment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages that could not be read: which there are by a filter, and how far it is with having them read again. */
public record DeadLettersPage(
        Map<String, String> fields, long matching, List<LetterRow> letters, Optional<Progress> progress)
        implements FilteredPage {
    /** One message, without what it says. */
    public record LetterRow(
            long id, String account, String topic, String subject, String address, Moment received, int attempts) {}

    @Override
    public String template() {
        return "deadLetters";
    }

    @Override
    public String title() {
        return "Dead letters";
    }
}
