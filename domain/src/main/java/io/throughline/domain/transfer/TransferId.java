package io.throughline.domain.transfer;

import io.throughline.domain.account.ShortName;
import java.util.Optional;
import java.util.regex.Pattern;

/** Our own name of a transfer, e.g. {@code T-7K2M9Q4XTA}. It follows from who asked for it and under which key. */
public record TransferId(String value) {
    private static final Pattern FORM = Pattern.compile("T-" + ShortName.FORM);
    private static final String SUBJECT = "transfer/";

    public TransferId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a transfer id looks like T-7K2M9Q4XTA: '" + value + "'");
        }
    }

    public static TransferId of(String client, String idempotencyKey) {
        return new TransferId("T-" + ShortName.of("transfer/" + client + "/" + idempotencyKey));
    }

    /** The transfer that a case or a trace is about; empty when it is another thing. */
    public static Optional<TransferId> about(String subject) {
        return subject.startsWith(SUBJECT)
                        && FORM.matcher(subject.substring(SUBJECT.length())).matches()
                ? Optional.of(new TransferId(subject.substring(SUBJECT.length())))
                : Optional.empty();
    }

    /** Empty when the text is the name of another thing. */
    public static Optional<TransferId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TransferId(text)) : Optional.empty();
    }

    public String subject() {
        return SUBJECT + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
