package io.throughline.workflows.inventory;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.throughline.domain.inventory.ImportId;

/** Books one warehouse feed. Whatever becomes of it, another run goes on from the position that the import itself keeps. */
@WorkflowInterface
public interface StockImportWorkflow {
    /** Ends with what was done, in words. */
    @WorkflowMethod(name = "StockImport")
    String run(ImportId id);
}
