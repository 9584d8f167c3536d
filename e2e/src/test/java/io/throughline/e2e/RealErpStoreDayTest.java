package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.common.v1.WorkflowExecution;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.local.demo.Demo;
import io.throughline.local.demo.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.assertj.core.util.BigDecimalComparator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The recorded store day on a real Temporal server, with a real Tryton for an ERP: what it has booked is read from its own tables. What needs
 * the ERP's stand-in is named by the demonstration, and played by {@link DemoTest}; the reroutes are played by {@link StoreDayTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(1200)
final class RealErpStoreDayTest {
    /** No longer known what came of them, so that each call is made again, without a look beforehand. */
    private static final String FORGET_WHAT_THE_ERP_DID = """
            update effect set state = 'UNKNOWN', code = 'INTERNAL_ERROR', receipt = null, must_probe = false
            where account = 'tryton-northwind' and state = 'SUCCEEDED'
            """;

    /** An order that was cancelled is not announced once more, nor withdrawn, and a return that has ended has its facts. */
    private static final String NOT_ASKED_AGAIN = """
            select effect.subject || ' ' || effect.operation || ' ' || effect.state
            from effect join customer_order on customer_order.id = effect.line
            where effect.account = 'tryton-northwind' and effect.attempts > 0 and effect.state <> 'SUCCEEDED'
                and not (effect.operation in ('announce', 'withdraw') and customer_order.status = 'CANCELLED')
                and effect.subject !~ '-R[0-9]+$'
            """;

    private static final String DAYS_NOT_ASKED_AGAIN = """
            select subject || ' ' || operation || ' ' || state from effect
            where account = 'tryton-northwind' and subject like 'store-day/%' and state <> 'SUCCEEDED'
            """;

    private static final String WAITING = """
            select count(*) from store_day where waiting_since is not null
                or exists (select from store_day_summary where store_day = id and settled_at is null)
            """;

    /** Half a cent for each line that a foreign document of the day can have. */
    private static final BigDecimal FEW_CENTS = new BigDecimal("0.02");

    private House house;
    private Histories histories;
    private TrytonDatabase tryton;

    @BeforeAll
    void open() throws IOException, InterruptedException {
        requirePython();
        house = House.openWithRealTryton("real-erp");
        histories = new Histories(house.stack().temporal());
        tryton = new TrytonDatabase(house.stack().database());
    }

    @AfterAll
    void close() {
        if (house != null) {
            histories.close();
            house.close();
        }
    }

    /** Asked of the set-up's own script, so that both always agree. */
    private static void requirePython() throws IOException, InterruptedException {
        String script =
                House.project().resolve("connectors/tryton/real/tryton.sh").toString();
        boolean there = new ProcessBuilder("sh", script, "python")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        if (!there) {
            Untested.because(
                    "THE DEMO'S ORDERS ARE NOT TESTED ON A REAL TRYTON: there is no Python 3.10 or newer with venv"
                            + " on this machine");
        }
    }

    @Test
    @Order(1)
    void everyDocumentOfEveryOrderAndStoresDayIsBookedToTheCent() throws InterruptedException {
        assertThat(Demo.play(house.stack(), System.out)).isTrue();
        awaitDays();

        assertThat(days()).as("what the tills sold").isNotEmpty();
        assertBooksAreAsExpected();
    }

    /** As after a crash that took with it what the ERP had answered, and all processes begun anew. */
    @Test
    @Order(2)
    void playedTwiceEachOrderIsBookedOnce() {
        List<String> before = tryton.everything();
        assertThat(before).as("the orders of the test before").isNotEmpty();
        int forgotten = Facts.change(house.stack(), FORGET_WHAT_THE_ERP_DID);
        System.out.println("  " + forgotten + " calls to the ERP are forgotten");
        assertThat(forgotten)
                .as("calls, one at least for each document")
                .isGreaterThanOrEqualTo(tryton.booked().size());

        Facts.change(house.stack(), "update store_day_summary set settled_at = null");

        Beside.each(orders(), this::playAgain);
        Beside.each(days(), day -> playAgain(day.value()));
        Beside.each(
                Json.list(house.stage().api().get("/v1/returns?limit=500").path("returns")),
                returned -> playAgain(returned.path("workflowId").asText()));
        awaitDays();

        assertThat(Facts.texts(house.stack(), NOT_ASKED_AGAIN)).isEmpty();
        assertThat(Facts.texts(house.stack(), DAYS_NOT_ASKED_AGAIN)).isEmpty();
        assertThat(tryton.everything()).isEqualTo(before);
        assertBooksAreAsExpected();
    }

    private void playAgain(JsonNode order) {
        OrderKey key = new OrderKey(
                AccountId.of(order.path("account").asText()),
                order.path("externalId").asText());
        playAgain(key.workflowId());
    }

    private void playAgain(String process) {
        Resets resets = new Resets(histories);
        WorkflowExecution ended = histories.latest(process);
        long beginning = resets.boundaries(ended).getFirst();
        resets.awaitCompletion(process + ", played again", resets.reset(ended, beginning, true));
    }

    /** Until all that the tills sold is in the books. */
    private void awaitDays() {
        Resets.await("the stores' days to be posted", () -> Facts.number(house.stack(), WAITING) == 0);
    }

    private List<StoreDayId> days() {
        return Facts.texts(house.stack(), "select id from store_day order by id").stream()
                .map(day -> StoreDayId.of(day).orElseThrow())
                .toList();
    }

    private void assertBooksAreAsExpected() {
        List<String> ids =
                orders().stream().map(order -> order.path("orderId").asText()).toList();
        Map<String, Map<String, BigDecimal>> expected = ExpectedBooks.of(house.stage(), ids, days());
        Map<String, Map<String, BigDecimal>> booked = tryton.booked();

        assertThat(booked.keySet()).isNotEmpty().isEqualTo(expected.keySet());
        booked.forEach((document, lines) -> assertThat(lines)
                .as(document)
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimalComparator.BIG_DECIMAL_COMPARATOR, BigDecimal.class)
                .isEqualTo(expected.get(document)));
        assertThat(tryton.exchangeDifferences().values())
                .allSatisfy(left -> assertThat(left.values())
                        .allSatisfy(dollars -> assertThat(dollars.abs()).isLessThanOrEqualTo(FEW_CENTS)));
        assertThat(tryton.openReceivables()).isEmpty();
        System.out.println("  " + ids.size() + " orders and " + days().size() + " stores' days: a real Tryton's "
                + booked.size() + " documents equal our journals on each account to the cent");
    }

    private List<JsonNode> orders() {
        return Json.list(house.stage().api().get("/v1/orders?limit=500").path("orders")).stream()
                .sorted(Comparator.comparing(order -> order.path("orderId").asText()))
                .toList();
    }
}
