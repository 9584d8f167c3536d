package io.throughline.domain.order;

import io.throughline.domain.finance.PostingSubject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Our own short name of an order, e.g. {@code O-7K2M9Q4XTA}; also the subject of its trace, effects and cases. It is derived from
 * the channel's key, so that two deliveries of one order can't get two names.
 */
public record OrderId(String value) implements PostingSubject {
    private static final Pattern FORM = Pattern.compile("O-[0-9A-HJKMNP-TV-Z]{10}");
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public OrderId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an order id looks like O-7K2M9Q4XTA: '" + value + "'");
        }
    }

    public static OrderId of(OrderKey key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(key.toString().getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < 7; i++) {
                bits = (bits << 8) | (digest[i] & 0xff);
            }
            StringBuilder name = new StringBuilder("O-");
            for (int i = 0; i < 10; i++) {
                name.append(CROCKFORD.charAt((int) ((bits >>> (i * 5)) & 31)));
            }
            return new OrderId(name.toString());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
