package io.throughline.domain.measure;

import java.util.Locale;

/**
 * A figure by which the business is led, over a period. Its definition is the page {@code docs/kpis/<name-with-dashes>.md}. Some can't be
 * divided by account or by facility, and are told for all of them or not at all.
 */
public enum Kpi {
    INVENTORY_ACCURACY(Unit.RATIO, Better.HIGHER, Divided.BY_ACCOUNT_AND_FACILITY),
    ORDER_SYNC_LATENCY(Unit.SECONDS, Better.LOWER, Divided.BY_ACCOUNT_AND_FACILITY),
    FULFILLMENT_EXCEPTION_RATE(Unit.RATIO, Better.LOWER, Divided.BY_ACCOUNT_AND_FACILITY),
    REFUND_POSTING_COMPLETION(Unit.RATIO, Better.HIGHER, Divided.BY_ACCOUNT_AND_FACILITY),
    RECONCILIATION_EFFORT(Unit.RATIO, Better.LOWER, Divided.BY_NOTHING),
    INTEGRATION_FAILURE_RATE(Unit.RATIO, Better.LOWER, Divided.BY_ACCOUNT),
    MEAN_TIME_TO_RESOLUTION(Unit.SECONDS, Better.LOWER, Divided.BY_ACCOUNT),
    API_PERFORMANCE(Unit.SECONDS, Better.LOWER, Divided.BY_NOTHING),
    BUSINESS_TRANSACTION_COMPLETION(Unit.RATIO, Better.HIGHER, Divided.BY_ACCOUNT_AND_FACILITY);

    private final Unit unit;
    private final Better better;
    private final Divided divided;

    Kpi(Unit unit, Better better, Divided divided) {
        this.unit = unit;
        this.better = better;
        this.divided = divided;
    }

    public Unit unit() {
        return unit;
    }

    public Better better() {
        return better;
    }

    /** Whether it can be told of what this scope names. */
    public boolean fits(KpiScope scope) {
        return switch (divided) {
            case BY_ACCOUNT_AND_FACILITY -> true;
            case BY_ACCOUNT -> scope.facility().isEmpty();
            case BY_NOTHING -> scope.facility().isEmpty() && scope.account().isEmpty();
        };
    }

    /** As metrics and files name it: {@code order_sync_latency}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its page below {@code docs/kpis/}. */
    public String page() {
        return label().replace('_', '-') + ".md";
    }

    /** In what it is told. */
    public enum Unit {
        RATIO,
        SECONDS
    }

    /** In which direction it gets better. */
    public enum Better {
        HIGHER,
        LOWER
    }

    private enum Divided {
        BY_ACCOUNT_AND_FACILITY,
        BY_ACCOUNT,
        BY_NOTHING
    }
}
