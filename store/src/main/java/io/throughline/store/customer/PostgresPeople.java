package io.throughline.store.customer;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The one erasable table. An erased person is found, and empty. */
public final class PostgresPeople implements PersonalDataStore {
    private final Transactions transactions;
    private final Clock clock;

    public PostgresPeople(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Optional<PersonalData> find(CustomerRef ref) {
        return transactions.with(handle -> PersonRows.find(handle, ref));
    }

    @Override
    public Optional<String> words(String about) {
        return transactions.with(handle -> handle.createQuery(
                        "select content #>> '{}' from person where ref = :ref and content is not null")
                .bind("ref", PersonRows.WORDS + about)
                .mapTo(String.class)
                .findOne());
    }

    /** Also before the first data have come: what comes later is not kept. */
    @Override
    public void erase(CustomerRef ref) {
        transactions.run(handle -> {
            Instant now = clock.instant();
            PersonRows.erase(handle, ref, now);
            handle.createQuery("select line from person where ref = :ref and line is not null")
                    .bind("ref", ref.value())
                    .mapTo(String.class)
                    .findOne()
                    .ifPresent(line -> PersonRows.eraseLine(handle, line, now));
        });
    }
}
