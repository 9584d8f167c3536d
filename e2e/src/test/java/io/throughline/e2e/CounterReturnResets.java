package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.local.demo.OverTheCounter;
import java.util.ArrayList;
import java.util.List;

/** Takes back over a counter what a till has sold, and resets the process of its money: while the payout is to be reported, and once it has ended. */
final class CounterReturnResets {
    private static final String SOLD_BY = "LDOWNTOWN";
    private static final String STORE = "ST-HARBOR";
    private static final String SKU = "NW-CAP-NVY";

    /** The return's id is the one parameter of each. */
    private static final List<String> FACTS = List.of("""
            select 'closed ' || (closed_at is not null) || ', booked ' || booked from counter_return where id = ?
            """, """
            select 'part ' || way || ' ' || amount || ' ' || currency || ', given ' || (given_at is not null)
                || ', by us ' || coalesce(ours::text, 'not yet') || ', confirmed ' || (confirmed_at is not null)
            from counter_return_part where return_id = ? order by number
            """, """
            select 'entry in its day, taken back ' || taken_back || ', times ' || count(*)
            from store_day_entry where sale_id = ? group by taken_back
            """, """
            select 'stock ' || kind || ' ' || sku || ' at ' || facility || ': ' || sum(quantity) || ', times ' || count(*)
            from stock_movement where position(? in source_id) > 0 group by kind, sku, facility order by kind
            """, """
            select 'effect ' || operation || ' ' || purpose || ' ' || state || ', times ' || count(*)
            from effect where line = ? group by operation, purpose, state order by operation, purpose
            """, """
            select 'case ' || code || ' ' || status from support_case where subject = ? order by code
            """);

    /** All that its day has told the books, of others' sales too. */
    private static final String BOOKS = """
            select 'journal ' || journal.kind || ' ' || reference || ' ' || journal.status || ': '
                || string_agg(role || ' ' || detail || ' ' || debit || ' ' || credit, ', ' order by journal_line.number)
            from journal join journal_line using (reference)
            where store_day in (select store_day from store_day_entry where sale_id = ?)
            group by journal.reference order by journal.reference
            """;

    private final House house;
    private final Histories histories;
    private final Resets resets;

    CounterReturnResets(House house, Histories histories, Resets resets) {
        this.house = house;
        this.histories = histories;
        this.resets = resets;
    }

    void reset() throws InterruptedException {
        OverTheCounter twin = takenBack("CASH");
        twin.isPaidOut();
        awaitDone(twin);
        OverTheCounter coins = takenBack("CASH");
        resetWaiting(coins);
        coins.isPaidOut();
        awaitDone(coins);
        assertThat(traces(coins)).isNotEmpty().isEqualTo(traces(twin));
        resetEnded(coins);

        OverTheCounter card = takenBack("CARD");
        JsonNode ended = awaitDone(card);
        resetEnded(card);
        assertThat(card.refundsAtSquare(ended.at("/parts/0/reference").asText()))
                .isEqualTo(1);
    }

    private OverTheCounter takenBack(String tender) throws InterruptedException {
        String receipt = OverTheCounter.sold(house.stage(), SOLD_BY, tender, SKU);
        return OverTheCounter.takenBack(house.stage(), receipt, STORE);
    }

    /** To each task of the run that waits for the store's report. */
    private void resetWaiting(OverTheCounter one) {
        // It is begun by the message of what was taken back, which is handled a moment later.
        Resets.await(
                "the process of return " + one.id(),
                () -> !histories.runs("WorkflowId = '" + process(one) + "'").isEmpty());
        Resets.await(
                "return " + one.id() + " to wait for its payout",
                () -> histories.waitingFor(process(one)).contains("**Payout:** to be reported by"));
        WorkflowExecution waiting = run(one);
        resets.awaitRest("return " + one.id(), waiting);
        for (long boundary : resets.boundaries(waiting)) {
            for (boolean withSignals : List.of(true, false)) {
                resets.awaitRest(
                        "return " + one.id() + ", reset to " + boundary, resets.reset(waiting, boundary, withSignals));
            }
        }
        resets.tell("a payout was waited for again from each task");
    }

    private void resetEnded(OverTheCounter one) {
        WorkflowExecution ended = run(one);
        List<String> before = traces(one);
        List<String> books = books(one);
        List<Long> boundaries = resets.boundaries(ended);
        for (long boundary : boundaries) {
            for (boolean withSignals : List.of(true, false)) {
                resets.awaitCompletion(
                        "return " + one.id() + ", ended, reset to " + boundary,
                        resets.reset(ended, boundary, withSignals));
            }
        }
        assertThat(traces(one)).isEqualTo(before);
        assertThat(books(one)).isNotEmpty().isEqualTo(books);
        resets.tell("return " + one.id() + " ended the same again from each of its " + boundaries.size() + " tasks");
    }

    /** Its money is given, and its store's day has it in the books. */
    private JsonNode awaitDone(OverTheCounter one) throws InterruptedException {
        JsonNode ended = one.end();
        resets.awaitCompletion("return " + one.id(), run(one));
        Resets.await(
                "the day of return " + one.id() + " to be posted",
                () -> Facts.number(house.stack(), """
                select count(*) from store_day_entry join store_day_summary day
                    on day.store_day = store_day_entry.store_day and day.number = store_day_entry.summary
                where sale_id = ? and day.settled_at is not null
                """, one.id()) == 1);
        return ended;
    }

    private List<String> traces(OverTheCounter one) {
        List<String> traces = new ArrayList<>();
        FACTS.forEach(facts -> traces.addAll(Facts.texts(house.stack(), facts, one.id())));
        return traces;
    }

    private List<String> books(OverTheCounter one) {
        return Facts.texts(house.stack(), BOOKS, one.id());
    }

    private WorkflowExecution run(OverTheCounter one) {
        return histories.latest(process(one));
    }

    private static String process(OverTheCounter one) {
        return new CounterReturnId(one.id()).workflowId();
    }
}
