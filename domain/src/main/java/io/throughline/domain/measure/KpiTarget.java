package io.throughline.domain.measure;

import io.throughline.domain.failure.FailureCode.Owner;

/** From where on a figure is at risk, from where on what was promised is broken, and whose business that is. */
public record KpiTarget(Kpi kpi, double atRisk, double breached, Owner owner) {
    public KpiTarget {
        boolean inOrder = kpi.better() == Kpi.Better.HIGHER ? atRisk > breached : atRisk < breached;
        if (!inOrder || Math.min(atRisk, breached) < 0) {
            throw new IllegalArgumentException("a figure is at risk before it is breached, and neither is below 0");
        }
    }

    public Standing standing(double figure) {
        if (reached(figure, breached)) {
            return Standing.BREACHED;
        }
        return reached(figure, atRisk) ? Standing.AT_RISK : Standing.WITHIN;
    }

    private boolean reached(double figure, double bound) {
        return kpi.better() == Kpi.Better.HIGHER ? figure <= bound : figure >= bound;
    }
}
