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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the pages of the console read, of two months of a large retailer: each order with its content, its work, two calls to systems and two
 * entries of its line; cases of which one in four is open, over forty causes, and what people did about them; balances of all stores.
 */
final class ConsoleFacts {
    static final int ORDERS = 1_000_000;
    static final int OPEN_CASES = 50_000;
    static final int CLOSED_CASES = 150_000;
    static final int CAUSES = 40;
    static final int SKUS = 500;

    private ConsoleFacts() {}

    static void fill(BenchDatabase database, PrintStream out) throws SQLException {
        try (Database opened = database.open()) {
            Order order = order();
            opened.orders().hint(order.key(), Channel.ONLINE, new OrderRules("standard-3", Set.of()));
            opened.orders().accept(order, PersonalData.none(), Instant.now());
        }
        out.printf("  filling %,d orders and %,d open cases%n", ORDERS, OPEN_CASES);
        database.fill(
                "insert into customer_order (id, account, external_id, channel, name, status, payment, posting,"
                        + " version, version_number,"
                        + " received_at,"
                        + " changed_at)"
                        + " select"
                        + " " + id("n") + ", 'northwind', 'N' || n, 'ONLINE', '#' || n, case when n % 50 = 0"
                        + " then 'IN_FULFILLMENT' when n % 97 = 0 then 'CANCELLED' else"
                        + " 'COMPLETED' end, case when n % 50 = 0 then 'AUTHORIZED' else"
                        + " 'CAPTURED' end, case when n % 50 = 0 then 'PENDING' else"
                        + " 'CONFIRMED'"
                        + " end,"
                        + " " + at("n") + ", 1, " + at("n") + ", " + at("n") + " from generate_series(1, " + ORDERS
                        + ") n",
                "insert into order_version (order_id, number, version, body, stored_at)"
                        + " select " + id("n") + ", 1, " + at("n") + ", model.body, " + at("n")
                        + " from generate_series(1, " + ORDERS + ") n, (select body from order_version limit 1) model",
                "insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, allocated_at)"
                        + " select " + id("n") + " || '-F1', " + id("n") + ", 1,"
                        + " 'ST-' || to_char(1 + n % " + BigRetailer.STORES + ", 'FM000'), 'SHIPPING',"
                        + " case when n % 50 = 0 then 'PICKING' else 'SHIPPED' end,"
                        + " '[{\"lineId\":\"L1\",\"sku\":\"SKU-00001\",\"quantity\":1}]', " + at("n")
                        + " from generate_series(1, " + ORDERS + ") n",
                "insert into effect (account, subject, line, operation, intent, purpose, state, system, token,"
                        + " receipt, code, attempts, changed_at)"
                        + " select"
                        + " 'tryton-northwind',"
                        + " " + id("n") + ", " + id("n") + ", operation, 1, 'once',"
                        + " case when n % 200 = 0 and operation = 'invoice' then 'REFUSED' else 'SUCCEEDED' end,"
                        + " 'TRYTON', n, case when n % 200 = 0 and operation = 'invoice' then null"
                        + " else '{\"reference\":\"R\",\"details\":{}}'::jsonb end,"
                        + " case when n % 200 = 0 and operation = 'invoice' then 'ERP_REJECTED' end, 1, " + at("n")
                        + " from generate_series(1, " + ORDERS + ") n, unnest(array['announce', 'invoice']) operation",
                "insert into trace_subject (subject, seq, hash) select " + id("n")
                        + ", 2, sha256('') from generate_series(1, " + ORDERS + ") n",
                "insert into trace_entry (subject, seq, body, hash)"
                        + " select line, seq, body, sha256(convert_to(body, 'UTF8')) from (select " + id("n")
                        + " as line, seq, json_build_object('subject', " + id("n")
                        + ", 'seq', seq, 'key', null, 'at', to_char(" + at("n")
                        + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'kind', 'order.status',"
                        + " 'summary', 'status is VALIDATED', 'detail', case when n % 5 = 0 and seq = 2 then"
                        + " '{\"actor\":\"SUPPORT (key 01234567)\"}'::json else '{\"from\":\"RECEIVED\"}'::json"
                        + " end)::text as body from"
                        + " generate_series(1,"
                        + " " + ORDERS + ") n, generate_series(1, 2) seq) told",
                cases(1, OPEN_CASES, "'OPEN'", "null"),
                cases(OPEN_CASES + 1, OPEN_CASES + CLOSED_CASES, "'CLOSED'", at("n")),
                "insert into stock_balance (sku, facility, on_hand, reserved) select 'SKU-' || to_char(sku,"
                        + " 'FM00000'), 'ST-' || to_char(store, 'FM000'), 5 + (sku + store) % 20, 0 from"
                        + " generate_series(1, " + SKUS + ") sku, generate_series(1, " + BigRetailer.STORES
                        + ") store",
                "vacuum analyze");
    }

    private static String cases(int first, int last, String status, String closed) {
        String fingerprint = "lpad(to_hex(n % " + CAUSES + "), 16, '0')";
        return "insert into support_case (account, subject, step, code, detail, status, opened_at, due_at, at_risk_at,"
                + " closed_at, outcome, fingerprint, stake, stake_currency) select"
                + " 'tryton-northwind', " + id("n") + ", 'erp.invoice order', (array['ERP_REJECTED',"
                + " 'ERP_PERIOD_CLOSED', 'STOCK_DISCREPANCY',"
                + " 'REFUND_MISSING', 'FACILITY_SILENT'])[1 + n % 5], 'the"
                + " ERP knows no"
                + " product of"
                + " cause ' || n"
                + " % " + CAUSES + ", " + status + ", " + at("n")
                + ", now() + make_interval(hours => n % 96 - 24), now(), " + closed
                + ", case when " + status + " = 'CLOSED' then 'gone' end, " + fingerprint + ", 2990, 'USD'"
                + " from generate_series(" + first + ", " + last + ") n";
    }

    static String id(int number) {
        return "O-%010X".formatted(number);
    }

    private static String id(String number) {
        return "'O-' || upper(lpad(to_hex(" + number + "), 10, '0'))";
    }

    /** Spread over sixty days, the higher numbers last. */
    private static String at(String number) {
        return "(now() - make_interval(secs => (" + ORDERS + " - " + number + ") * 60 * 86400.0 / " + ORDERS + "))";
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
