package io.throughline.connectors.shopify.client;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.List;

/** Lists that Shopify gives without pages, such as an order's transactions: one as long as was asked for may have been cut off. */
public final class Unpaged {
    private Unpaged() {}

    /** {@code asked} is how many elements the query asks for. */
    public static boolean mayBeCutOff(List<?> list, int asked) {
        return list.size() >= asked;
    }

    /** Fails with {@code code} unless this is all of {@code what}. */
    public static void requireWhole(List<?> list, int asked, FailureCode code, String what) {
        if (mayBeCutOff(list, asked)) {
            throw SystemFailure.withoutEffect(
                    code, what + ": Shopify has " + asked + " or more of them, which are more than can be read", null);
        }
    }
}
