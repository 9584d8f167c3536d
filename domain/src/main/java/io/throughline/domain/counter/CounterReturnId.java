package io.throughline.domain.counter;

import io.throughline.domain.account.ShortName;
import io.throughline.domain.finance.PostingSubject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our own name of what was taken back over a counter, e.g. {@code RC-7K2M9Q4XTA}. It is derived from the client's key, so that what is sent twice
 * can't get two names; and it is the subject of the trace, the effects and the cases.
 */
public record CounterReturnId(String value) implements PostingSubject {
    private static final Pattern FORM = Pattern.compile("RC-" + ShortName.FORM);
    private static final Pattern PROCESS = Pattern.compile("counter-return/(.+)");

    public CounterReturnId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the id of a counter's return looks like RC-7K2M9Q4XTA: '" + value + "'");
        }
    }

    /** Of what this client has sent with this key. */
    public static CounterReturnId of(String client, String key) {
        return new CounterReturnId("RC-" + ShortName.of("counter-return/" + client + "/" + key));
    }

    /** The return that a case or a message is about, whether it is named itself or its process; empty when it is another thing. */
    public static Optional<CounterReturnId> about(String subject) {
        Matcher process = PROCESS.matcher(subject);
        String name = process.matches() ? process.group(1) : subject;
        return FORM.matcher(name).matches() ? Optional.of(new CounterReturnId(name)) : Optional.empty();
    }

    public String workflowId() {
        return "counter-return/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
