package io.throughline.store.customer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.ShortName;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.intervention.AmendmentId;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceLine;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** The rows of {@code person}: the persons themselves, and what was written in somebody's own words. */
public final class PersonRows {
    /** Before what it is about, this is the name of a row of words. */
    public static final String WORDS = "N-";

    /** Before a return, this is the name of where the photos of its claim are kept; with an inspection's number behind it, those of that. */
    public static final String PHOTOS = "F-";

    /** Before a return without a receipt, this is the name of whose it is. */
    private static final String TOKEN = "T-";

    /** Before an account and what it calls the request, this is the name of an export. */
    static final String EXPORT = "X-";

    private static final Pattern OWN_NAME = Pattern.compile("K-" + ShortName.FORM);

    private PersonRows() {}

    /** A person who was erased stays erased, whatever the channel still tells. */
    public static void put(Handle handle, OrderId order, CustomerRef ref, PersonalData person) {
        put(handle, order.value(), ref, CanonicalJson.write(person));
    }

    /** The same; gives what was known before, where that was something else. */
    public static Optional<PersonalData> replace(Handle handle, OrderId order, CustomerRef ref, PersonalData person) {
        return handle.createQuery("""
            insert into person (ref, line, content) values (:ref, :line, cast(:content as jsonb))
            on conflict (ref) do update set line = excluded.line,
                    content = case when person.erased_at is null then excluded.content end
                where person.line is distinct from excluded.line
                    or (person.erased_at is null and person.content is distinct from excluded.content)
            returning coalesce(old.content, 'null'::jsonb)
            """)
                .bind("ref", ref.value())
                .bind("line", order.value())
                .bind("content", CanonicalJson.write(person))
                .mapTo(String.class)
                .findOne()
                .filter(former -> !former.equals("null"))
                .map(former -> CanonicalJson.read(former, PersonalData.class));
    }

