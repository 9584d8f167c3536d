package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A judge who misses a planted fault proves nothing. */
final class EffectJudgeTest {
    private static final Map<String, Long> CALLED_OFF = Map.of(
            "sale.sale.quote", 1L,
            "sale.sale.cancel", 1L,
            "fulfillmentOrderMove", 1L,
            "orderCancel", 1L,
            "POST /v2/orders", 1L,
            "POST /v2/orders/{id}/pay", 1L,
            "PUT /v2/orders/{id}", 1L,
            "mail", 1L);

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
        sample.placed.forEach(order ->
                sample.journals(order.id()).forEach(journal -> ((ObjectNode) journal).remove("documentNumber")));

        assertThat(judge(sample.rows))
                .hasSize(sample.placed.size() - 1)
                .allMatch(line -> line.contains("booked journals 0 times"));
    }

    @Test
    void moneyThatTheShopHasNotGivenBackIsFound() {
        transactions(Kind.REFUNDED).removeLast();

        assertThat(judge(sample.rows)).singleElement().asString().contains("given back [] instead of [35.06]");
    }

    @Test
    void moneyThatTheShopHasGivenBackTwiceIsFound() {
        transactions(Kind.REFUNDED).add(transactions(Kind.REFUNDED).getLast());

        assertThat(judge(sample.rows)).singleElement().asString().contains("given back [35.06, 35.06]");
    }

    @Test
    void moneyThatTheShopHasGivenBackInPartIsFound() {
        ((ObjectNode) transactions(Kind.REFUNDED).getLast().at("/amount_set/shop_money")).put("amount", "35.00");

        assertThat(judge(sample.rows)).singleElement().asString().contains("given back [35] instead of [35.06]");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFUNDED")
    void moneyThatWasNotToBeGivenBackIsFound(Kind kind) {
        transactions(kind).add(transactions(Kind.REFUNDED).getLast());

        assertThat(judge(sample.rows)).singleElement().asString().contains("given back [35.06] instead of []");
    }

    @ParameterizedTest
    @EnumSource(names = {"CALLED_OFF", "AUTHORISED"})
    void anAuthorisationThatIsNotEndedAsItShouldIsFound(Kind kind) {
        transactions(kind).removeLast();

        assertThat(judge(sample.rows)).isNotEmpty();
    }

    @Test
    void aRefundThatIsBookedToAnotherAmountIsFound() {
        ((ObjectNode) refundInErp().at("/detail/amount")).put("decimal", "35.00");

        assertThat(judge(sample.rows))
                .singleElement()
                .asString()
                .contains("booked as given back [35] instead of [35.06]");
    }

    @Test
    void aRefundThatIsBookedAsAnotherPaymentIsFound() {
        ((ObjectNode) refundInErp().path("detail")).put("kind", "receivable");

        assertThat(judge(sample.rows))
                .hasSize(2)
                .anyMatch(line -> line.contains("booked as taken [35.06, 35.06]"))
                .anyMatch(line -> line.contains("booked as given back []"));
    }

    @Test
    void aReversalThatLeavesMoneyInTheBooksIsFound() {
        ((ObjectNode) sample.moves().getLast().at("/lines/1")).put("accountCode", "1220");

        assertThat(judge(sample.rows))
                .singleElement()
                .asString()
                .contains("left in the books {1200=35.06, 1220=-35.06} instead of {}");
    }

    @Test
    void aReversalThatIsNotPostedIsFound() {
        ((ObjectNode) sample.moves().getLast()).put("state", "draft");

        assertThat(judge(sample.rows)).singleElement().asString().contains("left in the books");
    }

    @Test
    void aReversalThatIsMissingFromOurJournalsIsFound() {
        sample.journals(sample.of(Kind.REFUNDED).id()).removeLast();

        assertThat(judge(sample.rows)).anyMatch(line -> line.contains("REVERSAL journals 0 times instead of 1"));
    }

    @Test
    void aReversalThatIsTwiceInOurJournalsIsFound() {
        List<JsonNode> journals = sample.journals(sample.of(Kind.REFUNDED).id());
        journals.add(journals.getLast());

        assertThat(judge(sample.rows)).anyMatch(line -> line.contains("REVERSAL journals 2 times instead of 1"));
    }

    private List<JsonNode> transactions(Kind kind) {
        return sample.transactions(sample.of(kind));
    }

    private JsonNode refundInErp() {
        return sample.rows.stream()
                .filter(row -> row.at("/detail/kind").asText().equals("payable"))
                .findFirst()
                .orElseThrow();
    }

    /** Its effects are counted one by one, for no kind says what they are. */
    @Test
    void whatAnOrderOfItsOwnWayLeftOutOrDidTwiceIsFound() {
        Placed own = sample.of(Kind.CALLED_OFF);
        OwnWay way = new OwnWay(own, 0, CALLED_OFF);
        List<Placed> others =
                sample.placed.stream().filter(order -> !order.equals(own)).toList();
        assertThat(new EffectJudge(sample.rows, sample).judge(others, 0, List.of(way)))
                .isEmpty();
        List<JsonNode> effects = sample.rows.stream()
                .filter(row -> CALLED_OFF.containsKey(row.path("operation").asText()))
                .filter(row -> row.toString().contains(own.id().value())
                        || row.path("subject").asText().equals(own.channelId()))
                .toList();
        assertThat(effects).hasSameSizeAs(CALLED_OFF.keySet());

        for (JsonNode effect : effects) {
            List<JsonNode> less = new ArrayList<>(sample.rows);
            less.remove(effect);
            List<JsonNode> more = new ArrayList<>(sample.rows);
            more.add(((ObjectNode) effect.deepCopy())
                    .put("key", effect.path("key").asText() + "-2"));

            assertThat(new EffectJudge(less, sample).judge(others, 0, List.of(way)))
                    .as("without %s", effect)
                    .isNotEmpty();
            assertThat(new EffectJudge(more, sample).judge(others, 0, List.of(way)))
                    .as("twice %s", effect)
                    .isNotEmpty();
        }
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
