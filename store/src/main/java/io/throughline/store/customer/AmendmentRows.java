package io.throughline.store.customer;

import com.fasterxml.jackson.core.type.TypeReference;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.intervention.Amendable;
import io.throughline.domain.intervention.AmendedPerson;
import io.throughline.domain.intervention.Amendment;
import io.throughline.domain.intervention.AmendmentId;
import io.throughline.domain.intervention.CaseId;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of {@code amendment}; what is personal of them is a row of {@code person} by their names. */
public final class AmendmentRows {
    private static final TypeReference<Map<String, Map<String, String>>> PARTS = new TypeReference<>() {};
    private static final String FIELDS = "fields";
    private static final String WAS = "was";

    private static final String SELECT = """
            select number, case_number, body, actor, made_at, applied_at,
                (select content::text from person where ref = 'AM-' || number and content is not null) as personal
            from amendment\s""";

    private AmendmentRows() {}

    /** {@code line} is whom what is personal of it is erased with. */
    public static Amendment insert(
            Handle handle,
            CaseId about,
            String line,
            Map<String, String> fields,
            Map<String, String> was,
            String actor,
            Instant now) {
        long number = handle.createQuery("""
                        insert into amendment (case_number, line, body, actor, made_at)
                        values (:case, :line, cast(:body as jsonb), :actor, :now) returning number
                        """)
                .bind("case", CaseRows.number(about))
                .bind("line", line)
                .bind("body", written(fields, was, false))
                .bind("actor", actor)
                .bind("now", Columns.at(now))
                .mapTo(Long.class)
                .one();
        AmendmentId id = new AmendmentId("AM-" + number);
        if (fields.keySet().stream().anyMatch(AmendmentRows::isPersonal)) {
            PersonRows.keepAmendment(handle, line, id, written(fields, was, true));
        }
        return find(handle, id).orElseThrow();
    }

    private static String written(Map<String, String> fields, Map<String, String> was, boolean personal) {
        return CanonicalJson.write(Map.of(FIELDS, part(fields, personal), WAS, part(was, personal)));
    }

    private static Map<String, String> part(Map<String, String> fields, boolean personal) {
        Map<String, String> part = new HashMap<>(fields);
        part.keySet().removeIf(field -> isPersonal(field) != personal);
        return part;
    }

    private static boolean isPersonal(String field) {
        return Amendable.of(field).filter(Amendable::personal).isPresent();
    }

    public static Optional<Amendment> find(Handle handle, AmendmentId id) {
        return handle.createQuery(SELECT + "where number = :number")
                .bind("number", number(id))
                .map(AmendmentRows::map)
                .findOne();
    }

    /** The last one that was made of a case. */
    public static Optional<Amendment> latest(Handle handle, CaseId about) {
        return handle.createQuery(SELECT + "where case_number = :case order by number desc limit 1")
                .bind("case", CaseRows.number(about))
                .map(AmendmentRows::map)
                .findOne();
    }

    public static void applied(Handle handle, AmendmentId id, Instant now) {
        handle.createUpdate("update amendment set applied_at = :now where number = :number and applied_at is null")
                .bind("now", Columns.at(now))
                .bind("number", number(id))
                .execute();
    }

    /** A person as the channel tells it, with what people have amended of that since. */
    public static PersonalData amended(Handle handle, String line, PersonalData told) {
        List<Amendment> applied = handle.createQuery(
                        SELECT + "where line = :line and applied_at is not null order by number")
                .bind("line", line)
                .map(AmendmentRows::map)
                .list();
        return AmendedPerson.amended(told, applied);
    }

    private static long number(AmendmentId id) {
        return Long.parseLong(id.value().substring("AM-".length()));
    }

    private static Amendment map(ResultSet row, StatementContext context) throws SQLException {
        Map<String, Map<String, String>> body = CanonicalJson.read(row.getString("body"), PARTS);
        Map<String, Map<String, String>> personal = Columns.optionalText(row, "personal")
                .map(kept -> CanonicalJson.read(kept, PARTS))
                .orElse(Map.of());
        return new Amendment(
                new AmendmentId("AM-" + row.getLong("number")),
                CaseRows.id(row.getLong("case_number")),
                together(body, personal, FIELDS),
                together(body, personal, WAS),
                row.getString("actor"),
                Columns.instant(row, "made_at"),
                Columns.optionalInstant(row, "applied_at"));
    }

    private static Map<String, String> together(
            Map<String, Map<String, String>> body, Map<String, Map<String, String>> personal, String part) {
        Map<String, String> both = new HashMap<>(body.getOrDefault(part, Map.of()));
        both.putAll(personal.getOrDefault(part, Map.of()));
        return both;
    }
}
