package io.throughline.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretsTest {
    /** The second test case of RFC 4231. */
    private static final byte[] SIGNATURE =
            HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

    private static final byte[] MESSAGE = "what do ya want for nothing?".getBytes(UTF_8);

    private final SharedSecrets secrets = SharedSecrets.of(List.of("another", "Jefe"));

    @Test
    void oneOfTheSecretsIsEnough() {
        assertThat(secrets.signed(SIGNATURE, MESSAGE)).isTrue();
        assertThat(SharedSecrets.of(List.of("another")).signed(SIGNATURE, MESSAGE))
                .isFalse();
    }

    @Test
    void partsAreSignedOneAfterTheOther() {
        assertThat(secrets.signed(SIGNATURE, "what do ya want ".getBytes(UTF_8), "for nothing?".getBytes(UTF_8)))
                .isTrue();
        assertThat(secrets.signed(SIGNATURE, "for nothing?".getBytes(UTF_8), "what do ya want ".getBytes(UTF_8)))
                .isFalse();
    }

    @Test
    void blanksAroundASignatureAreNothing() {
        assertThat(SharedSecrets.signature(" AQI= ")).hasValue(new byte[] {1, 2});
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no Base64!", "A"})
    void whatIsNoSignatureIsNone(String header) {
        assertThat(SharedSecrets.signature(header)).isEmpty();
    }
}
