package io.throughline.domain.transfer;

import io.throughline.domain.account.AccountId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A transfer by the name that the ERP which keeps it has for it. */
public record ErpTransferId(AccountId account, String name) {
    private static final Pattern SUBJECT = Pattern.compile("transfer/([a-z0-9][a-z0-9-]{0,39})/(.+)");

    public ErpTransferId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a transfer of " + account + " has a name");
        }
    }

    /** The transfer that a case or a trace is about; empty when it is another thing. */
    public static Optional<ErpTransferId> about(String subject) {
        Matcher matcher = SUBJECT.matcher(subject);
        return matcher.matches()
                ? Optional.of(new ErpTransferId(AccountId.of(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    public String subject() {
        return "transfer/" + account + "/" + name;
    }

    @Override
    public String toString() {
        return account + "/" + name;
    }
}
