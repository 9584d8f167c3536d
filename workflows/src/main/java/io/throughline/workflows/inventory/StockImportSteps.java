package io.throughline.workflows.inventory;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImport;

/** What an import does. */
@ActivityInterface(namePrefix = "import.")
public interface StockImportSteps {
    /** Books rows for some seconds, from where the last booking ended. */
    @ActivityMethod
    StockImport.Progress book(ImportId id);
}
