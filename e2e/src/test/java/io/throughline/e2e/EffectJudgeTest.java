package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A judge who misses a planted fault proves nothing. */
final class EffectJudgeTest {
    private final SampleLedger sample = SampleLedger.ofEveryKind();

    @Test
    void nothingIsFoundWhereAllIsWell() {
        assertThat(judge(sample.rows)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void anEffectThatIsMissingIsFound(int index) {
        List<JsonNode> rows = new ArrayList<>(sample.rows);
        JsonNode lost = rows.remove(index);

        assertThat(judge(rows)).as("%s", lost).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void anEffectThatIsThereTwiceIsFound(int index) {
        List<JsonNode> rows = new ArrayList<>(sample.rows);
        rows.add(rows.get(index));

        assertThat(judge(rows)).as("%s", rows.getLast()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void anEffectThatIsRepeatedUnderAnotherKeyIsFound(int index) {
        List<JsonNode> rows = new ArrayList<>(sample.rows);
        ObjectNode repeated = rows.get(index).deepCopy();
        rows.add(repeated.put("key", repeated.path("key").asText() + "-2"));

        assertThat(judge(rows)).as("%s", repeated).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orderCancel",
                "sale.sale.cancel",
                "refundCreate",
                "account.invoice.credit",
                "fulfillmentCreate",
                "mail"
            })
    void anEffectThatNobodyAskedForIsFound(String operation) {
        List<JsonNode> rows = new ArrayList<>(sample.rows);
        rows.add(Json.object()
                .put("operation", operation)
                .put("subject", "nobody's")
                .put("key", "nobody's"));

        assertThat(judge(rows)).hasSize(1);
    }

    @Test
    void aJournalThatTheErpDoesNotKnowIsFound() {
        EffectJudge.Orders unbooked = new EffectJudge.Orders() {
            @Override
            public JsonNode order(OrderId id) {
                return sample.order(id);
            }

            @Override
            public List<JsonNode> journals(OrderId id) {
                return sample.journals(id).stream()
                        .map(booked -> (JsonNode) Json.object())
                        .toList();
            }
        };

        assertThat(new EffectJudge(sample.rows, unbooked).judge(sample.placed))
                .hasSize(sample.placed.size() - 1)
                .allMatch(line -> line.contains("booked journals 0 times"));
    }

    /** Each row but those that only say that an order was placed. */
    static IntStream effects() {
        List<JsonNode> rows = SampleLedger.ofEveryKind().rows;
        return IntStream.range(0, rows.size())
                .filter(index -> !rows.get(index).path("operation").asText().startsWith("control:"));
    }

    private List<String> judge(List<JsonNode> rows) {
        return new EffectJudge(rows, sample).judge(sample.placed);
    }
}
