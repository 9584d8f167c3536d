package io.throughline.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CaseFiles.Search;
import io.throughline.domain.intervention.CaseFiles.Sequence;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.ServiceLevel;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sixty days of orders and thousands of open cases: nothing that a page of the console shows is found by reading a large table from its beginning to
 * its end. {@code ./throughline bench console} measures the same with a million orders.
 */
class ConsoleAtScaleTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final String READER = "reader";
    private static final int LARGE = 10_000;
    private static final Duration DAY = Duration.ofDays(1);

    /** By the number of an order: spread over sixty days, the higher numbers last. */
    private static final String AT =
            "(cast('" + PostgresExtension.START + "' as timestamptz) - make_interval(secs => (24000 - n) * 216))";

    private static final String ID = "('O-' || upper(lpad(to_hex(n), 10, '0')))";
    private static final OrderId ORDER = new OrderId("O-%010X".formatted(12_000));

    @Test
    void nothingLargeIsReadFromItsBeginningToItsEnd() {
        POSTGRES.tables().useHandle(ConsoleAtScaleTest::fill);
        Map<String, Long> before = POSTGRES.tables().withHandle(ConsoleAtScaleTest::scans);
        assertThat(before).containsKeys("customer_order", "effect", "support_case", "journal", "goods_return");
        Map<String, Long> fetched = POSTGRES.tables().withHandle(ConsoleAtScaleTest::rowsFetched);

        // What a session has read is told when it ends; these are told apart from others by their user.
        DatabaseConfig config = POSTGRES.config();
        try (Database asked = Database.open(
                new DatabaseConfig(config.jdbcUrl(), READER, config.password(), 2),
                CasePolicies.usual(),
                POSTGRES.clock())) {
            overview(asked);
            cases(asked);
            lists(asked);
        }
        POSTGRES.tables().useHandle(ConsoleAtScaleTest::awaitReadersGone);

        assertThat(POSTGRES.tables().withHandle(ConsoleAtScaleTest::scans)).isEqualTo(before);
        // Of what is open there may be much; of all else an index that is read from end to end is no better than the
        // table.
        assertThat(POSTGRES.tables().withHandle(ConsoleAtScaleTest::rowsFetched))
                .allSatisfy((table, rows) -> assertThat(rows - fetched.getOrDefault(table, 0L))
                        .as(table)
                        .isLessThan(table.equals("support_case") ? 10 * LARGE : LARGE));
        Jdbi.create(config.jdbcUrl(), READER, config.password())
                .useHandle(handle -> handle.execute("select count(*) from customer_order where name like '%x'"));
        POSTGRES.tables().useHandle(ConsoleAtScaleTest::awaitReadersGone);
        assertThat(POSTGRES.tables().withHandle(ConsoleAtScaleTest::scans))
                .as("one that does so is noticed")
                .isNotEqualTo(before);
    }

    private static void overview(Database asked) {
        Instant now = POSTGRES.clock().instant();
        OrderFlow flow = asked.orderFlow();
        assertThat(asked.caseFiles().load()).isNotEmpty();
        assertThat(asked.caseFiles().groups(26)).hasSize(26);
        assertThat(flow.receivedSince(now.minus(DAY))).isNotEmpty();
        assertThat(flow.passed(now.minus(DAY), now).invoiced()).isPositive();
        assertThat(flow.passed(now.minus(DAY.multipliedBy(8)), now.minus(DAY)).received())
                .isGreaterThan(2_000);
        assertThat(flow.firstReceived()).isPresent();
        assertThat(asked.systemHealth().of(List.of(SampleAccounts.SHOP, SampleAccounts.ERP)))
                .hasSize(2);
        asked.systemControls().all();
        assertThat(asked.workload().backlogs()).isNotEmpty();
        asked.workload().feeds();
    }

    private static void cases(Database asked) {
        CaseFiles files = asked.caseFiles();
        List<CaseFile> urgent = files.list(search(CaseStatus.OPEN, Set.of(), Optional.empty(), Optional.empty()));
        assertThat(urgent).hasSize(101);
        files.list(search(CaseStatus.CLOSED, Set.of(), Optional.empty(), Optional.empty()));
        files.list(search(
                CaseStatus.OPEN,
                EnumSet.of(FailureCode.ERP_REJECTED, FailureCode.FACILITY_SILENT),
                Optional.of(ServiceLevel.BREACHED),
                Optional.empty()));
        Fingerprint cause = urgent.getFirst().cause();
        assertThat(files.list(search(CaseStatus.OPEN, Set.of(), Optional.empty(), Optional.of(cause))))
                .isNotEmpty();
        assertThat(files.group(cause)).isPresent();
        CaseFile one = files.find(urgent.getFirst().about().id()).orElseThrow();
        files.history(one.about());
        files.document(one.about(), files.exchange(one.about()));
        asked.cases().ofSubject(one.about().subject());
        assertThat(asked.cases().unclosedOf(EnumSet.of(FailureCode.PROCESS_MISSING), Optional.empty(), 500))
                .isEmpty();
        assertThat(asked.effects().ofSubject(one.about().subject())).isNotEmpty();
        asked.trace().of(one.about().subject());
        asked.bulkDecisions().running();
    }

    private static void lists(Database asked) {
        assertThat(asked.orders().recent(100)).hasSize(100);
        assertThat(asked.orders().view(ORDER)).isPresent();
        assertThat(asked.returns().recent(100)).hasSize(100);
        assertThat(asked.returns().ofOrder(ORDER)).hasSize(1);
        asked.journals().of(ORDER);
        assertThat(asked.openProcesses()
                        .page("", POSTGRES.clock().instant(), 250)
                        .workflowIds())
                .isNotEmpty();
        asked.orderReservations().of(ORDER);
        asked.exchanges().find(asked.returns().ofOrder(ORDER).getFirst().id());
        assertThat(asked.stock(SampleStockRules.plain()).transfers().recent(Optional.empty(), 100))
                .isEmpty();
        asked.audit().acts(Optional.empty(), Optional.empty(), 100);
        asked.audit().acts(Optional.of("SUPPORT (key 01234567)"), Optional.empty(), 100);
        asked.trace().lookup("N17");
    }

    private static Search search(
            CaseStatus status, Set<FailureCode> codes, Optional<ServiceLevel> level, Optional<Fingerprint> cause) {
        return new Search(
                Optional.of(status),
                codes,
                Optional.empty(),
                Optional.empty(),
                level,
                status == CaseStatus.OPEN ? Optional.of(false) : Optional.empty(),
                cause,
                Optional.empty(),
                status == CaseStatus.OPEN ? Sequence.MOST_URGENT_FIRST : Sequence.NEWEST_FIRST,
                101);
    }

    private static void fill(Handle handle) {
        handle.execute("create role " + READER + " superuser login password 'postgres'");
        handle.execute("set session_replication_role = replica");
        handle.execute(written("""
                insert into customer_order (id, account, external_id, channel, name, status, payment, posting, received_at,
                    changed_at)
                select {id}, 'northwind', 'N' || n, 'ONLINE', '#' || n,
                    case when n % 50 = 0 then 'IN_FULFILLMENT' else 'COMPLETED' end, 'CAPTURED', 'CONFIRMED', {at}, {at}
                from generate_series(1, 24000) n
                """));
        handle.execute(written("""
                insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, allocated_at)
                select {id} || '-F1', {id}, 1, 'SOHO', 'SHIPPING', 'SHIPPED', '[]', {at} from generate_series(1, 24000) n
                """));
        handle.execute(written("""
                insert into effect (account, subject, line, operation, intent, purpose, state, system, token, receipt, code,
                    attempts, changed_at)
                select 'tryton-northwind', {id}, {id}, 'invoice', 1, 'once',
                    case when n % 200 = 0 then 'REFUSED' else 'SUCCEEDED' end, 'TRYTON', n,
                    case when n % 200 > 0 then '{"reference":"R","details":{}}'::jsonb end,
                    case when n % 200 = 0 then 'ERP_REJECTED' end, 1, {at}
                from generate_series(1, 24000) n
                """));
        handle.execute(written("""
                insert into inbox_message (account, topic, event_id, subject, body, received_at, attempts, state)
                select 'northwind', 'orders/create', 'E' || n, 'order/northwind/N' || n, '{}', {at}, 1, 'DONE'
                from generate_series(1, 24000) n
                """));
        handle.execute(written("""
                insert into journal (reference, order_id, kind, business_date, currency, status, document_number, stored_at)
                select {id} || '-F1', {id}, 'INVOICE', {at}::date, 'USD', 'CONFIRMED', 'INV-' || n, {at}
                from generate_series(1, 24000) n
                """));
        handle.execute(written("""
                insert into support_case (account, subject, step, code, detail, status, opened_at, due_at, at_risk_at,
                    closed_at, outcome, fingerprint, stake, stake_currency)
                select 'tryton-northwind', {id}, 'erp.invoice order',
                    (array['ERP_REJECTED', 'ERP_PERIOD_CLOSED', 'REFUND_MISSING', 'FACILITY_SILENT'])[1 + n % 4],
                    'of cause ' || n % 40, case when n % 5 = 0 then 'OPEN' else 'CLOSED' end, {at},
                    {at} + interval '8 hours', {at} + interval '6 hours', case when n % 5 > 0 then {at} end,
                    case when n % 5 > 0 then 'gone' end, lpad(to_hex(n / 5 % 40), 16, '0'), 2990, 'USD'
                from generate_series(1, 24000) n
                """));
        handle.execute(written("""
                insert into goods_return (id, order_id, ordinal, order_version, policy, refund_first, asked_by,
                    authorised_at, due_at, closed_at)
                select {id} || '-R1', {id}, 1, 1, 'returns-1', false, 'SUPPORT (key 01234567)', {at},
                    {at} + interval '14 days', case when n % 20 > 0 then {at} end
                from generate_series(1, 24000) n
                """));
        handle.execute("vacuum analyze");
    }

    private static String written(String statement) {
        return statement.replace("{id}", ID).replace("{at}", AT);
    }

    /** How often each large table has been read so. */
    private static Map<String, Long> scans(Handle handle) {
        Map<String, Long> scans = new TreeMap<>();
        handle.createQuery("select relname, seq_scan from pg_stat_user_tables where n_live_tup > " + LARGE)
                .map((row, context) -> Map.entry(row.getString("relname"), row.getLong("seq_scan")))
                .forEach(table -> scans.put(table.getKey(), table.getValue()));
        return scans;
    }

    /** How many rows of each large table have been found by an index, and looked at. */
    private static Map<String, Long> rowsFetched(Handle handle) {
        Map<String, Long> rows = new TreeMap<>();
        handle.createQuery("select relname, idx_tup_fetch from pg_stat_user_tables where n_live_tup > " + LARGE)
                .map((row, context) -> Map.entry(row.getString("relname"), row.getLong("idx_tup_fetch")))
                .forEach(table -> rows.put(table.getKey(), table.getValue()));
        return rows;
    }

    /** A session that was left ends on its own time. */
    private static void awaitReadersGone(Handle handle) {
        for (int look = 0; look < 200; look++) {
            long left = handle.createQuery("select count(*) from pg_stat_activity where usename = :reader")
                    .bind("reader", READER)
                    .mapTo(Long.class)
                    .one();
            if (left == 0) {
                return;
            }
            handle.execute("select pg_sleep(0.05)");
        }
        throw new IllegalStateException("sessions that were left do not end");
    }
}
