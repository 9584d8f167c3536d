package io.throughline.sandbox.square;

import java.security.SecureRandom;

/** Opaque ids in the look of Square's. Random, so that a sandbox that starts afresh never repeats those of an earlier one. */
final class Ids {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String order() {
        return random(22) + "eV";
    }

    static String payment() {
        return random(22) + "YB";
    }

    static String uid() {
        return random(12);
    }

    static String other() {
        return random(20);
    }

    private static String random(int length) {
        StringBuilder id = new StringBuilder(length);
        for (int index = 0; index < length; index++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
