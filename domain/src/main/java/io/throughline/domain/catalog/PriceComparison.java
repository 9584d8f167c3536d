package io.throughline.domain.catalog;

import io.throughline.domain.intervention.CaseId;
import java.util.List;

/** Compares prices between channels. A difference is one case per product and rule, and is closed when the prices agree again. */
public interface PriceComparison {
    /** Gives how many products break the rules now. */
    int compare(List<PriceParity> rules);

    /** Carries out the decision to bear a difference: it stands until a price changes. */
    void bear(CaseId id);
}
