package io.throughline.store.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.measure.CaseLoad;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.measure.Kpis;
import io.throughline.domain.measure.Workload;
import io.throughline.store.PostgresExtension;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That neither a figure of a day nor what waits is read by going through a whole table, by PostgreSQL's own count of that, on two years of facts. */
class MeasureIndexTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final Clock NOW = Clock.fixed(BEGIN.plus(Duration.ofDays(729)), ZoneOffset.UTC);
    private static final List<String> BIG = List.of(
            "customer_order",
            "fulfillment_order",
            "effect",
            "support_case",
            "journal",
            "stock_movement",
            "store_sale_version",
            "request_tally",
            "inbox_message");

    /** Without the triggers, which would look at each row. */
    @BeforeAll
    static void twoYearsOfFacts() {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("set session_replication_role = replica");
            handle.createScript("""
                    create temporary table moment as
                        select n, timestamptz '2025-01-01T00:00:00Z' + n * interval '15 minutes' as at
                        from generate_series(1, 70000) n;
                    insert into customer_order (id, account, external_id, channel, name, status, payment, posting, received_at, changed_at)
                        select 'O-' || n, 'northwind', n, 'WEB', n, case when n % 1000 = 0 then 'VALIDATED' else 'COMPLETED' end,
                            'CAPTURED', 'CONFIRMED', at, at from moment;
                    insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines)
                        select 'O-' || n || '-F1', 'O-' || n, 1, 'WH-EAST', 'SHIPPING', 'SHIPPED', '[]' from moment;
                    insert into effect (account, subject, line, operation, intent, purpose, state, system, token, attempts, receipt, changed_at)
                        select 'tryton', 'O-' || n, 'O-' || n, 'announce', 1, 'once', 'SUCCEEDED', 'TRYTON', n, 1, '{}', at from moment;
                    insert into support_case (account, subject, step, code, detail, fingerprint, status, opened_at, at_risk_at, due_at, closed_at)
                        select 'northwind', 'O-' || n, 'facility.observe O-' || n || '-F1', 'FACILITY_SILENT', '', '',
                            case when n % 1000 = 0 then 'OPEN' else 'CLOSED' end, at, at, at, case when n % 1000 > 0 then at end from moment;
                    insert into journal (reference, order_id, kind, business_date, currency, status, document_number, stored_at)
                        select 'J-' || n, 'O-' || n, case when n % 10 = 0 then 'REVERSAL' else 'INVOICE' end, at, 'USD',
                            case when n % 1000 = 0 then 'PENDING' else 'CONFIRMED' end, n, at from moment;
                    insert into stock_movement (sku, facility, quantity, kind, source, source_id, occurred_at, recorded_at, stated, ordinal, net)
                        select 'S-' || n % 100, 'WH-EAST', 0, case when n % 10 = 0 then 'COUNT' else 'SALE' end, 'square', n, at, at, 1, n, 1
                        from moment;
                    insert into store_sale_version (facility, id, version, sold_on, body, heard_at)
                        select 'ST-HARBOR', n, 1, 'day', '{}', at from moment;
                    insert into request_tally (slot, method, route, within_ms, failed, requests)
                        select at, 'GET', '/v1/orders', 5, false, n from moment;
                    insert into inbox_message (account, topic, event_id, subject, body, received_at, state)
                        select 'northwind', 'orders/paid', n, 'O-' || n, '', at, case when n % 1000 = 0 then 'PENDING' else 'DONE' end
                        from moment;
                    insert into inbox_subject (subject) select 'O-' || n from moment;
                    """).execute();
            BIG.forEach(table -> handle.execute("vacuum analyze " + table));
            handle.execute("vacuum analyze inbox_subject");
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFigureOfADayIsReadFromIndexes(Kpi kpi) {
        Instant from = BEGIN.plus(Duration.ofDays(600));
        KpiScope scope = KpiScope.everything(from, from.plus(Duration.ofDays(1)));
        POSTGRES.tables().useHandle(handle -> {
            Kpis kpis = new PostgresKpis(on(handle), SampleServiceLevels.anHour(), NOW);

            assertThat(wholeTables(
                            handle,
                            () -> assertThat(kpis.read(kpi, scope).measured()).isPositive()))
                    .isEmpty();
        });
    }

    @Test
    void whatWaitsIsReadFromIndexes() {
        POSTGRES.tables().useHandle(handle -> {
            Workload workload =
                    new PostgresWorkload(on(handle), POSTGRES.database().eventDeliveries(), NOW);

            assertThat(wholeTables(handle, () -> {
                        assertThat(workload.backlogs())
                                .filteredOn(backlog -> backlog.waiting() == 70)
                                .hasSize(4);
                        assertThat(workload.cases()).extracting(CaseLoad::open).containsExactly(70L);
                        assertThat(workload.deadLetters()).isZero();
                    }))
                    .isEmpty();
        });
    }

    /** On the connection whose scans are counted. */
    private static Transactions on(Handle handle) {
        return new Transactions(Jdbi.create(handle.getConnection()).installPlugin(new PostgresPlugin()));
    }

    /** Those of the big tables that were gone through. */
    private static List<String> wholeTables(Handle handle, Runnable reading) {
        Map<String, Long> before = scans(handle);
        reading.run();
        Map<String, Long> after = scans(handle);
        return BIG.stream()
                .filter(table -> !after.get(table).equals(before.get(table)))
                .toList();
    }

    private static Map<String, Long> scans(Handle handle) {
        handle.execute("select pg_stat_force_next_flush()");
        handle.execute("select pg_stat_clear_snapshot()");
        return handle
                .createQuery("select relname, seq_scan from pg_stat_user_tables")
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
