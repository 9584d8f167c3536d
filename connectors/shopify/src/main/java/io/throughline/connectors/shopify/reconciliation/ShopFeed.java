package io.throughline.connectors.shopify.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.reconciliation.EventFeed;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What may have been missed of a shop beside its orders: one feed after the other, whose place the cursor tells. */
public final class ShopFeed implements EventFeed {
    private static final String SECOND = "second:";

    private final EventFeed first;
    private final EventFeed second;

    public ShopFeed(EventFeed first, EventFeed second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        if (cursor.filter(place -> place.startsWith(SECOND)).isPresent()) {
            return ofSecond(account, since, cursor.map(place -> place.substring(SECOND.length())));
        }
        Page page = first.since(account, since, cursor);
        if (page.next().isPresent()) {
            return page;
        }
        Page further = ofSecond(account, since, Optional.empty());
        return new Page(
                Stream.concat(page.events().stream(), further.events().stream()).toList(),
                further.next(),
                page.unheard().or(further::unheard));
    }

    private Page ofSecond(AccountId account, Instant since, Optional<String> cursor) {
        Page page = second.since(account, since, cursor);
        return new Page(page.events(), page.next().map(SECOND::concat), page.unheard());
    }
}
