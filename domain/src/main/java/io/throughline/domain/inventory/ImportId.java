package io.throughline.domain.inventory;

/** Names a stock import, e.g. {@code I-17}. */
public record ImportId(String value) {
    public ImportId {
        if (!value.matches("I-[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("an import id looks like I-17: '" + value + "'");
        }
    }

    /** What wakes the import's process, and the process itself. */
    public String workflowId() {
        return "stock-import/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
