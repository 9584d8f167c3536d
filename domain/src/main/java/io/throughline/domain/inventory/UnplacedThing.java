package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A thing or place that a system tells of and nobody knows, as its case names it. */
public record UnplacedThing(AccountId account, String name) {
    private static final Pattern FORM = Pattern.compile("unplaced/([^/]+)/(.+)");

    /** Empty when the subject is another thing. */
    public static Optional<UnplacedThing> of(String subject) {
        Matcher form = FORM.matcher(subject);
        return form.matches()
                ? Optional.of(new UnplacedThing(AccountId.of(form.group(1)), form.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "unplaced/" + account + "/" + name;
    }
}
