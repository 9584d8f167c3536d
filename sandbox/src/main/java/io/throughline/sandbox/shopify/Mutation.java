package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One mutation: changes the shop inside the caller's transaction, or throws {@link UserErrors} and changes nothing. */
@FunctionalInterface
interface Mutation {

    /**
     * Returns the payload's fields, with a global id wherever an object is returned.
     *
     * @param key the idempotency key; empty for a mutation that takes none
     */
    ObjectNode play(JsonNode arguments, String key) throws Exception;
}
