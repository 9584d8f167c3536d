package io.throughline.store.intervention;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.rebuild.Derivation;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What a case comes from follows from its code, its step and its words. A case that says otherwise by now has had its cause with that. */
public final class CaseCauses implements Derivation {
    private static final int CASES_A_TURN = 500;

    @Override
    public List<String> parts() {
        return List.of("support_case");
    }

    private record Told(long number, FailureCode code, String step, String detail, String fingerprint) {
        String reckoned() {
            return Fingerprint.of(code, step, detail).value();
        }
    }

    @Override
    public Turn turn(Handle handle, int part, String after, Instant now) {
        List<Told> page = handle.createQuery("""
                        select number, code, step, detail, fingerprint from support_case
                        where number > :after order by number limit :most
                        """)
                .bind("after", after.isEmpty() ? 0 : Long.parseLong(after))
                .bind("most", CASES_A_TURN)
                .map((row, context) -> new Told(
                        row.getLong("number"),
                        FailureCode.valueOf(row.getString("code")),
                        row.getString("step"),
                        row.getString("detail"),
                        row.getString("fingerprint")))
                .list();
        List<Told> apart = page.stream()
                .filter(told -> !told.reckoned().equals(told.fingerprint()))
                .toList();
        return Turn.of(
                page.stream().map(told -> Long.toString(told.number())).toList(),
                CASES_A_TURN,
                apart.stream()
                        .map(told -> CaseRows.id(told.number()) + " was of cause " + told.fingerprint())
                        .toList(),
                apart.isEmpty() ? 0 : mend(handle, apart));
    }

    private static int mend(Handle handle, List<Told> apart) {
        return handle.createUpdate("""
                        update support_case c set fingerprint = told.fingerprint
                        from unnest(cast(:numbers as bigint[]), cast(:codes as text[]), cast(:steps as text[]),
                            cast(:details as text[]), cast(:fingerprints as text[]))
                            as told (number, code, step, detail, fingerprint)
                        where c.number = told.number and c.code = told.code and c.step = told.step and c.detail = told.detail
                        """)
                .bindArray(
                        "numbers", Long.class, apart.stream().map(Told::number).toList())
                .bindArray(
                        "codes",
                        String.class,
                        apart.stream().map(told -> told.code().name()).toList())
                .bindArray("steps", String.class, apart.stream().map(Told::step).toList())
                .bindArray(
                        "details",
                        String.class,
                        apart.stream().map(Told::detail).toList())
                .bindArray(
                        "fingerprints",
                        String.class,
                        apart.stream().map(Told::reckoned).toList())
                .execute();
    }
}
