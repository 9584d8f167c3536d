package io.throughline.api.console.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.console.Tone;
import io.throughline.api.trace.TraceView.Entry;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What of an order's trace is drawn. */
final class StepsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Steps steps = new Steps(new SampleAccounts());

    @Test
    void goodsThatAreSentToTheStoreAreDrawnWhereTheyAre() {
        assertThat(drawn("work.allocated", "work.goods-sent", "work.goods-arrived", "work.arrived", "work.handed-over"))
                .containsExactly(
                        "Facilities: Allocated",
                        "Facilities: Goods sent to store",
                        "Facilities: Goods at store",
                        "Customer: At the store",
                        "Facilities: Handed over");
    }

    @Test
    void soIsWhatGoesElsewhereAndWhatComesBack() {
        assertThat(drawn("reroute.opened", "reroute.offered", "reroute.answered", "reroute.ended"))
                .containsExactly(
                        "Throughline: Reroute begun",
                        "Customer: Choice offered",
                        "Customer: Choice made",
                        "Throughline: Reroute ended");
        assertThat(drawn("return.authorised", "return.received", "return.inspected", "refund.issued", "return.closed"))
                .containsExactly(
                        "Throughline: Return authorised",
                        "Facilities: Goods came back",
                        "Facilities: Goods inspected",
                        "Channel: Money given back",
                        "Throughline: Return closed");
        assertThat(drawn("return.exchange-owed", "return.exchange-paid", "return.exchange-ordered"))
                .containsExactly(
                        "Customer: Exchange to be paid", "Customer: Exchange paid", "Throughline: Exchange ordered");
    }

    @Test
    void soIsWhatAMarketplaceIsTold() {
        assertThat(drawn("marketplace.deadlines", "marketplace.acknowledged", "marketplace.shipped"))
                .containsExactly("Channel: Deadlines set", "Channel: Taken on", "Channel: Shipment told");
    }

    @Test
    void soIsThatAnOrderGoesOnAlthoughItWasToBeCancelled() {
        assertThat(drawn("order.cancel-requested", "work.kept", "order.cancel-declined"))
                .containsExactly(
                        "Channel: Cancellation asked for",
                        "Facilities: Not given back",
                        "Throughline: Cancellation declined");
    }

    @Test
    void whatStallsTheOrderComesLast() {
        Case open = new Case(
                new CaseId("C-1001"),
                SampleAccounts.SHOP,
                "O-7K2M9Q4XTA",
                "marketplace.ship",
                FailureCode.DEADLINE_AT_RISK,
                "by noon",
                CaseStatus.OPEN,
                NOON,
                NOON.plusSeconds(3600),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        List<Step> all = steps.of(entries("order.received", "work.released"), List.of(open));

        assertThat(all).hasSize(3);
        assertThat(all.getLast().stalled()).isTrue();
        assertThat(all.getLast().tone()).isEqualTo(Tone.BAD);
        assertThat(all.getLast().label()).isEqualTo("Deadline at risk");
    }

    private List<String> drawn(String... kinds) {
        return steps.of(entries(kinds), List.of()).stream()
                .map(step -> step.lane().label() + ": " + step.label())
                .toList();
    }

    private static List<Entry> entries(String... kinds) {
        return IntStream.range(0, kinds.length)
                .mapToObj(i ->
                        new Entry(i + 1L, NOON.plusSeconds(i), kinds[i], "told", Map.of(), "hash", Optional.empty()))
                .toList();
    }
}
