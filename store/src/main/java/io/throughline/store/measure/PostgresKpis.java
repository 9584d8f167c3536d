package io.throughline.store.measure;

import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.measure.Kpis;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The figures of a period, in PostgreSQL. What is due by now goes by what was promised. */
public final class PostgresKpis implements Kpis {
    private final Transactions transactions;
    private final ServiceLevels levels;
    private final Clock clock;

    public PostgresKpis(Transactions transactions, ServiceLevels levels, Clock clock) {
        this.transactions = transactions;
        this.levels = levels;
        this.clock = clock;
    }

    @Override
    public KpiReading read(Kpi kpi, KpiScope scope) {
        if (!kpi.fits(scope)) {
            throw new IllegalArgumentException(kpi + " can't be divided so");
        }
        return transactions.with(handle -> read(handle, kpi, scope));
    }

    KpiReading read(Handle handle, Kpi kpi, KpiScope scope) {
        return switch (kpi) {
            case INVENTORY_ACCURACY -> InventoryAccuracy.read(handle, scope);
            case ORDER_SYNC_LATENCY -> OrderSyncLatency.read(handle, scope, clock.instant());
            case FULFILLMENT_EXCEPTION_RATE -> FulfillmentExceptions.read(handle, scope);
            case REFUND_POSTING_COMPLETION -> RefundPosting.read(handle, scope, dueBefore(BusinessProcess.REFUNDS));
            case RECONCILIATION_EFFORT -> ReconciliationEffort.read(handle, scope);
            case INTEGRATION_FAILURE_RATE -> IntegrationFailures.read(handle, scope);
            case MEAN_TIME_TO_RESOLUTION -> CaseResolution.read(handle, scope);
            case API_PERFORMANCE -> ApiPerformance.read(handle, scope);
            case BUSINESS_TRANSACTION_COMPLETION ->
                TransactionCompletion.read(
                        handle, scope, dueBefore(BusinessProcess.ORDERS), dueBefore(BusinessProcess.STORE_DAYS));
        };
    }

    private Instant dueBefore(BusinessProcess process) {
        return clock.instant().minus(levels.of(process).within());
    }
}
