package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an account's system shows of a SKU, as cases name it. */
public record PublicationSubject(AccountId account, Sku sku) {
    private static final Pattern FORM = Pattern.compile("published/([^/]+)/(.+)");

    /** Empty when the subject is another thing. */
    public static Optional<PublicationSubject> of(String subject) {
        Matcher form = FORM.matcher(subject);
        return form.matches()
                ? Optional.of(new PublicationSubject(AccountId.of(form.group(1)), Sku.of(form.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "published/" + account + "/" + sku;
    }
}
