package io.throughline.local;

/** The processes of one stack, in the order in which they are started; they are stopped in the reverse order. */
public enum StackPart {
    POSTGRES("postgres"),
    TEMPORAL("temporal"),
    SANDBOX("sandbox"),
    ERP("tryton"),
    WORKER("worker"),
    API_SERVER("api-server");

    private final String label;

    StackPart(String label) {
        this.label = label;
    }

    /** The name used in progress lines, in log file names and on the command line. */
    public String label() {
        return label;
    }
}
