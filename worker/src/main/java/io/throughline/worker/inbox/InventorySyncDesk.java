package io.throughline.worker.inbox;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody wants to know at once what became of what an account was told of its stock: its process looks, and waits out no delay. */
public final class InventorySyncDesk implements InboxDesk {
    private static final Pattern STOCK = Pattern.compile("inventory/([a-z0-9][a-z0-9-]{0,39})");

    private final Accounts accounts;
    private final Consumer<Account> syncs;
    private final Consumer<String> hurry;

    public InventorySyncDesk(Accounts accounts, Consumer<Account> syncs, Consumer<String> hurry) {
        this.accounts = accounts;
        this.syncs = syncs;
        this.hurry = hurry;
    }

    /** An account that is off is told nothing. However often it was said, it means the same. */
    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        String subject = messages.getFirst().subject();
        Matcher stock = STOCK.matcher(subject);
        if (!stock.matches()) {
            return Optional.empty();
        }
        accounts.find(AccountId.of(stock.group(1)))
                .filter(account -> !account.isOff())
                .ifPresent(account -> {
                    syncs.accept(account);
                    hurry.accept(subject);
                });
        return Optional.of(new Handling.Done());
    }
}
