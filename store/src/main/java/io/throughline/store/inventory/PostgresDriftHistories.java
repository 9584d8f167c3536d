package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.DriftHistories;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.Optional;

/** Both sides of a difference, in PostgreSQL. */
public final class PostgresDriftHistories implements DriftHistories {
    private final Transactions transactions;
    private final ToldWords words;
    private final DriftStories stories;

    public PostgresDriftHistories(Transactions transactions, StockRules rules, ShownPlaces shown) {
        ReckonedBundles bundles = new ReckonedBundles(rules, shown);
        this.transactions = transactions;
        this.words = new ToldWords(bundles);
        this.stories = new DriftStories(bundles::partsOf);
    }

    @Override
    public Sides of(String source, StockSubject place, Measure measure) {
        return transactions.with(handle -> {
            Optional<Instant> since = words.apartAt(handle, AccountId.of(source), place, measure)
                    .flatMap(apart -> stories.since(handle, source, place, measure));
            Instant after = since.orElse(Instant.EPOCH);
            return new Sides(
                    since,
                    stories.moved(handle, place, measure, after),
                    stories.told(handle, source, place, measure, after));
        });
    }
}
