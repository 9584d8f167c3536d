package io.throughline.bench;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.policy.OrderRules;
import io.throughline.store.Database;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the pages of the console read, of two months of a large retailer: each order with its content, its work, two calls to systems, two
 * entries of its line, its message and its journal; cases of which one in four is open, over forty causes, and what people did about
 * them; returns, those over counters, and transfers; balances of all stores. It is filled in steps, and what was filled before is not
 * filled again.
 */
record ConsoleFacts(int orders, int openCases, int closedCases) {
    static final ConsoleFacts WHOLE = new ConsoleFacts(1_000_000, 50_000, 150_000);
    static final ConsoleFacts SMALL = new ConsoleFacts(50_000, 5_000, 15_000);
    static final int CAUSES = 40;
    static final int SKUS = 500;

    /** One order of so many comes back, and as often goods go from a store to another. */
    private static final int RETURNED_OF = 20;

    void fill(BenchDatabase database, PrintStream out) throws SQLException {
        try (Database opened = database.open()) {
            Order order = order();
            opened.orders().hint(order.key(), Channel.ONLINE, new OrderRules("standard-3", Set.of()));
            opened.orders().accept(order, PersonalData.none(), Instant.now());
        }
        out.printf("  filling %,d orders and %,d open cases%n", orders, openCases);
        for (Map.Entry<String, String> step : steps().entrySet()) {
            Instant began = Instant.now();
            if (database.fillOnce(orders + " " + step.getKey(), step.getValue())) {
                out.printf(
                        Locale.ROOT,
                        "  %-20s %6.1f s%n",
                        step.getKey(),
                        Duration.between(began, Instant.now()).toMillis() / 1000.0);
            }
        }
        database.fill("vacuum analyze");
    }

