package io.throughline.store.customer;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
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
            handle.createUpdate("""
                            insert into person (ref, erased_at) values (:ref, :now)
                            on conflict (ref) do update set content = null, erased_at = excluded.erased_at
                                where person.erased_at is null
                            """)
                    .bind("ref", ref.value())
                    .bind("now", Columns.at(clock.instant()))
                    .execute();
            handle.createUpdate("""
                            update person set content = null, erased_at = :now
                            where line = (select line from person where ref = :ref) and erased_at is null
                            """)
                    .bind("ref", ref.value())
                    .bind("now", Columns.at(clock.instant()))
                    .execute();
        });
    }
}
