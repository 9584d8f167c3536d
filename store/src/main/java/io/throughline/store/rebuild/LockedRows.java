package io.throughline.store.rebuild;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Columns of a row that follow from other tables, whose writers change both under the lock of the row of {@code table}. Only rows of which something
 * differs are locked, in the order of their ids, and looked at again under the lock.
 *
 * @param apart ids, of those in {@code :ids}, of which something differs
 * @param mend changes what still differs of those in {@code :ids}
 */
public record LockedRows(String table, int most, String apart, String mend) implements Derivation {
    @Override
    public List<String> parts() {
        return List.of(table);
    }

    @Override
    public Turn turn(Handle handle, int part, String after, Instant now) {
        List<String> page = handle.createQuery("select id from " + table + " where id > :after order by id limit :most")
                .bind("after", after)
                .bind("most", most)
                .mapTo(String.class)
                .list();
        List<String> differing = ids(handle, apart, page);
        if (differing.isEmpty()) {
            return Turn.of(page, most, differing, 0);
        }
        List<String> locked = ids(
                handle,
                "select id from " + table + " where id = any(cast(:ids as text[])) order by id for no key update",
                differing);
        handle.createUpdate(mend).bindArray("ids", String.class, locked).execute();
        return Turn.of(page, most, differing, differing.size());
    }

    private static List<String> ids(Handle handle, String sql, List<String> among) {
        return handle.createQuery(sql)
                .bindArray("ids", String.class, among)
                .mapTo(String.class)
                .list();
    }
}
