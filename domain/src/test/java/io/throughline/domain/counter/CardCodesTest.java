package io.throughline.domain.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CardCodesTest {
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final AccountId OTHER = AccountId.of("northwind-jp");
    private static final CardCodes CODES =
            new CardCodes(Map.of(SHOP, "a secret of gift cards", OTHER, "a secret of gift cards"));

    /** A card that was made must be found again by whoever has the secret, for ever. */
    @Test
    void followsFromReferenceAndSecretAlone() {
        assertThat(CODES.of(SHOP, "RC-7K2M9Q4XTA/1"))
                .isEqualTo(CODES.of(SHOP, "RC-7K2M9Q4XTA/1"))
                .matches("[2-9a-z]{16}")
                .isNotEqualTo(CODES.of(OTHER, "RC-7K2M9Q4XTA/1"))
                .isNotEqualTo(new CardCodes(Map.of(SHOP, "another secret of cards")).of(SHOP, "RC-7K2M9Q4XTA/1"));
    }

    @Test
    void noTwoReferencesHaveOneCode() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            codes.add(CODES.of(SHOP, "RC-" + i + "/1"));
        }

        assertThat(codes).hasSize(10_000);
    }

    @Test
    void withoutASecretThereIsNone() {
        assertThat(CODES.accounts()).containsExactlyInAnyOrder(SHOP, OTHER);
        assertThatThrownBy(() -> CODES.of(AccountId.of("bazaar"), "RC-1")).hasMessageContaining("bazaar");
        assertThatThrownBy(() -> new CardCodes(Map.of(SHOP, "short"))).hasMessageContaining("16 characters");
    }
}
