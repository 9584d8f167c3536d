package io.throughline.store.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuild;
import io.throughline.domain.rebuild.Rebuilds;
import io.throughline.domain.trace.Trace;
import io.throughline.store.Database;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What follows from facts is as they say again, whatever was done to it, and nobody who reads or writes meanwhile notices. */
class RebuildsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(16);

    private static final String LINKS = "select id, subject from trace_link order by 1, 2";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Rebuilds rebuilds = POSTGRES.database().rebuilds();
    private final Trace trace = POSTGRES.database().trace();
    private final TraceWriter writer = new TraceWriter(POSTGRES.clock());
    private final Transactions transactions = new Transactions(POSTGRES.tables());

    @Test
    void everyReadModelCanBeAskedForByItsWord() {
        for (ReadModel model : ReadModel.values()) {
            assertThat(ReadModel.of(model.word())).contains(model);
            Rebuild through = Rebuilding.through(POSTGRES, model);
            assertThat(through.endedAt()).as(model.word()).isPresent();
            assertThat(through.percent()).isEqualTo(100);
        }
        assertThat(rebuilds.underWay()).isEmpty();
    }

    @Test
    void namesFollowFromTheLines() {
        Rebuilding.through(POSTGRES, ReadModel.NAMES);
        OrderId order = POSTGRES.stored(SampleOrder.of(SampleOrder.freshKey()).build());
        POSTGRES.database()
                .cases()
                .open(SampleAccounts.SHOP, order.value(), "erp.invoice", FailureCode.ERP_REJECTED, "no");
        trace.link("past-an-entry", order.value());
        named(order.value(), "keyed", "once-" + order);
        named(order.value(), "keyed", "again-" + order);

        Rebuilding.mends(
                POSTGRES,
                ReadModel.NAMES,
                LINKS,
                12,
                "delete from trace_link where subject = '" + order + "' and id not like 'once-%'",
                "insert into trace_link (id, subject) values ('of-nobody', '" + order
                        + "'), ('past-an-entry', 'O-0000000000')");

        assertThat(trace.lookup("past-an-entry")).contains(order.value());
        assertThat(trace.lookup("again-" + order)).contains(order.value());
        assertThat(trace.lookup("of-nobody")).isEmpty();
        assertThat(trace.firstBroken(order.value())).isEmpty();
    }

    @Test
    void whatWasLeftInTheMidstGoesOnInAnotherProcess() {
        Rebuilding.through(POSTGRES, ReadModel.NAMES);
        for (int line = 0; line < 450; line++) {
            named("many/" + line, "named", "many-" + line);
        }
        List<Map<String, Object>> before = Rebuilding.rows(POSTGRES, LINKS);
        POSTGRES.tables().useHandle(handle -> handle.execute("delete from trace_link where id like 'many-%'"));

        Rebuild asked = rebuilds.ask(ReadModel.NAMES, "Ada (key 1)");
        assertThat(rebuilds.turn(ReadModel.NAMES)).isTrue();
        assertThat(rebuilds.ask(ReadModel.NAMES, "Grace (key 2)").askedAt())
                .as("the same")
                .isEqualTo(asked.askedAt());
        assertThat(rebuilds.latest(ReadModel.NAMES).orElseThrow().checked()).isPositive();
        try (Database other = POSTGRES.open()) {
            while (other.rebuilds().turn(ReadModel.NAMES)) {}
        }

        assertThat(Rebuilding.rows(POSTGRES, LINKS)).isEqualTo(before);
        Rebuild through = rebuilds.latest(ReadModel.NAMES).orElseThrow();
        assertThat(through.differed()).isEqualTo(450);
        assertThat(through.mended()).isEqualTo(450);
        assertThat(through.askedBy()).isEqualTo("Ada (key 1)");
        assertThat(trace.of("recovery/rebuild").getLast().detail()).containsEntry("mended", "450");
    }

    /** Whoever names things meanwhile loses no name, and who looks one up that is right finds it at any moment. */
    @Test
    void namesAreMadeAnewBesideWhoeverWritesAndReads() throws Exception {
        named("steady", "named", "steady-name");
        POSTGRES.tables().useHandle(handle -> handle.execute("""
                insert into trace_link (id, subject)
                select 'false-' || n || '-' || k, 'busy/' || n from generate_series(1, 4) n, generate_series(1, 25) k
                """));
        Together.run(6, number -> {
            if (number == 0) {
                Rebuilding.through(POSTGRES, ReadModel.NAMES);
            } else if (number == 1) {
                for (int look = 0; look < 300; look++) {
                    assertThat(trace.lookup("steady-name")).contains("steady");
                }
            } else {
                String line = "busy/" + (number - 1);
                for (int entry = 1; entry <= 25; entry++) {
                    named(line, "e" + entry, "false-" + (number - 1) + "-" + entry);
                }
            }
            return true;
        });

        assertThat(Rebuilding.through(POSTGRES, ReadModel.NAMES).differed())
                .as("all that was told by then is there")
                .isZero();
        for (int line = 1; line <= 4; line++) {
            for (int entry = 1; entry <= 25; entry++) {
                assertThat(trace.lookup("false-" + line + "-" + entry)).contains("busy/" + line);
            }
            assertThat(trace.firstBroken("busy/" + line)).isEmpty();
        }
    }

    @Test
    void whoseMessagesWaitFollowsFromTheMessages() {
        for (String subject : List.of("order/rebuilt/1", "order/rebuilt/2", "order/rebuilt/3")) {
            POSTGRES.database().inbox().store(SampleAccounts.SHOP, "test", subject, subject, "{}");
        }
        POSTGRES.database().inbox().store(SampleAccounts.SHOP, "test", "second", "order/rebuilt/2", "{}");
        POSTGRES.tables().useHandle(handle -> handle.execute("""
                        update inbox_message set state = 'DEAD' where event_id = 'order/rebuilt/2'
                        """));
        POSTGRES.tables()
                .useHandle(handle ->
                        handle.execute("update inbox_subject set parked = true where subject = 'order/rebuilt/2'"));

        Rebuilding.mends(
                POSTGRES,
                ReadModel.INBOX,
                "select subject, parked from inbox_subject order by 1",
                3,
                "delete from inbox_subject where subject = 'order/rebuilt/1'",
                "update inbox_subject set parked = not parked where subject in ('order/rebuilt/2', 'order/rebuilt/3')");

        assertThat(POSTGRES.dispatched())
                .extracting(message -> message.subject())
                .containsExactlyInAnyOrder("order/rebuilt/1", "order/rebuilt/3");
    }

    @Test
    void aSubjectThatADispatcherIsAtIsLeftToIt() throws Exception {
        POSTGRES.database().inbox().store(SampleAccounts.SHOP, "test", "held", "order/held/1", "{}");
        POSTGRES.database().inbox().dispatchNext(message -> {
            POSTGRES.tables().useHandle(handle -> handle.execute("""
                    insert into inbox_message (account, topic, event_id, subject, body, received_at, state)
                    values ('northwind', 'test', 'dead', 'order/held/1', '{}', now(), 'DEAD')
                    """));
            Rebuild beside = Rebuilding.through(POSTGRES, ReadModel.INBOX);
            assertThat(beside.left()).isEqualTo(1);
            return new Handling.Done();
        });

        assertThat(Rebuilding.through(POSTGRES, ReadModel.INBOX).mended()).isEqualTo(1);
        POSTGRES.tables().useHandle(handle -> handle.execute("delete from inbox_message where event_id = 'dead'"));
        Rebuilding.through(POSTGRES, ReadModel.INBOX);
    }

    @Test
    void causesFollowFromWhatCasesSay() {
        for (int number = 1; number <= 3; number++) {
            POSTGRES.database()
                    .cases()
                    .open(
                            SampleAccounts.SHOP,
                            "cause/" + number,
                            "erp.invoice",
                            FailureCode.ERP_REJECTED,
                            "no tax " + number);
        }

        Rebuilding.mends(
                POSTGRES,
                ReadModel.CAUSES,
                "select number, fingerprint from support_case order by 1",
                2,
                "update support_case set fingerprint = '0123456789abcdef' where subject in ('cause/1', 'cause/3')");
    }

    @Test
    void theVersionThatHoldsIsTheLast() {
        OrderId order = POSTGRES.stored(SampleOrder.of(SampleOrder.freshKey()).build());
        POSTGRES.stored(SampleOrder.of(SampleOrder.freshKey()).build());

        Rebuilding.mends(
                POSTGRES,
                ReadModel.ORDERS,
                "select id, version, version_number from customer_order order by 1",
                1,
                "update customer_order set version_number = 7, version = '2020-01-01' where id = '" + order + "'");
    }

    /** Past the triggers, as a restore of some of the tables would have it. */
    @Test
    void balancesAreComparedAndLeftAsTheyAre() {
        Sku sku = Sku.of("REBUILT-" + NUMBERS.incrementAndGet());
        POSTGRES.inventory()
                .record(new Movement(
                        SampleFacilities.WH_EAST,
                        sku,
                        9,
                        Movement.Kind.RECEIPT,
                        StockSource.PEOPLE,
                        "rebuilt-" + sku,
                        POSTGRES.clock().instant()));
        assertThat(Rebuilding.through(POSTGRES, ReadModel.BALANCES).differed()).isZero();
        behindTheTriggers("update stock_balance set on_hand = 7, reserved = 2 where facility = 'WH-EAST' and sku = '"
                + sku + "'");

        Rebuild compared = Rebuilding.through(POSTGRES, ReadModel.BALANCES);

        assertThat(compared.differed()).isEqualTo(2);
        assertThat(compared.mended()).isZero();
        assertThat(compared.apart())
                .containsExactly(
                        "ON_HAND of " + sku + " at WH-EAST: the balance says 7, the facts come to 9",
                        "RESERVED of " + sku + " at WH-EAST: the balance says 2, the facts come to 0");
        behindTheTriggers("delete from stock_balance where facility = 'WH-EAST' and sku = '" + sku + "'");
        assertThat(Rebuilding.through(POSTGRES, ReadModel.BALANCES).apart())
                .containsExactly("ON_HAND of " + sku + " at WH-EAST: the balance says 0, the facts come to 9");
        behindTheTriggers("insert into stock_balance (sku, facility, on_hand) values ('" + sku + "', 'WH-EAST', 9)");
    }

    private static void behindTheTriggers(String sql) {
        POSTGRES.tables().useTransaction(handle -> {
            handle.execute("set local session_replication_role = replica");
            handle.execute(sql);
        });
    }

    private void named(String line, String key, String name) {
        transactions.run(handle -> writer.append(handle, line, key, "test.named", "named", Map.of(), List.of(name)));
    }

    @Test
    void whoAskedIsToldInTheAudit() {
        Rebuilding.through(POSTGRES, ReadModel.CAUSES);

        assertThat(POSTGRES.database().audit().acts(Optional.of("Ada (key 1)"), Optional.empty(), 500))
                .anySatisfy(act -> {
                    assertThat(act.kind()).isEqualTo("recovery.rebuild-asked");
                    assertThat(act.detail()).containsEntry("model", "causes");
                });
    }
}
