package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.intervention.Attention.OpenOrder;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.OrderRules;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
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

    private OrderKey heard(String number) {
        OrderKey key = new OrderKey(account, number);
        POSTGRES.database().orders().hint(key, Channel.ONLINE, new OrderRules("standard-1", Set.of()));
        return key;
    }
}
