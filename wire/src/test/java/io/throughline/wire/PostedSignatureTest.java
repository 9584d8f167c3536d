package io.throughline.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose secret fits what was posted. */
class PostedSignatureTest {
    private static final String HEADER = "x-signature";
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private record Sender(String name, SharedSecrets secrets) {
        Sender(String name, String secret) {
            this(name, SharedSecrets.of(List.of(secret)));
        }
    }

    private static final List<Sender> SENDERS =
            List.of(new Sender("first", "one"), new Sender("second", "two"), new Sender("third", "two"));

    @Test
    void theFirstWhoseSecretFitsHasMadeIt() {
        assertThat(maker("second", "X-Signature")).contains("second");
        assertThat(maker("first", HEADER)).contains("first");
    }

    @Test
    void aStrangersSignatureIsNobodys() {
        String forged = SharedSecrets.of(List.of("three")).sign(BODY);

        assertThat(PostedSignature.in(Map.of(HEADER, forged), HEADER))
                .hasValueSatisfying(signature -> assertThat(signature.madeBy(
                                SENDERS, (sender, bytes) -> sender.secrets().signed(bytes, BODY)))
                        .isEmpty());
    }

    @Test
    void everySenderIsAskedWhoeverItIs() {
        List<String> asked = new ArrayList<>();

        PostedSignature.in(Map.of(HEADER, "AQI="), HEADER).orElseThrow().madeBy(SENDERS, (sender, bytes) -> {
            asked.add(sender.name());
            return true;
        });

        assertThat(asked).containsExactly("first", "second", "third");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no Base64!"})
    void whatIsNoSignatureIsNone(String header) {
        assertThat(PostedSignature.in(Map.of(HEADER, header), HEADER)).isEmpty();
        assertThat(PostedSignature.in(Map.of("x-other", "AQI="), HEADER)).isEmpty();
    }

    private static Optional<String> maker(String name, String header) {
        SharedSecrets secrets = SENDERS.stream()
                .filter(sender -> sender.name().equals(name))
                .findFirst()
                .orElseThrow()
                .secrets();
        return PostedSignature.in(Map.of(header, secrets.sign(BODY)), HEADER)
                .flatMap(signature -> signature.madeBy(
                        SENDERS, (sender, bytes) -> sender.secrets().signed(bytes, BODY)))
                .map(Sender::name);
    }
}
