package io.throughline.e2e;

import io.throughline.local.Stack;

/** Attempts at effects that told of them when the effects were no longer theirs: they woke beside their successors. */
final class Overtaken {
    private Overtaken() {}

    /** At effects of any kind. */
    static long attempts(Stack stack) {
        return attempts(stack, "%");
    }

    static long attempts(Stack stack, String operation) {
        return Facts.number(stack, """
                        select count(*) from trace_entry
                        where body like '%effect.overtaken%' and cast(body as jsonb) ->> 'kind' = 'effect.overtaken'
                            and cast(body as jsonb) ->> 'summary' like ? || ' at %'
                        """, operation);
    }
}
