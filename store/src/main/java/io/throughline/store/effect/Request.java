package io.throughline.store.effect;

import io.throughline.domain.hash.Sha256;
import java.util.HashMap;
import java.util.Map;

/** What an attempt asks for. Requests are told apart by their hash; the trace shows how a long one begins. */
record Request(String text, String hash) {
    private static final int LONGEST_SHOWN = 4_000;

    static Request of(String text) {
        return new Request(text, Sha256.hex(text));
    }

    /** For the trace, with something that is said beside it. */
    Map<String, String> with(String name, String value) {
        Map<String, String> detail = new HashMap<>();
        detail.put("request", text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN));
        detail.put("requestHash", hash);
        detail.put(name, value);
        return detail;
    }
}
