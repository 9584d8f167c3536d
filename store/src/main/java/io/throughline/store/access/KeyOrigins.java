package io.throughline.store.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Who made whose key. Whoever makes a key has seen it, and can come as its owner. */
public final class KeyOrigins {
    private static final Pattern WITH_KEY = Pattern.compile("(.*) \\(key ([0-9A-Za-z]+)\\)");

    private KeyOrigins() {}

    /** An actor without the key by which they came. */
    public static String person(String actor) {
        Matcher known = WITH_KEY.matcher(actor);
        return known.matches() ? known.group(1) : actor;
    }

    private static Optional<String> key(String actor) {
        Matcher known = WITH_KEY.matcher(actor);
        return known.matches() ? Optional.of(known.group(2)) : Optional.empty();
    }

    /** Whether one of two actors made the other's key, or a key by which that was made, over however many. */
    public static boolean related(Handle handle, String one, String other) {
        return made(handle, one, other) || made(handle, other, one);
    }

    private static boolean made(Handle handle, String maker, String holder) {
        return key(holder)
                .map(key -> handle.createQuery("""
                                with recursive origin as (
                                    select id, made_by, owner from api_key
                                    where id = (select made_by from api_key where id = :key)
                                    union
                                    select earlier.id, earlier.made_by, earlier.owner
                                    from origin join api_key earlier on earlier.id = origin.made_by)
                                select exists (select from origin where id = :maker or owner = :person)
                                """)
                        .bind("key", key)
                        .bind("maker", key(maker).orElse(""))
                        .bind("person", person(maker))
                        .mapTo(Boolean.class)
                        .one())
                .orElse(false);
    }
}
