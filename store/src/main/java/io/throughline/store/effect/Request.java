package io.throughline.store.effect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What an attempt asks for. Requests are told apart by their hash; the trace shows how a long one begins. */
record Request(String text, String hash) {
    private static final int LONGEST_SHOWN = 4_000;

    static Request of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Request(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", impossible);
        }
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
