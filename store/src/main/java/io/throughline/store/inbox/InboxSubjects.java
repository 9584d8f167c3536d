package io.throughline.store.inbox;

import io.throughline.store.rebuild.Derivation;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code inbox_subject} follow from the messages: whoever has one that waits has a row, or no dispatcher would ever see it; whoever
 * has a dead letter is parked behind it. What a dispatcher is just working at is left to it.
 */
public final class InboxSubjects implements Derivation {
    private static final int SUBJECTS_A_TURN = 500;

    private final InboxBell bell;

    public InboxSubjects(InboxBell bell) {
        this.bell = bell;
    }

    @Override
    public List<String> parts() {
        return List.of("inbox_subject", "inbox_subject");
    }

    @Override
    public Turn turn(Handle handle, int part, String after, Instant now) {
        Turn turn = part == 0 ? missing(handle, after) : parked(handle, after);
        if (turn.mended() > 0) {
            bell.ring();
        }
        return turn;
    }

    private static Turn missing(Handle handle, String after) {
        List<String> page = handle.createQuery("""
                        (select distinct subject from inbox_message where state = 'PENDING' and subject > :after
                            order by subject limit :most)
                        union
                        (select distinct subject from inbox_message where state = 'DEAD' and subject > :after
                            order by subject limit :most)
                        order by subject limit :most
                        """)
                .bind("after", after)
                .bind("most", SUBJECTS_A_TURN)
                .mapTo(String.class)
                .list();
        List<String> added = handle.createQuery("""
                        insert into inbox_subject (subject, parked)
                        select subject, exists (
                            select from inbox_message m where m.subject = page.subject and m.state = 'DEAD')
                        from unnest(cast(:page as text[])) as page (subject)
                        where not exists (select from inbox_subject s where s.subject = page.subject)
                        order by subject
                        on conflict do nothing
                        returning subject
                        """)
                .bindArray("page", String.class, page)
                .mapTo(String.class)
                .list();
        return Turn.of(
                page,
                SUBJECTS_A_TURN,
                added.stream().map(subject -> subject + " was not there").toList(),
                added.size());
    }

    private record Standing(String subject, boolean right) {}

    private static Turn parked(Handle handle, String after) {
        List<Standing> page = handle.createQuery("""
                        with dead as (select distinct subject from inbox_message where state = 'DEAD')
                        select s.subject, s.parked = (dead.subject is not null) as standing
                        from (select subject, parked from inbox_subject where subject > :after
                            order by subject limit :most) s
                        left join dead on dead.subject = s.subject
                        order by s.subject
                        """)
                .bind("after", after)
                .bind("most", SUBJECTS_A_TURN)
                .map((row, context) -> new Standing(row.getString("subject"), row.getBoolean("standing")))
                .list();
        List<String> wrong =
                page.stream().filter(one -> !one.right()).map(Standing::subject).toList();
        return Turn.of(
                page.stream().map(Standing::subject).toList(),
                SUBJECTS_A_TURN,
                wrong.stream()
                        .map(subject -> subject + " was parked, or was not, against its messages")
                        .toList(),
                wrong.isEmpty() ? 0 : park(handle, wrong));
    }

    private static int park(Handle handle, List<String> subjects) {
        List<String> locked = handle.createQuery("""
                        select subject from inbox_subject where subject = any(cast(:subjects as text[]))
                        order by subject for no key update skip locked
                        """)
                .bindArray("subjects", String.class, subjects)
                .mapTo(String.class)
                .list();
        return handle.createUpdate("""
                        update inbox_subject s set parked = not parked, due_at = clock_timestamp()
                        where subject = any(cast(:subjects as text[])) and parked <> exists (
                            select from inbox_message m where m.subject = s.subject and m.state = 'DEAD')
                        """)
                .bindArray("subjects", String.class, locked)
                .execute();
    }
}