    Map<String, String> steps() {
        Map<String, String> steps = new LinkedHashMap<>();
        steps.put("orders", """
                insert into customer_order (id, account, external_id, channel, name, status, payment, posting, version,
                    version_number, received_at, changed_at)
                select {id}, 'northwind', 'N' || n, 'ONLINE', '#' || n,
                    case when n % 50 = 0 then 'IN_FULFILLMENT' when n % 97 = 0 then 'CANCELLED' else 'COMPLETED' end,
                    case when n % 50 = 0 then 'AUTHORIZED' else 'CAPTURED' end,
                    case when n % 50 = 0 then 'PENDING' else 'CONFIRMED' end, {at}, 1, {at}, {at}
                from generate_series(1, {orders}) n
                """);
        steps.put("content", """
                insert into order_version (order_id, number, version, body, stored_at)
                select {id}, 1, {at}, model.body, {at}
                from generate_series(1, {orders}) n, (select body from order_version limit 1) model
                """);
        steps.put("work", """
                insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, allocated_at)
                select {id} || '-F1', {id}, 1, 'ST-' || to_char(1 + n % {stores}, 'FM000'), 'SHIPPING',
                    case when n % 50 = 0 then 'PICKING' else 'SHIPPED' end,
                    '[{"lineId":"L1","sku":"SKU-00001","quantity":1}]', {at}
                from generate_series(1, {orders}) n
                """);
        steps.put("calls", """
                insert into effect (account, subject, line, operation, intent, purpose, state, system, token, receipt,
                    code, attempts, changed_at)
                select 'tryton-northwind', {id}, {id}, operation, 1, 'once',
                    case when n % 200 = 0 and operation = 'invoice' then 'REFUSED' else 'SUCCEEDED' end, 'TRYTON', n,
                    case when n % 200 = 0 and operation = 'invoice' then null
                        else '{"reference":"R","details":{}}'::jsonb end,
                    case when n % 200 = 0 and operation = 'invoice' then 'ERP_REJECTED' end, 1, {at}
                from generate_series(1, {orders}) n, unnest(array['announce', 'invoice']) operation
                """);
        steps.put("messages", """
                insert into inbox_message (account, topic, event_id, subject, body, received_at, attempts, state)
                select 'northwind', 'orders/create', 'E' || n, 'order/northwind/N' || n, '{}', {at}, 1, 'DONE'
                from generate_series(1, {orders}) n
                """);
        steps.put("journals", """
                insert into journal (reference, order_id, kind, business_date, currency, status, document_number,
                    stored_at)
                select {id} || '-F1', {id}, 'INVOICE', {at}::date, 'USD', 'CONFIRMED', 'INV-' || n, {at}
                from generate_series(1, {orders}) n
                """);
        steps.put("lines of journals", """
                insert into journal_line (reference, number, role, detail, currency, debit, credit)
                select {id} || '-F1', line, case line when 1 then 'RECEIVABLE' else 'REVENUE' end, '', 'USD',
                    case line when 1 then 2990 else 0 end, case line when 1 then 0 else 2990 end
                from generate_series(1, {orders}) n, generate_series(1, 2) line
                """);
        steps.put("names", """
                insert into trace_link (id, subject) select 'N' || n, {id} from generate_series(1, {orders}) n
                """);
        steps.put("first entries", """
                insert into trace_entry (subject, seq, body, hash)
                select line, 1, body, sha256(convert_to(body, 'UTF8'))
                from (select {id} as line, {body 1} as body from generate_series(1, {orders}) n) told
                """);
        steps.put("second entries", """
                insert into trace_entry (subject, seq, body, hash)
                select first.subject, 2, told.body, sha256(first.hash || convert_to(told.body, 'UTF8'))
                from (select {id} as line, {body 2} as body from generate_series(1, {orders}) n) told
                    join trace_entry first on first.subject = told.line and first.seq = 1
                """);
        steps.put("heads of lines", """
                insert into trace_subject (subject, seq, hash)
                select subject, 2, hash
                from trace_entry join generate_series(1, {orders}) n on subject = {id} and seq = 2
                """);
        steps.put("open cases", cases(1, openCases, "'OPEN'", "null"));
        steps.put("closed cases", cases(openCases + 1, openCases + closedCases, "'CLOSED'", "{at}"));
        steps.put("returns", """
                insert into goods_return (id, order_id, ordinal, order_version, policy, refund_first, asked_by,
                    authorised_at, due_at, closed_at)
                select {id} || '-R1', {id}, 1, 1, 'returns-1', false, 'SUPPORT (key 01234567)', {at},
                    {at} + interval '14 days',
                    case when n / {returned} % 10 <> 0 then {at} + interval '9 days' end
                from generate_series({returned}, {orders}, {returned}) n
                """);
        steps.put("lines of returns", """
                insert into return_line (return_id, number, line_id, sku, reason, authorised)
                select {id} || '-R1', 1, 'L1', 'SKU-00001', 'DOES_NOT_FIT', 1
                from generate_series({returned}, {orders}, {returned}) n
                """);
        steps.put("transfers", """
                insert into stock_transfer (id, client, idempotency_key, body_hash, from_facility, to_facility, status,
                    policy, rule, within_seconds, keep, tolerance, expected_at, settled, requested_by, requested_at,
                    changed_at)
                select 'T' || substr({id}, 2), 'bench', n::text, 'hash', 'ST-' || to_char(1 + n % {stores}, 'FM000'),
                    'ST-' || to_char(1 + (n + 1) % {stores}, 'FM000'),
                    case when n % 3 = 0 then 'SENT' else 'RECEIVED' end, 'stock-1', 'between-stores', 172800, 0, 0,
                    {at} + interval '2 days', n % 3 > 0, 'SUPPORT (key 01234567)', {at}, {at}
                from generate_series({returned}, {orders}, {returned}) n
                """);
        steps.put("lines of transfers", """
                insert into stock_transfer_line (transfer, sku, requested, sent, received)
                select 'T' || substr({id}, 2), 'SKU-' || to_char(1 + n % {skus}, 'FM00000'), 3, 3,
                    case when n % 3 = 0 then 0 else 3 end
                from generate_series({returned}, {orders}, {returned}) n
                """);
        steps.put("counter returns", """
                insert into counter_return (id, client, idempotency_key, body_hash, sale_facility, sale_id, store,
                    policy, refund_to, asked_by, taken_at, taxes_included, refund, needs_second_person, booked,
                    closed_at)
                select {counter}, 'bench', n::text, 'hash', 'ST-' || to_char(1 + n % {stores}, 'FM000'), 'S' || n,
                    'ST-' || to_char(1 + n % {stores}, 'FM000'), 'returns-1', 'ORIGINAL', 'STORE (key 01234567)', {at},
                    false, '{"currency":"USD","presentmentCurrency":"USD","entries":[{"step":"GOODS","lineId":"1",
                        "sku":"SKU-00001","title":"A mug","quantity":1,"price":{price},"discount":{nothing},
                        "amount":{price},"taxes":[]}],"tenders":[{"payment":"1","gateway":"cash",
                        "amount":{"shop":{price},"presentment":{price}}}]}', false, 1, {at}
                from generate_series({returned}, {orders}, {returned}) n
                """);
        steps.put("lines over counters", """
                insert into counter_return_line (return_id, number, sold_line, sku, title, quantity, reason, grade,
                    disposition)
                select {counter}, 1, 1, 'SKU-00001', 'A mug', 1, 'DOES_NOT_FIT', 'NEW', 'RESTOCK'
                from generate_series({returned}, {orders}, {returned}) n
                """);
        steps.put("money over counters", """
                insert into counter_return_part (return_id, number, payment, gateway, amount, currency, way, reference,
                    ours, given_by, given_at, confirmed_at)
                select {counter}, 1, '1', 'cash', 2990, 'USD', 'COUNTER', 'P' || n, false, 'STORE (key 01234567)',
                    {at}, {at}
                from generate_series({returned}, {orders}, {returned}) n
                """);
        steps.put("balances", """
                insert into stock_balance (sku, facility, on_hand, reserved)
                select 'SKU-' || to_char(sku, 'FM00000'), 'ST-' || to_char(store, 'FM000'), 5 + (sku + store) % 20, 0
                from generate_series(1, {skus}) sku, generate_series(1, {stores}) store
                """);
        steps.replaceAll((name, sql) -> written(sql));
        return steps;
    }

