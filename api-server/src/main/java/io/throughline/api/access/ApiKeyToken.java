package io.throughline.api.access;

import io.throughline.domain.hash.Sha256;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An API key as its owner holds it: {@code tl_<environment>_<id>_<secret>}, e.g. {@code tl_local_x4Tq81Zb_…}. The id is public; the
 * secret has 256 random bits, so that its plain SHA-256 can be kept instead of it. {@code toString} shows no secret.
 */
public record ApiKeyToken(String environment, String id, String secret) {
    private static final Pattern FORM = Pattern.compile("tl_([a-z0-9]{1,16})_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})");
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 8;
    // 43 digits of base 62 hold 256 bits.
    private static final int SECRET_LENGTH = 43;

    public static ApiKeyToken random(String environment, SecureRandom random) {
        return new ApiKeyToken(environment, digits(random, ID_LENGTH), digits(random, SECRET_LENGTH));
    }

    public static Optional<ApiKeyToken> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiKeyToken(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** In lower-case hexadecimal digits. */
    public String secretSha256() {
        return Sha256.hex(secret);
    }

    /** What the owner is given, once. */
    public String reveal() {
        return "tl_" + environment + "_" + id + "_" + secret;
    }

    private static String digits(SecureRandom random, int length) {
        return random.ints(length, 0, BASE62.length())
                .mapToObj(index -> String.valueOf(BASE62.charAt(index)))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return "tl_" + environment + "_" + id + "_…";
    }
}
