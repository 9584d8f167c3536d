package io.throughline.worker.inbox;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inventory.InventoryLedger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes on giving stock to whoever waits for it, where there were more than one transaction may serve. */
public final class StockOffers implements InboxDesk {
    private static final Pattern SUBJECT = Pattern.compile("offer/(.+)");

    private final InventoryLedger inventory;

    public StockOffers(InventoryLedger inventory) {
        this.inventory = inventory;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        Matcher subject = SUBJECT.matcher(messages.getFirst().subject());
        if (!subject.matches()) {
            return Optional.empty();
        }
        inventory.offer(Sku.of(subject.group(1)));
        return Optional.of(new Handling.Done());
    }
}
