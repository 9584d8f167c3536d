package io.throughline.store.customer;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.store.internal.CanonicalJson;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code person}. */
public final class PersonRows {
    private PersonRows() {}

    /** A person who was erased stays erased, whatever the channel still tells. */
    public static void put(Handle handle, CustomerRef ref, PersonalData person) {
        handle.createUpdate("""
                        insert into person (ref, content) values (:ref, cast(:content as jsonb))
                        on conflict (ref) do update set content = excluded.content
                            where person.erased_at is null and person.content is distinct from excluded.content
                        """)
                .bind("ref", ref.value())
                .bind("content", CanonicalJson.write(person))
                .execute();
    }

    public static Optional<PersonalData> find(Handle handle, CustomerRef ref) {
        return handle.createQuery("select coalesce(content, 'null'::jsonb) from person where ref = :ref")
                .bind("ref", ref.value())
                .mapTo(String.class)
                .findOne()
                .map(content ->
                        content.equals("null") ? PersonalData.none() : CanonicalJson.read(content, PersonalData.class));
    }
}
