package io.throughline.sandbox.core;

import java.util.List;
import java.util.Optional;

/** The faults in wait for incoming calls; the server asks before it plays a call. Safe for many threads, gone at a restart. */
public final class Faults {

    private final Rules<Fault> rules = new Rules<>();

    /** Returns the rule's id: the wanted one, which replaces an older rule of that id, or a new one. */
    public String add(Fault fault) {
        return rules.add(fault.id(), fault, fault.after(), fault.times());
    }

    Optional<Rules.Armed<Fault>> take(String system, String operation, Request request) {
        return rules.take(fault -> fault.matches(system, operation, request));
    }

    List<Rules.Armed<Fault>> list() {
        return rules.list();
    }

    public boolean remove(String id) {
        return rules.remove(id);
    }

    public void clear() {
        rules.clear();
    }
}
