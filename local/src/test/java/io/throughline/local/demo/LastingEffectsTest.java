package io.throughline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LastingEffectsTest {
    @Test
    void aQuotationThatWasTakenBackMayBeMadeAgain() {
        assertThat(lasting("quote A", "draft A", "quote A", "draft A", "quote A"))
                .containsExactly("quote A");
    }

    @Test
    void oneThatWasDoneTwiceStillShows() {
        assertThat(lasting("quote A", "quote A", "draft A", "quote A")).containsExactly("quote A", "quote A");
        assertThat(lasting("quote A", "draft A", "quote A", "quote A")).containsExactly("quote A", "quote A");
    }

    @Test
    void anotherOrdersDraftTakesNothingBack() {
        assertThat(lasting("quote A", "draft B", "quote A")).containsExactly("quote A", "draft B", "quote A");
    }

    private static List<String> lasting(String... effects) {
        List<JsonNode> rows = Stream.of(effects)
                .map(effect -> effect.split(" ", 2))
                .map(words -> (JsonNode) Json.object()
                        .put("operation", "sale.sale." + words[0])
                        .put("subject", words[1])
                        .put("key", words[1]))
                .toList();
        return LastingEffects.of(rows).stream()
                .map(row -> row.path("operation").asText().substring("sale.sale.".length()) + " "
                        + row.path("subject").asText())
                .toList();
    }
}
