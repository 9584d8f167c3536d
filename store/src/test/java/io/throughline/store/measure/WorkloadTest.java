package io.throughline.store.measure;

import static io.throughline.domain.measure.BusinessProcess.EVENT_DELIVERY;
import static io.throughline.domain.measure.BusinessProcess.MESSAGE_INTAKE;
import static io.throughline.domain.measure.BusinessProcess.ORDERS;
import static io.throughline.domain.measure.BusinessProcess.POSTING;
import static io.throughline.domain.measure.BusinessProcess.REFUNDS;
import static io.throughline.domain.measure.BusinessProcess.RETURNS;
import static io.throughline.domain.measure.BusinessProcess.STOCK_PUBLICATION;
import static io.throughline.domain.measure.BusinessProcess.STORE_DAYS;
import static io.throughline.store.internal.Columns.at;
import static io.throughline.store.measure.SampleFacts.SHOP;
import static io.throughline.store.measure.SampleFacts.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.measure.Backlog;
import io.throughline.domain.measure.CaseLoad;
import io.throughline.domain.measure.FeedProgress;
import io.throughline.domain.measure.Workload;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkloadTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Instant NOW = PostgresExtension.START;
    private static final Instant EARLIER = NOW.minusSeconds(60);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(2));

    private final SampleFacts facts = new SampleFacts(POSTGRES.tables());
    private final Workload workload = POSTGRES.database().workload();

    @Test
    void tellsOfEachProcessWhatHasNotEnded() {
        String order = facts.order(SHOP, EARLIER, "APPROVED", "PENDING");
        facts.order(SHOP, NOW, "RECEIVED", "PENDING");
        facts.order(SHOP, LONG_AGO, "COMPLETED", "CONFIRMED");
        facts.journal(order, "INVOICE", "BLOCKED_PERIOD", EARLIER);
        facts.journal(order, "PAYMENT", "POSTED", LONG_AGO);
        facts.journal(order, "REVERSAL", "POSTED", LONG_AGO);
        facts.journal(order, "REVERSAL", "CONFIRMED", LONG_AGO);
        facts.storeDay(STORE, "2026-11-20", LONG_AGO, null);
        facts.storeDay(STORE, "2026-11-21", LONG_AGO, NOW);
        message("order/1", "PENDING", EARLIER, false);
        message("order/2", "DONE", LONG_AGO, false);
        message("order/3", "PENDING", LONG_AGO, true);
        message("order/4", "DEAD", LONG_AGO, true);
        POSTGRES.tables().useHandle(handle -> {
            handle.execute(
                    "insert into stock_sync (account, woken_at) values ('northwind', ?), ('northwind-jp', null)",
                    at(NOW));
            handle.execute("insert into stock_telling (account, made_at) values ('northwind', ?)", at(EARLIER));
        });

        assertThat(workload.backlogs())
                .containsExactly(
                        new Backlog(MESSAGE_INTAKE, 1, Optional.of(EARLIER)),
                        new Backlog(ORDERS, 2, Optional.of(EARLIER)),
                        new Backlog(POSTING, 1, Optional.of(EARLIER)),
                        new Backlog(REFUNDS, 1, Optional.of(LONG_AGO)),
                        new Backlog(RETURNS, 0, Optional.empty()),
                        new Backlog(STORE_DAYS, 1, Optional.of(LONG_AGO)),
                        new Backlog(STOCK_PUBLICATION, 1, Optional.of(EARLIER)),
                        new Backlog(EVENT_DELIVERY, 0, Optional.empty()));
        assertThat(workload.deadLetters()).isEqualTo(1);
    }

    private static void message(String subject, String state, Instant receivedAt, boolean parked) {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("insert into inbox_subject (subject, parked) values (?, ?)", subject, parked);
            handle.execute("""
                    insert into inbox_message (account, topic, event_id, subject, body, received_at, state)
                    values ('northwind', 'orders/paid', ?, ?, '', ?, ?)
                    """, subject, subject, at(receivedAt), state);
        });
    }

    @Test
    void tellsOfEachCodeItsCasesAndThoseThatAreLate() {
        facts.openCase(SHOP, "A", "a", FailureCode.FACILITY_SILENT, EARLIER);
        facts.openCase(SHOP, "B", "b", FailureCode.FACILITY_SILENT, LONG_AGO);
        facts.openCase(SHOP, "C", "c", FailureCode.ERP_REJECTED, NOW);
        facts.closedCase(SHOP, "D", FailureCode.PRICE_MISMATCH, LONG_AGO, NOW, false);

        assertThat(workload.cases())
                .containsExactly(
                        new CaseLoad(FailureCode.ERP_REJECTED, 1, 0, NOW),
                        new CaseLoad(FailureCode.FACILITY_SILENT, 2, 1, LONG_AGO));
    }

    @Test
    void tellsUpToWhenFeedsAreComplete() {
        AccountId shop = AccountId.of(SHOP);
        POSTGRES.database().watermarks().advance(shop, "orders", EARLIER);

        assertThat(workload.feeds()).containsExactly(new FeedProgress(shop, "orders", EARLIER));
    }
}