    private static String cases(int first, int last, String status, String closed) {
        return """
                insert into support_case (account, subject, step, code, detail, status, opened_at, due_at, at_risk_at,
                    closed_at, outcome, fingerprint, stake, stake_currency)
                select 'tryton-northwind', {id}, 'erp.invoice order',
                    (array['ERP_REJECTED', 'ERP_PERIOD_CLOSED', 'STOCK_DISCREPANCY', 'REFUND_MISSING',
                        'FACILITY_SILENT'])[1 + n % 5],
                    'the ERP knows no product of cause ' || n % {causes}, {status}, {at},
                    now() + make_interval(hours => n % 96 - 24), now(), {closed},
                    case when {status} = 'CLOSED' then 'gone' end, lpad(to_hex(n % {causes}), 16, '0'), 2990, 'USD'
                from generate_series({first}, {last}) n
                """.replace("{status}", status)
                .replace("{closed}", closed)
                .replace("{first}", Integer.toString(first))
                .replace("{last}", Integer.toString(last));
    }

    /** As the schema's own function writes it, so that the chain holds together. */
    private static String body(int seq, String detail) {
        return """
                json_build_object('subject', {id}, 'seq', {seq}, 'key', null,
                    'at', to_char({at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'kind', 'order.status',
                    'summary', 'status is VALIDATED', 'detail', {detail})::text""".replace("{seq}", Integer.toString(seq)).replace("{detail}", detail);
    }

    /** With the name of order {@code n}, and its time: spread over sixty days, the higher numbers last. */
    private String written(String sql) {
        return sql.replace("{body 1}", body(1, "'{\"from\":\"RECEIVED\"}'::json"))
                .replace("{body 2}", body(2, """
                        case when n % 5 = 0 then '{"actor":"SUPPORT (key 01234567)"}'::json
                            else '{"from":"RECEIVED"}'::json end"""))
                .replace("{price}", "{\"minor\":2990,\"currency\":\"USD\"}")
                .replace("{nothing}", "{\"minor\":0,\"currency\":\"USD\"}")
                .replace("{counter}", "('RC-' || substr({id}, 3))")
                .replace("{id}", "('O-' || upper(lpad(to_hex(n), 10, '0')))")
                .replace("{at}", "(now() - make_interval(secs => ({orders} - n) * 60 * 86400.0 / {orders}))")
                .replace("{orders}", Integer.toString(orders))
                .replace("{returned}", Integer.toString(RETURNED_OF))
                .replace("{stores}", Integer.toString(BigRetailer.STORES))
                .replace("{skus}", Integer.toString(SKUS))
                .replace("{causes}", Integer.toString(CAUSES));
    }

    static String id(int number) {
        return "O-%010X".formatted(number);
    }

    /** One of those that come back, and of the transfers. */
    int returned(SplittableRandom random) {
        return RETURNED_OF * (1 + random.nextInt(orders / RETURNED_OF));
    }

    private static Order order() {
        CurrencyCode dollars = CurrencyCode.of("USD");
        Money nothing = Money.zero(dollars);
        Money price = Money.of("29.90", dollars);
        OrderKey key = new OrderKey(AccountId.of("northwind"), "MODEL");
        return new Order(
                key,
                "#MODEL",
                Channel.ONLINE,
                Instant.EPOCH,
                Instant.EPOCH,
                dollars,
                dollars,
                true,
                List.of(new OrderLine("L1", Sku.of("SKU-00001"), "A mug", 1, price, nothing, List.of(), true, false)),
                List.of(),
                nothing,
                nothing,
                nothing,
                MoneyBag.of(price),
                List.of(),
                List.of(new Delivery(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new LineQuantity("L1", Sku.of("SKU-00001"), 1)))),
                Optional.empty(),
                CustomerRef.of(OrderId.of(key)),
                List.of(),
                Optional.empty());
    }
}
