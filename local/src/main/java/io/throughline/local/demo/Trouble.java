package io.throughline.local.demo;

/** What goes wrong in an {@link Incident}: the failure code of its cases, what is decided about them, and why. */
public enum Trouble {
    CLOSED_PERIOD("ERP_PERIOD_CLOSED", "RETRY", "the accountant has opened the period again"),
    SILENT_STORE("FACILITY_SILENT", "REROUTE", "nobody answers there: another store has it"),
    POISON_WEBHOOK(
            "INBOX_UNREADABLE",
            "ACCEPT_DIFFERENCE",
            "nobody can read it, and the reconciliation finds what it was about");

    private final String code;
    private final String action;
    private final String note;

    Trouble(String code, String action, String note) {
        this.code = code;
        this.action = action;
        this.note = note;
    }

    public String code() {
        return code;
    }

    public String action() {
        return action;
    }

    String note() {
        return note;
    }
}
