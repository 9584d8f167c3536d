package io.throughline.domain.intervention;

import java.io.Serial;
import java.util.List;

/** A plan that can't be carried out as it was shown; tells what has changed meanwhile. */
public final class PlanOutdated extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PlanOutdated(List<String> differences) {
        super(String.join("; ", differences));
    }
}
