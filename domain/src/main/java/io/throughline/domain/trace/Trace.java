package io.throughline.domain.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The append-only line of each subject. Whoever changes a fact appends in the same transaction; this is for readers and notes. */
public interface Trace {
    /** Appends; the same entry key again is the same entry. */
    void append(String subject, String entryKey, String kind, String summary, Map<String, String> detail);

    List<TraceEntry> of(String subject);

    /** Remembers that an id of any system belongs to a subject. */
    void link(String id, String subject);

    /** The subject that any id belongs to: ours, Shopify's, the POS's, the ERP's, a tracking number. */
    Optional<String> lookup(String id);

    /** The first entry whose hash does not follow from the one before; empty when the chain is whole. */
    default Optional<Long> firstBroken(String subject) {
        return verify(subject).firstBroken();
    }

    /** Follows the chain of a line from its stored bytes, as it is at one moment. */
    Verification verify(String subject);

    /** {@code lastHash} is that of the last entry, in hexadecimal: whoever keeps it can prove later what it was. */
    record Verification(long entries, Optional<Long> firstBroken, Optional<String> lastHash) {}
}
