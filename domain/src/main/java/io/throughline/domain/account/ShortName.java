package io.throughline.domain.account;

import io.throughline.domain.hash.Sha256;

/** Ten letters and digits that are derived from a longer name, so that two who derive it can't get two. They say nothing of it. */
public final class ShortName {
    /** As a regular expression. */
    public static final String FORM = "[0-9A-HJKMNP-TV-Z]{10}";

    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private ShortName() {}

    public static String of(String longName) {
        byte[] digest = Sha256.of(longName);
        long bits = 0;
        for (int i = 0; i < 7; i++) {
            bits = (bits << 8) | (digest[i] & 0xff);
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            name.append(CROCKFORD.charAt((int) ((bits >>> (i * 5)) & 31)));
        }
        return name.toString();
    }
}
