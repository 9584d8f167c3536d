package io.throughline.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.TestingSpans;
import io.throughline.store.Database;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages are stored once, and come in the order of their subject. */
@Timeout(60)
class InboxTest extends InboxFixture {
    @Test
    void anEventIsStoredOncePerAccountAndTopic() {
        assertThat(store("e1", "order/northwind/1")).isTrue();
        assertThat(store("e1", "order/northwind/1")).isFalse();
        assertThat(inbox.store(SHOP, "orders/paid", "e1", "order/northwind/1", "{}"))
                .isTrue();
        assertThat(inbox.store(SampleAccounts.SHOP_JP, "orders/updated", "e1", "order/northwind-jp/1", "{}"))
                .isTrue();
    }

    @Test
    void oneEventThatComesManyTimesAtOnceIsStoredOnce() throws Exception {
        assertThat(Together.run(12, i -> store("same", "order/northwind/1"))).containsOnlyOnce(true);
    }

    @Test
    void messagesComeInTheirOrderAndOnce() {
        store("e1", "order/northwind/1");
        store("e2", "order/northwind/2");
        store("e3", "order/northwind/1");

        drain(inbox, message -> done(message));

        assertThat(handled).containsExactly("e1", "e2", "e3");
        assertThat(inbox.dispatchNext(message -> done(message))).isFalse();
    }

    @Test
    void aMessageTellsWithinWhichSpanItWasStored() {
        TestingSpans spans = new TestingSpans();
        spans.tracer().begin("webhook", SpanKind.SERVER, Optional.empty(), () -> store("traced", "order/northwind/8"));

        inbox.dispatchNext(message -> {
            assertThat(message.storedBy()).contains(spans.named("webhook").self());
            return done(message);
        });

        assertThat(handled).containsExactly("traced");
        assertThat(POSTGRES.database()
                        .trace()
                        .of(OrderId.of(new OrderKey(SHOP, "8")).value()))
                .singleElement()
                .extracting(entry -> entry.detail().get("traceId"))
                .isEqualTo(spans.named("webhook").self().traceId());
    }

    @Test
    void aMessageTellsWhatWasStored() {
        inbox.store(SHOP, "orders/create", "e9", "order/northwind/9", "{\"id\": 9}");

        inbox.dispatchNext(message -> {
            assertThat(message)
                    .usingRecursiveComparison()
                    .ignoringFields("id")
                    .isEqualTo(new InboxMessage(
                            0,
                            SHOP,
                            "orders/create",
                            "e9",
                            "order/northwind/9",
                            "{\"id\": 9}",
                            POSTGRES.clock().instant(),
                            0));
            assertThat(inbox.find(message.id())).contains(message);
            return done(message);
        });

        assertThat(handled).containsExactly("e9");
    }

    @Test
    void storingNeverWaitsForAMessageThatIsBeingHandled() {
        store("e1", "order/northwind/1");

        inbox.dispatchNext(message -> {
            assertThat(store("e2", "order/northwind/1")).isTrue();
            assertThat(inbox.dispatchNext(other -> done(other)))
                    .as("its subject is locked")
                    .isFalse();
            return done(message);
        });

        assertThat(inbox.dispatchNext(message -> done(message))).isTrue();
        assertThat(handled).containsExactly("e1", "e2");
    }

    @Test
    void manyDispatchersKeepEachSubjectsOrderAcrossProcesses() throws Exception {
        Map<String, List<String>> bySubject = new ConcurrentHashMap<>();
        Set<String> busy = ConcurrentHashMap.newKeySet();
        List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
        Inbox.Handler handler = message -> {
            if (!busy.add(message.subject())) {
                overlaps.add(message.subject());
            }
            bySubject
                    .computeIfAbsent(message.subject(), subject -> Collections.synchronizedList(new ArrayList<>()))
                    .add(message.eventId());
            assertThat(inbox.find(message.id())).isPresent();
            busy.remove(message.subject());
            return new Handling.Done();
        };

        try (Database other = POSTGRES.open()) {
            Together.run(12, i -> {
                if (i < 4) {
                    for (int n = 0; n < 30; n++) {
                        store("s" + i + "/" + n, "order/northwind/" + i);
                    }
                } else {
                    drain(i % 2 == 0 ? inbox : other.inbox(), handler);
                }
                return true;
            });
            drain(inbox, handler);
        }

        assertThat(overlaps).isEmpty();
        for (int i = 0; i < 4; i++) {
            String prefix = "s" + i + "/";
            assertThat(bySubject.get("order/northwind/" + i))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 30).mapToObj(n -> prefix + n).toList());
        }
    }

    @Test
    void handlersMayUseTheDatabaseAllAtOnce() throws Exception {
        for (int i = 0; i < 40; i++) {
            store("e" + i, "order/northwind/5" + i);
        }

        Together.run(20, i -> {
            drain(inbox, message -> {
                POSTGRES.database().orders().hint(keyOf(message), Channel.ONLINE, SamplePolicies.RULES);
                return done(message);
            });
            return true;
        });

        assertThat(handled).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void whatCameInIsToldInTheOrdersLine() {
        OrderKey key = SampleOrder.freshKey();
        store("e-" + key.externalId(), key.workflowId());

        inbox.dispatchNext(message -> {
            POSTGRES.database().orders().hint(key, Channel.ONLINE, SamplePolicies.RULES);
            assertThat(orderIsSeenByOthers(key))
                    .as("the process that is woken must find it")
                    .isTrue();
            return done(message);
        });

        assertThat(POSTGRES.database().trace().of(OrderId.of(key).value()))
                .extracting(TraceEntry::kind)
                .containsExactly("order.received", "inbox.handled");
    }

    private static boolean orderIsSeenByOthers(OrderKey key) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select true from customer_order where external_id = ?", key.externalId())
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    private static OrderKey keyOf(InboxMessage message) {
        return new OrderKey(message.account(), message.subject().substring("order/northwind/".length()));
    }
}
