package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.OpenProcesses;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of each kind one that is open and many that have ended: only what is open is given, and read. */
class OpenProcessesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final List<String> OPEN = List.of(
            "return/northwind/O-0000000007-R1",
            "counter-return/RC-0000000007",
            "reroute/O-0000000007-F1/1",
            "store-day/ST-7/2026-11-20",
            "store-day/ST-8/2026-11-20",
            "stock-import/I-7");

    private final OpenProcesses processes = POSTGRES.database().openProcesses();

    /** All of one moment, so that nothing but their names tells them apart. */
    @BeforeAll
    static void fill() {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("""
                    insert into customer_order (id, account, external_id, channel, name, status, payment, posting,
                        received_at, changed_at)
                    select 'O-' || lpad(i::text, 10, '0'), 'northwind', 'many-' || i, 'ONLINE', 'many', 'COMPLETED',
                        'CAPTURED', 'CONFIRMED', ?, ? from generate_series(1, 20000) i
                    """, at(Duration.ZERO), at(Duration.ZERO));
            handle.execute("""
                    insert into goods_return (id, order_id, ordinal, order_version, policy, refund_first, asked_by,
                        authorised_at, due_at, closed_at)
                    select id || '-R1', id, 1, 1, 'returns-1', false, 'test', ?, ?,
                        case when id <> 'O-0000000007' then cast(? as timestamptz) end
                    from customer_order
                    """, at(Duration.ZERO), at(Duration.ofDays(30)), at(Duration.ZERO));
            handle.execute("""
                    insert into counter_return (id, client, idempotency_key, body_hash, store, policy, refund_to, asked_by,
                        taken_at, taxes_included, refund, needs_second_person, blind, closed_at)
                    select 'RC-' || lpad(i::text, 10, '0'), 'till', 'k-' || i, 'hash', 'ST-1', 'returns-1', 'STORE_CREDIT',
                        'clerk', ?, false, '{}', false, '{}', case when i <> 7 then cast(? as timestamptz) end
                    from generate_series(1, 20000) i
                    """, at(Duration.ZERO), at(Duration.ZERO));
            handle.execute("""
                    insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines)
                    select id || '-F1', id, 1, 'SOHO', 'SHIP', 'SHIPPED', '[]' from customer_order
                    """);
            handle.execute("""
                    insert into reroute (id, work_id, number, order_id, cause, lines, status, opened_at, changed_at, ended_at)
                    select id || '-1', id, 1, order_id, 'SILENT', '[]',
                        case when order_id = 'O-0000000007' then 'OPENED' else 'KEPT' end, ?, ?,
                        case when order_id <> 'O-0000000007' then cast(? as timestamptz) end
                    from fulfillment_order
                    """, at(Duration.ZERO), at(Duration.ZERO), at(Duration.ZERO));
            handle.execute("""
                    insert into store_day (id, facility, business_date, policy, closes_at, grace, late_sales,
                        closed_periods, summaries, waiting_since)
                    select 'store-day/ST-' || i || '/2026-11-20', 'ST-' || i, date '2026-11-20', 'days-1', ?, interval '0',
                        'SUPPLEMENT', 'REFUSE', 1, case when i = 7 then cast(? as timestamptz) end
                    from generate_series(1, 20000) i
                    """, at(Duration.ZERO), at(Duration.ZERO));
            handle.execute("""
                    insert into store_day_summary (store_day, number, closed_at, settled_at)
                    select id, 1, ?, case when facility <> 'ST-8' then cast(? as timestamptz) end from store_day
                    """, at(Duration.ZERO), at(Duration.ZERO));
            handle.execute("""
                    insert into stock_import (account, facility, name, sequence, mode, unnamed, state, digest, received_at,
                        ended_at)
                    select 'wms', 'ST-1', 'counts', i, 'DELTA', 'UNTOUCHED', case when i = 7 then 'BOOKING' else 'DONE' end,
                        'digest', ?, case when i <> 7 then cast(? as timestamptz) end from generate_series(1, 20000) i
                    """, at(Duration.ZERO), at(Duration.ZERO));
            handle.execute("""
                    analyze customer_order, goods_return, counter_return, fulfillment_order, reroute, store_day,
                        store_day_summary, stock_import
                    """);
        });
    }

    @Test
    void whatIsOpenComesPageByPageEachOnce() {
        assertThat(all(1)).containsExactlyInAnyOrderElementsOf(OPEN);
        assertThat(all(2)).containsExactlyInAnyOrderElementsOf(OPEN);
        assertThat(all(100)).containsExactlyInAnyOrderElementsOf(OPEN);
        assertThat(processes.page("", now(), 100).workflowIds())
                .as("it has only just begun")
                .isEmpty();
    }

    /** It is begun by that, and is no more missed than an order is. */
    @Test
    void whoseNewsWaitsForItsTurnIsPassedOverAndHidesNobodyBehindIt() {
        String waiting = OPEN.getFirst();
        POSTGRES.database().inbox().store(AccountId.of("northwind"), "throughline/return", "r-7", waiting, "{}");
        try {
            assertThat(all(1)).hasSize(OPEN.size() - 1).doesNotContain(waiting);
        } finally {
            POSTGRES.tables().useHandle(handle -> handle.execute("update inbox_message set state = 'DONE'"));
        }
    }

    @Test
    void whatHasEndedIsNotRead() {
        String plan = String.join("\n", POSTGRES.tables().withHandle(OpenProcessesTest::plan));

        assertThat(plan)
                .contains(
                        "goods_return_open",
                        "counter_return_open",
                        "reroute_open_by_age",
                        "store_day_waiting",
                        "store_day_summary_open",
                        "stock_import_booking")
                .doesNotContain(
                        "Seq Scan on customer_order",
                        "Seq Scan on goods_return",
                        "Seq Scan on counter_return",
                        "Seq Scan on reroute",
                        "Seq Scan on store_day",
                        "Seq Scan on stock_import");
    }

    private static List<String> plan(Handle handle) {
        return handle.createQuery("explain (costs off) " + PostgresOpenProcesses.OPEN)
                .bind("until", at(LONG))
                .bind("lately", at(Duration.ZERO))
                .bind("since", Instant.EPOCH.toString())
                .bind("id", "")
                .bind("limit", 250)
                .mapTo(String.class)
                .list();
    }

    private List<String> all(int limit) {
        List<String> found = new ArrayList<>();
        String mark = "";
        do {
            OpenProcesses.Page page = processes.page(mark, now().plus(Duration.ofMinutes(1)), limit);
            found.addAll(page.workflowIds());
            mark = page.next();
        } while (!mark.isEmpty());
        return found;
    }

    private static Instant now() {
        return POSTGRES.clock().instant();
    }

    private static OffsetDateTime at(Duration fromNow) {
        return now().plus(fromNow).atOffset(ZoneOffset.UTC);
    }
}
