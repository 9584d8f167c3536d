package io.throughline.store.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectKey;
import io.throughline.store.internal.Columns;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * How far the unknown effects have been gone through, the longest unknown first. What has changed since {@code until}, when that began, is of
 * another go: what is looked for in vain becomes unknown anew.
 */
record RedriveMark(Instant until, Instant changedAt, Optional<EffectKey> last) {
    /** Behind the conditions of a query; reads the index of what is unknown. */
    static final String BEYOND = """
             and changed_at <= :until
                and (changed_at, account, subject, operation, intent)
                    > (:after, :afterAccount, :afterSubject, :afterOperation, :afterIntent)
            order by changed_at, account, subject, operation, intent
            """;

    private static final String SEPARATOR = "\n";
    private static final int FIELDS = 6;

    static RedriveMark beginning(Instant now) {
        return new RedriveMark(now, Instant.EPOCH, Optional.empty());
    }

    RedriveMark after(Instant changed, EffectKey key) {
        return new RedriveMark(until, changed, Optional.of(key));
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        return statement
                .bind("until", Columns.at(until))
                .bind("after", Columns.at(changedAt))
                .bind("afterAccount", last.map(key -> key.account().value()).orElse(""))
                .bind("afterSubject", last.map(EffectKey::subject).orElse(""))
                .bind("afterOperation", last.map(EffectKey::operation).orElse(""))
                .bind("afterIntent", last.map(EffectKey::intent).orElse(0));
    }

    String text() {
        EffectKey key = last.orElseThrow();
        String fields = String.join(
                SEPARATOR,
                until.toString(),
                changedAt.toString(),
                key.account().value(),
                key.subject(),
                key.operation(),
                Integer.toString(key.intent()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fields.getBytes(StandardCharsets.UTF_8));
    }

    /** Throws IllegalArgumentException for what was not given as a mark. */
    static RedriveMark of(String text) {
        try {
            String[] field =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            if (field.length == FIELDS) {
                return new RedriveMark(
                        Instant.parse(field[0]),
                        Instant.parse(field[1]),
                        Optional.of(
                                new EffectKey(AccountId.of(field[2]), field[3], field[4], Integer.parseInt(field[5]))));
            }
        } catch (IllegalArgumentException | DateTimeException unfit) {
            throw new IllegalArgumentException("go on with what the answer before gave as next", unfit);
        }
        throw new IllegalArgumentException("go on with what the answer before gave as next");
    }
}
