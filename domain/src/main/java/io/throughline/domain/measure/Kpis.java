package io.throughline.domain.measure;

/** Reads figures from the facts. */
public interface Kpis {
    /** The scope must {@link Kpi#fits fit}. */
    KpiReading read(Kpi kpi, KpiScope scope);
}
