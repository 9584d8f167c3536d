package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.intervention.Attention.Forsaken;
import io.throughline.domain.intervention.Attention.OpenOrder;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.OrderRules;
import io.throughline.store.Database;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttentionTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final AccountId account =
            AccountId.of("a" + UUID.randomUUID().toString().substring(0, 8));
    private final Attention attention = POSTGRES.database().attention();

    @Test
    void openOrdersComePageByPageEachOnce() {
        Set<OrderKey> all = Set.of(heard("1"), heard("2"), heard("3"), heard("4"), heard("5"));
        Instant later = POSTGRES.clock().instant().plus(Duration.ofHours(1));
        List<OrderKey> found = new ArrayList<>();
        String mark = "";
        do {
            Attention.Page page = attention.openOrders(mark, later, 2);
            page.orders().stream()
                    .map(OpenOrder::key)
                    .filter(key -> key.account().equals(account))
                    .forEach(found::add);
            mark = page.next();
        } while (!mark.isEmpty());

        assertThat(found).containsExactlyInAnyOrderElementsOf(all);
        assertThat(attention.openOrders("", Instant.EPOCH, 10).orders()).isEmpty();
    }

    @Test
    void anOrderWhoseNewsWaitsForItsTurnIsNotMissedYet() {
        OrderKey waiting = heard("8");
        OrderKey other = heard("9");
        Instant soon = POSTGRES.clock().instant().plus(Duration.ofMinutes(1));
        assertThat(POSTGRES.database().inbox().store(account, "orders/create", "8", waiting.workflowId(), "{}"))
                .isTrue();

        assertThat(openOnes(soon)).containsExactly(other);
        assertThat(openOnes(soon.plus(Duration.ofMinutes(10))))
                .as("it has waited for long")
                .containsExactlyInAnyOrder(waiting, other);
    }

    private List<OrderKey> openOnes(Instant until) {
        return attention.openOrders("", until, 10_000).orders().stream()
                .map(OpenOrder::key)
                .filter(key -> key.account().equals(account))
                .toList();
    }

    @Test
    void tellsWhichOrdersAreOpenAndWhichAreOver() {
        OrderKey open = heard("6");
        OrderKey unknown = new OrderKey(account, "unknown");

        assertThat(attention.open(List.of(open, unknown))).containsExactly(open);
        assertThat(attention.over(List.of(open, unknown), POSTGRES.clock().instant()))
                .containsExactly(unknown);
        assertThat(attention.keyOf(OrderId.of(open))).contains(open);
        assertThat(attention.keyOf(OrderId.of(unknown))).isEmpty();
    }

    @Test
    void ofManyProcessesOneHasTheTurn() {
        String sweep = "sweep-" + account;

        long had = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> attention.take(sweep, Duration.ofHours(1))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .filter(turn -> turn.isPresent())
                .count();

        assertThat(had).isOne();
        attention.reached(sweep, "here");
        assertThat(attention.take(sweep, Duration.ofHours(1))).isEmpty();
        String quick = sweep + "-quick";
        assertThat(attention.take(quick, Duration.ZERO)).contains("");
        attention.reached(quick, "here");
        assertThat(attention.take(quick, Duration.ZERO)).contains("here");
    }

    @Test
    void whatNoProcessHasTakenInIsOverdueAndPagedByItsAge() {
        OrderKey first = heard("11");
        OrderKey second = heard("12");
        OrderKey third = heard("13");
        readSince(second);
        Instant later = POSTGRES.clock().instant().plus(Duration.ofMinutes(1));

        assertThat(overdue(later)).containsExactlyInAnyOrder(first, third);
        assertThat(overdue(POSTGRES.clock().instant()))
                .as("it has only just been heard of")
                .isEmpty();
        assertThat(POSTGRES.database().inbox().store(account, "orders/updated", "11", first.workflowId(), "{}"))
                .isTrue();
        assertThat(overdue(later)).as("its news waits for its turn").containsExactly(third);
        ended(third);
        assertThat(overdue(later)).isEmpty();
        assertThat(overdue(later.plus(Duration.ofMinutes(10))))
                .as("it has waited for long")
                .containsExactly(first);
    }

    @Test
    void whoseNewsWaitsForItsTurnKeepsNobodyBehindThemFromBeingSeen() {
        for (int number = 21; number <= 24; number++) {
            OrderKey ahead = heard(Integer.toString(number));
            POSTGRES.database().inbox().store(account, "orders/updated", "t" + number, ahead.workflowId(), "{}");
        }
        OrderKey last = heard("25");
        Instant later = POSTGRES.clock().instant().plus(Duration.ofMinutes(1));

        assertThat(overdue(later)).containsExactly(last);
    }

    @Test
    void anOrderWithMuchWorkThatIsLateHidesNoOther() {
        Instant now = POSTGRES.clock().instant();
        OrderKey much = heard("31");
        OrderKey later = heard("32");
        readSince(much);
        readSince(later);
        for (int ordinal = 1; ordinal <= 4; ordinal++) {
            work(much, ordinal, now.minus(Duration.ofMinutes(9)));
        }
        work(later, now.minus(Duration.ofMinutes(5)));

        assertThat(overdue(now)).contains(much, later);
    }

    @Test
    void workThatShouldHaveGotOnIsOverdueUntilItDoes() {
        OrderKey order = heard("14");
        readSince(order);
        Instant now = POSTGRES.clock().instant();
        work(order, now.minus(Duration.ofMinutes(5)));

        assertThat(overdue(now)).containsExactly(order);
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update fulfillment_order set status = 'SHIPPED' where order_id = ?",
                        OrderId.of(order).value()));
        assertThat(overdue(now)).isEmpty();
    }

    @Test
    void anEffectIsForsakenOnceItsHolderIsSilentAndUntilItsLeaseIsOver() {
        OrderKey order = heard("15");
        Database other = POSTGRES.open();
        other.effectHolder().alive();
        EffectLedger ledger = other.effects();
        EffectKey effect = ledger.intend(SampleAccounts.ERP, OrderId.of(order).value(), "announce", "order");
        long token = ((EffectLedger.Claim.Held)
                        ledger.claim(effect, OutsideSystem.TRYTON, "request", Duration.ofSeconds(165)))
                .token();
        assertThat(attention.forsaken(Duration.ofSeconds(20), 10)).isEmpty();

        POSTGRES.tables()
                .useHandle(handle ->
                        handle.execute("update effect_holder set seen_at = clock_timestamp() - interval '30 seconds'"));

        assertThat(attention.forsaken(Duration.ofSeconds(20), 10))
                .singleElement()
                .satisfies(found -> assertThat(found.order().key()).isEqualTo(order))
                .satisfies(found -> assertThat(found.operation()).isEqualTo("announce"))
                .extracting(Forsaken::account)
                .isEqualTo(SampleAccounts.ERP);
        ledger.succeed(effect, token, Receipt.of("2026/1"));
        assertThat(attention.forsaken(Duration.ofSeconds(20), 10)).isEmpty();
        other.close();
    }

    private List<OrderKey> overdue(Instant until) {
        List<OrderKey> found = new ArrayList<>();
        String mark = "";
        do {
            Attention.OverduePage page = attention.overdue(mark, until, 2);
            page.orders().stream()
                    .map(late -> late.order().key())
                    .filter(key -> key.account().equals(account))
                    .forEach(found::add);
            mark = page.next();
        } while (!mark.isEmpty());
        return found;
    }

    private static void readSince(OrderKey order) {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update customer_order set hinted_at = null where id = ?",
                        OrderId.of(order).value()));
    }

    private static void ended(OrderKey order) {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "update customer_order set status = 'CANCELLED' where id = ?",
                        OrderId.of(order).value()));
    }

    private static void work(OrderKey order, Instant deadline) {
        work(order, 1, deadline);
    }

    private static void work(OrderKey order, int ordinal, Instant deadline) {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        """
                insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, deadline)
                values (?, ?, ?, 'SOHO', 'SHIP', 'RELEASED', '[]', ?)
                """,
                        OrderId.of(order) + "-F" + ordinal,
                        OrderId.of(order).value(),
                        ordinal,
                        deadline.atOffset(ZoneOffset.UTC)));
    }

    private OrderKey heard(String number) {
        OrderKey key = new OrderKey(account, number);
        POSTGRES.database().orders().hint(key, Channel.ONLINE, new OrderRules("standard-1", Set.of()));
        return key;
    }
}
