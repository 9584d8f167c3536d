package io.throughline.store.internal;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code trace_link}. */
public final class TraceRows {
    private TraceRows() {}

    /** The subject that an id belongs to; of several, the one that got it last. */
    public static Optional<String> lookup(Handle handle, String id) {
        return handle.createQuery("select subject from trace_link where id = :id order by linked_at desc limit 1")
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }
}