    /** {@code line} is whom it is erased with. */
    static void put(Handle handle, String line, CustomerRef ref, String content) {
        handle.createUpdate("""
            insert into person (ref, line, content) values (:ref, :line, cast(:content as jsonb))
            on conflict (ref) do update set line = excluded.line,
                    content = case when person.erased_at is null then excluded.content end
                where person.line is distinct from excluded.line
                    or (person.erased_at is null and person.content is distinct from excluded.content)
            """)
                .bind("ref", ref.value())
                .bind("line", line)
                .bind("content", content)
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

    /** Empties a row, also before its first content has come: what comes later is not kept. */
    static int erase(Handle handle, CustomerRef ref, Instant now) {
        return handle.createUpdate("""
            insert into person (ref, erased_at) values (:ref, :now)
            on conflict (ref) do update set content = null, erased_at = excluded.erased_at
                where person.erased_at is null
            """)
                .bind("ref", ref.value())
                .bind("now", Columns.at(now))
                .execute();
    }

    /**
     * Empties every row of a line, and of the orders that were taken in exchange for returns of it, whose person is the same; and what was said
     * about many cases at once if one of them was of this line.
     */
    static int eraseLine(Handle handle, String line, Instant now) {
        return handle.createUpdate("""
            update person set content = null, erased_at = :now
            where erased_at is null and line in (
                select cast(:line as text)
                union select 'B-' || bulk from bulk_decision_case where line = :line
                union select e.new_order from return_exchange e join goods_return r on r.id = e.return_id
                    where r.order_id = :line)
            """)
                .bind("line", line)
                .bind("now", Columns.at(now))
                .execute();
    }

    /** Empties every row of an account's customers and orders, and what was exported of customers whom we had never read. */
    static int eraseAccount(Handle handle, AccountId account, Instant now) {
        return handle.createUpdate("""
            update person set content = null, erased_at = :now
            where erased_at is null and line in (
                select id from customer_order where account = :account
                union select e.new_order from return_exchange e join goods_return r on r.id = e.return_id
                    join customer_order o on o.id = r.order_id where o.account = :account
                union select 'B-' || told.bulk from bulk_decision_case told join customer_order o on o.id = told.line
                    where o.account = :account
                union select customer from customer_link where account = :account
                union select name from customer_link where account = :account)
                or erased_at is null and starts_with(ref, :exports)
            """)
                .bind("account", account.value())
                .bind("exports", EXPORT + account + "/")
                .bind("now", Columns.at(now))
                .execute();
    }

    /**
     * All that the rows of these lines hold, and of what was taken in exchange for returns of them, exports left out, as one JSON document; with the names of
     * the orders and the returns that it is about.
     */
    static String gather(Handle handle, Collection<String> lines) {
        return handle.createQuery("""
            with about as (
                select unnest(cast(:lines as text[])) as line
                union
                select e.new_order from return_exchange e join goods_return r on r.id = e.return_id
                where r.order_id = any(cast(:lines as text[])))
            select (coalesce((select jsonb_object_agg(ref, content) from person
                    where line in (select line from about) and content is not null and not starts_with(ref, :export)),
                    '{}'::jsonb)
                || jsonb_build_object(
                    'orders', coalesce((select jsonb_agg(jsonb_build_object('order', id, 'account', account,
                            'externalId', external_id, 'name', name, 'receivedAt', received_at) order by id)
                        from customer_order where id in (select line from about)), '[]'::jsonb),
                    'returns', coalesce((select jsonb_agg(jsonb_build_object('return', id, 'order', order_id,
                            'authorisedAt', authorised_at) order by id)
                        from goods_return where order_id in (select line from about)), '[]'::jsonb)))::text
            """)
                .bindArray("lines", String.class, lines)
                .bind("export", EXPORT)
                .mapTo(String.class)
                .one();
    }

    static boolean isKnown(Handle handle, CustomerRef ref) {
        return handle.createQuery("select exists (select from person where ref = :ref)")
                .bind("ref", ref.value())
                .mapTo(Boolean.class)
                .one();
    }

    /** What the row holds, as JSON; empty where it was erased. */
    public static Optional<String> content(Handle handle, CustomerRef ref) {
        return handle.createQuery("select content::text from person where ref = :ref and content is not null")
                .bind("ref", ref.value())
                .mapTo(String.class)
                .findOne();
    }

    /** Somebody's own words about an order, a case or work at a facility. The last ones count; about the erased nothing is kept. */
    public static void say(Handle handle, String subject, String about, String words) {
        keep(handle, subject, WORDS + about, CanonicalJson.write(words));
    }

    /** Where the photos of a claim are kept; about the erased nothing is. */
    public static void keepPhotos(Handle handle, String claim, List<String> photos) {
        keepPhotos(handle, claim, claim, photos);
    }

    /** The same of what is {@code about} a part of a return, such as one of its inspections. */
    public static void keepPhotos(Handle handle, String returned, String about, List<String> photos) {
        if (!photos.isEmpty()) {
            keep(handle, returned, PHOTOS + about, CanonicalJson.write(photos));
        }
    }

    /**
     * By what whoever brought goods is known again. Where that is our own name of a customer, it is erased with them; who was forgotten before and comes
     * again is known by it from then on, so that limits hold for them, too.
     */
    public static void keepToken(Handle handle, String returned, String token) {
        String ref = TOKEN + returned;
        if (OWN_NAME.matcher(token).matches()) {
            keep(handle, token, ref, CanonicalJson.write(token));
        }
        if (!isKnown(handle, new CustomerRef(ref))) {
            keep(handle, returned, ref, CanonicalJson.write(token));
        }
    }

    /** What an amendment says of a person; about the erased nothing is kept. */
    static void keepAmendment(Handle handle, String line, AmendmentId amendment, String content) {
        keep(handle, line, amendment.value(), content);
    }

    private static void keep(Handle handle, String subject, String ref, String content) {
        handle.createUpdate("""
            insert into person (ref, line, content)
            select :ref, :line, cast(:content as jsonb)
            where not exists (select from person where line = :line and erased_at is not null)
            on conflict (ref) do update set content = excluded.content
                where person.erased_at is null and person.content is distinct from excluded.content
            """)
                .bind("ref", ref)
                .bind("line", TraceLine.of(subject))
                .bind("content", content)
                .execute();
    }

    /** What was said about it; empty where nothing was, or where it was erased. */
    public static Optional<String> said(Handle handle, String about) {
        return handle.createQuery("select content #>> '{}' from person where ref = :ref and content is not null")
                .bind("ref", WORDS + about)
                .mapTo(String.class)
                .findOne();
    }
}
