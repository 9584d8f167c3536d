package io.throughline.store.customer;

import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.TraceLine;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code person}: the persons themselves, and what was written in somebody's own words. */
public final class PersonRows {
    /** Before what it is about, this is the name of a row of words. */
    public static final String WORDS = "N-";

    private PersonRows() {}

    /** A person who was erased stays erased, whatever the channel still tells. */
    public static void put(Handle handle, OrderId order, CustomerRef ref, PersonalData person) {
        handle.createUpdate("""
                        insert into person (ref, line, content) values (:ref, :line, cast(:content as jsonb))
                        on conflict (ref) do update set line = excluded.line,
                                content = case when person.erased_at is null then excluded.content end
                            where person.line is distinct from excluded.line
                                or (person.erased_at is null and person.content is distinct from excluded.content)
                        """)
                .bind("ref", ref.value())
                .bind("line", order.value())
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

    /** Somebody's own words about an order, a case or work at a facility. The last ones count; about the erased nothing is kept. */
    public static void say(Handle handle, String subject, String about, String words) {
        handle.createUpdate("""
                        insert into person (ref, line, content)
                        select :ref, :line, to_jsonb(cast(:words as text))
                        where not exists (select from person where line = :line and erased_at is not null)
                        on conflict (ref) do update set content = excluded.content
                            where person.erased_at is null and person.content is distinct from excluded.content
                        """)
                .bind("ref", WORDS + about)
                .bind("line", TraceLine.of(subject))
                .bind("words", words)
                .execute();
    }
}
