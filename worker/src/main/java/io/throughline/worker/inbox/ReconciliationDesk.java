package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody wants an account compared now. */
public final class ReconciliationDesk implements InboxDesk {
    private static final Pattern SUBJECT = Pattern.compile("reconciliation/([a-z0-9][a-z0-9-]{0,39})");

    private final Consumer<AccountId> comparisons;

    /** {@code comparisons} begins one, or finds that one runs. */
    public ReconciliationDesk(Consumer<AccountId> comparisons) {
        this.comparisons = comparisons;
    }

    /** However often it was said, it means the same. */
    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        Matcher account = SUBJECT.matcher(messages.getFirst().subject());
        if (!account.matches()) {
            return Optional.empty();
        }
        comparisons.accept(AccountId.of(account.group(1)));
        return Optional.of(new Handling.Done());
    }
}
