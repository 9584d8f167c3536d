package io.throughline.store.trace;

import io.throughline.store.rebuild.Derivation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code trace_link} follow from the entries of each line, and from {@code trace_named}. First what is missing is put there, which waits
 * for nobody; then what nothing tells of is taken away, under the lock of its line, whose writer may just be telling of it.
 */
public final class Names implements Derivation {
    private static final int SUBJECTS_A_TURN = 200;
    private static final long ENTRIES_A_TURN = 20_000;
    private static final int NAMES_A_TURN = 50;

    /** Stands between the two parts of a key. */
    private static final String SEPARATOR = "\u001f";

    /** Of a link {@code l}: nothing tells of it. */
    private static final String UNTOLD = """
            not exists (select from trace_entry e where e.subject = l.subject and l.id = any(e.links))
                and not exists (select from trace_named n where n.subject = l.subject and n.id = l.id)
            """;

    @Override
    public List<String> parts() {
        return List.of("trace_subject", "trace_link");
    }

    @Override
    public Turn turn(Handle handle, int part, String after, Instant now) {
        return part == 0 ? missing(handle, after) : untold(handle, after);
    }

    private record Added(int subjects, Optional<String> last, List<String> names) {}

    private static Turn missing(Handle handle, String after) {
        Added added = handle.createQuery("""
                        with line as (
                            select subject, sum(seq) over (order by subject) - seq as before
                            from (select subject, seq from trace_subject where subject > :after
                                order by subject limit :most) page),
                        next as (select subject from line where before < :entries),
                        told as (
                            select distinct on (id, subject) id, subject, at
                            from (
                                select unnest(e.links) as id, e.subject, cast(cast(e.body as json) ->> 'at' as timestamptz) as at
                                from next join trace_entry e on e.subject = next.subject where e.links is not null
                                union all
                                select n.id, n.subject, n.named_at from next join trace_named n on n.subject = next.subject) each
                            order by id, subject, at),
                        added as (
                            insert into trace_link (id, subject, linked_at)
                            select id, subject, at from told
                            where not exists (
                                select from trace_link l where l.id = told.id and l.subject = told.subject)
                            order by id, subject
                            on conflict do nothing
                            returning id, subject)
                        select (select count(*) from next) as subjects, (select max(subject) from next) as last,
                            array(select id || ' of ' || subject from added order by 1) as names
                        """)
                .bind("after", after)
                .bind("most", SUBJECTS_A_TURN)
                .bind("entries", ENTRIES_A_TURN)
                .map((row, context) ->
                        new Added(row.getInt("subjects"), Optional.ofNullable(row.getString("last")), List.of((String[])
                                row.getArray("names").getArray())))
                .one();
        return new Turn(added.subjects(), added.names(), added.names().size(), added.last());
    }

    private record Link(String id, String subject) {
        String key() {
            return id + SEPARATOR + subject;
        }

        @Override
        public String toString() {
            return id + " of " + subject;
        }
    }

    private static Turn untold(Handle handle, String after) {
        String[] key = after.split(Pattern.quote(SEPARATOR), 2);
        List<String> page = handle.createQuery("""
                        select id, subject from trace_link where (id, subject) > (:id, :subject) order by id, subject limit :most
                        """)
                .bind("id", key[0])
                .bind("subject", key.length == 1 ? "" : key[1])
                .bind("most", NAMES_A_TURN)
                .map((row, context) -> new Link(row.getString("id"), row.getString("subject")).key())
                .list();
        List<Link> untold = untold(handle, page);
        long taken = untold.stream().filter(link -> isTakenAway(handle, link)).count();
        return Turn.of(page, NAMES_A_TURN, untold.stream().map(Link::toString).toList(), (int) taken);
    }

    /** In the order of their lines, which are locked. */
    private static List<Link> untold(Handle handle, List<String> page) {
        return handle.createQuery("""
                        select l.id, l.subject from unnest(cast(:page as text[])) as page (key)
                        join trace_link l on l.id = split_part(page.key, :separator, 1)
                            and l.subject = substr(page.key, strpos(page.key, :separator) + 1)
                        where\s""" + UNTOLD + "order by l.subject, l.id")
                .bindArray("page", String.class, page)
                .bind("separator", SEPARATOR)
                .map((row, context) -> new Link(row.getString("id"), row.getString("subject")))
                .list();
    }

    private static boolean isTakenAway(Handle handle, Link link) {
        handle.createQuery("select true from trace_subject where subject = :subject for no key update")
                .bind("subject", link.subject())
                .mapTo(Boolean.class)
                .findOne();
        return handle.createUpdate("delete from trace_link l where id = :id and subject = :subject and " + UNTOLD)
                        .bind("id", link.id())
                        .bind("subject", link.subject())
                        .execute()
                == 1;
    }
}
