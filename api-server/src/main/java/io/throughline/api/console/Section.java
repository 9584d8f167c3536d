package io.throughline.api.console;

import io.throughline.api.access.Caller;
import io.throughline.domain.access.Role;
import java.util.List;

/** The parts of the console, as its menu names them; {@code key} leads there from anywhere, after {@code g}. */
public enum Section {
    OVERVIEW("Overview", "/console", "o"),
    CASES("Cases", "/console/cases", "c"),
    ORDERS("Orders", "/console/orders", "r"),
    RETURNS("Returns", "/console/returns", "e"),
    STOCK("Stock", "/console/stock", "s"),
    FACILITIES("Facilities", "/console/facilities", "f"),
    SYSTEMS("Systems", "/console/systems", "y"),
    FIGURES("KPIs", "/console/kpis", "k"),
    POLICIES("Routing", "/console/routing", "p"),
    AUDIT("Audit", "/console/audit", "a"),
    RUNBOOKS("Runbooks", "/console/runbooks", "b");

    private final String label;
    private final String address;
    private final String key;

    Section(String label, String address, String key) {
        this.label = label;
        this.address = address;
        this.key = key;
    }

    /** Those that somebody can open: a store's device works with returns alone. */
    static List<Section> of(Caller caller) {
        return caller.hasAny(Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN)
                ? List.of(values())
                : List.of(RETURNS);
    }

    public String label() {
        return label;
    }

    public String address() {
        return address;
    }

    public String key() {
        return key;
    }
}
