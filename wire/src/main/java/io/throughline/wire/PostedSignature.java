package io.throughline.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The signature that came with what a system has posted, by which it is known who of several has posted it. */
public final class PostedSignature {
    private final byte[] bytes;

    private PostedSignature(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Empty where there is none that can be read. Header names may be in any case. */
    public static Optional<PostedSignature> in(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .findFirst()
                .flatMap(header -> SharedSecrets.signature(header.getValue()))
                .map(PostedSignature::new);
    }

    /** The first who may have made it. Every sender is asked, so that the time taken does not tell which one it was. */
    public <S> Optional<S> madeBy(List<S> senders, BiPredicate<S, byte[]> signed) {
        Optional<S> maker = Optional.empty();
        for (S sender : senders) {
            if (signed.test(sender, bytes) && maker.isEmpty()) {
                maker = Optional.of(sender);
            }
        }
        return maker;
    }
}
