package io.throughline.api.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation whose request carries an Idempotency-Key, so that it may be sent again. What clients read of that in the OpenAPI document is
 * said there once for all of them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Keyed {
    /** What a new key is needed for, such as "receipt". */
    String newForEach();

    /** Whether {@code preview=true} needs none. */
    boolean unlessPreview() default false;

    /**
     * Whose status the header Location of a 202 leads to, such as "return". Nothing where a 202 has no such header, nor the one that tells of
     * a repeated answer.
     */
    String leadsTo() default "";
}
