package io.throughline.domain.intervention;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a person wants another of the document that stopped a step, kept before anybody decides so: {@code fields} by their names
 * ({@link Amendable}), and {@code was}, what they were when it was made, as far as that was known. What is personal of both is kept in the one
 * erasable table and empty once that was erased; a decision names the amendment in its place. {@code toString} shows nothing of it.
 */
public record Amendment(
        AmendmentId id,
        CaseId about,
        Map<String, String> fields,
        Map<String, String> was,
        String actor,
        Instant madeAt,
        Optional<Instant> appliedAt) {
    public Amendment {
        fields = Map.copyOf(fields);
        was = Map.copyOf(was);
    }

    /** As a decision keeps it: what is personal is told by the amendment's name. */
    public Map<String, String> kept() {
        Map<String, String> kept = new HashMap<>();
        fields.forEach((field, value) -> kept.put(field, isPersonal(field) ? id.value() : value));
        return kept;
    }

    /** What it changes, with what is personal of that. */
    public List<Decision.Change> changes() {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .flatMap(field -> Decision.changes(
                                field.getKey(), field.getValue(), Optional.ofNullable(was.get(field.getKey()))))
                        .toList();
    }

    public static boolean isPersonal(String field) {
        return Amendable.of(field).filter(Amendable::personal).isPresent();
    }

    @Override
    public String toString() {
        return "Amendment[" + id + " of " + about + ", not shown]";
    }
}
