package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.intervention.Attention;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hundred thousand open orders whose processes all wait as they should, and a handful that do not: only the handful is read. */
class AttentionAtScaleTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private final Attention attention = POSTGRES.database().attention();

    @Test
    void whatIsLateIsReadAndNotWhatIsOpen() {
        fill();

        assertThat(attention.overdue("", POSTGRES.clock().instant(), 250).orders().stream()
                        .map(late -> late.order().id().value()))
                .containsExactlyInAnyOrder("O-0000000007", "O-0000000008");
        assertThat(plan(
                        PostgresAttention.OVERDUE,
                        Map.of(
                                "until", at(Duration.ZERO),
                                "lately", at(Duration.ofMinutes(-5)),
                                "since", Instant.EPOCH.toString(),
                                "id", "",
                                "limit", 250)))
                .contains("customer_order_hinted", "fulfillment_order_hinted", "fulfillment_order_due")
                .doesNotContain("Seq Scan on customer_order", "Seq Scan on fulfillment_order");

        assertThat(attention.forsaken(Duration.ofSeconds(20), 500))
                .singleElement()
                .satisfies(left -> assertThat(left.order().id().value()).isEqualTo("O-0000000009"));
        assertThat(plan(PostgresAttention.FORSAKEN, Map.of("silence", 20.0, "limit", 500)))
                .contains("effect_by_state")
                .doesNotContain("Seq Scan on effect ", "Seq Scan on customer_order");
    }

    private static void fill() {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("""
                    insert into customer_order (id, account, external_id, channel, name, status, payment, posting,
                        received_at, changed_at)
                    select 'O-' || lpad(i::text, 10, '0'), 'northwind', 'many-' || i, 'ONLINE', 'many', 'IN_FULFILLMENT',
                        'PENDING', 'PENDING', ?, ? from generate_series(1, 100000) i
                    """, at(Duration.ZERO), at(Duration.ZERO));
            handle.execute("""
                    insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, deadline)
                    select id || '-F1', id, 1, 'SOHO', 'SHIP', 'RELEASED', '[]',
                        case when id in ('O-0000000007', 'O-0000000008') then cast(? as timestamptz) else ? end
                    from customer_order
                    """, at(Duration.ofMinutes(-9)), at(Duration.ofHours(8)));
            handle.execute("""
                    insert into effect (account, subject, line, operation, intent, purpose, state, system, token, receipt,
                        changed_at)
                    select 'tryton', id, id, 'announce', 1, 'order', 'SUCCEEDED', 'TRYTON', nextval('effect_token'), '{}', ?
                    from customer_order
                    """, at(Duration.ZERO));
            handle.execute("insert into effect_holder values ('gone', clock_timestamp() - interval '1 minute')");
            handle.execute("""
                    update effect set state = 'LEASED', receipt = null, holder = 'gone',
                        lease_until = clock_timestamp() + interval '2 minutes'
                    where line = 'O-0000000009'
                    """);
            handle.execute("analyze customer_order, fulfillment_order, effect, effect_holder");
        });
    }

    private static String plan(String query, Map<String, ?> values) {
        List<String> lines = POSTGRES.tables().withHandle(handle -> {
            Query explain = handle.createQuery("explain (analyze, buffers, costs off) " + query);
            values.forEach(explain::bind);
            return explain.mapTo(String.class).list();
        });
        return String.join("\n", lines);
    }

    private static OffsetDateTime at(Duration fromNow) {
        return POSTGRES.clock().instant().plus(fromNow).atOffset(ZoneOffset.UTC);
    }
}
