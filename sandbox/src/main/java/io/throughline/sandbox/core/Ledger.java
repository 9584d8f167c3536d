package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What really changed in a stand-in: exactly one row per change, never edited. Calls that changed nothing (replays, refusals,
 * lost requests) are only in the attempts.
 */
public final class Ledger {

    private final Database database;
    private final Clock clock;

    Ledger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes down one change, inside the transaction that makes it.
     *
     * @param subject what was changed, as the vendor names it (an order's id)
     * @param key what makes the change the same one if asked again: the caller's idempotency key, or a natural key
     */
    public void effect(String system, String operation, String subject, String key, JsonNode detail) {
        database.update(
                "INSERT INTO effect (at, system, operation, subject, key, detail) VALUES (?, ?, ?, ?, ?, ?)",
                clock.instant().toString(),
                system,
                operation,
                subject,
                key,
                Json.text(detail));
    }

    public List<JsonNode> read(Optional<String> system, long sinceSequence) {
        return read(system, sinceSequence, "");
    }

    /** The changes whose subject, key or detail contains {@code about}. */
    List<JsonNode> read(Optional<String> system, long sinceSequence, String about) {
        return database.query(
                row -> {
                    ObjectNode node = common(row);
                    node.put("subject", row.getString("subject"));
                    node.put("key", row.getString("key"));
                    node.set("detail", Json.parse(row.getString("detail")));
                    return node;
                },
                "SELECT * FROM effect WHERE seq > ? AND (? = '' OR system = ?)"
                        + " AND instr(subject || ' ' || key || ' ' || detail, ?) > 0 ORDER BY seq",
                sinceSequence,
                system.orElse(""),
                system.orElse(""),
                about);
    }

    /** One row per call on the wire, whatever came of it; status 0 is a connection cut without an answer. */
    void attempt(
            String system,
            String operation,
            Request request,
            int status,
            Optional<Rules.Armed<Fault>> fault,
            long millis) {
        database.update(
                "INSERT INTO attempt (at, system, operation, method, path, status, fault, rule, millis)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                clock.instant().toString(),
                system,
                operation,
                request.method(),
                request.path(),
                status,
                fault.map(struck -> struck.rule().kind().name().toLowerCase(Locale.ROOT))
                        .orElse(""),
                fault.map(Rules.Armed::id).orElse(""),
                millis);
    }

    public List<JsonNode> attempts(Optional<String> system, long sinceSequence) {
        return attempts(system, sinceSequence, "");
    }

    /** All calls, or those that the fault with the id {@code rule} struck. */
    List<JsonNode> attempts(Optional<String> system, long sinceSequence, String rule) {
        return database.query(
                row -> {
                    ObjectNode node = common(row);
                    node.put("method", row.getString("method"));
                    node.put("path", row.getString("path"));
                    node.put("status", row.getInt("status"));
                    node.put("fault", row.getString("fault"));
                    node.put("rule", row.getString("rule"));
                    node.put("millis", row.getLong("millis"));
                    return node;
                },
                "SELECT * FROM attempt WHERE seq > ? AND (? = '' OR system = ?) AND (? = '' OR rule = ?) ORDER BY seq",
                sinceSequence,
                system.orElse(""),
                system.orElse(""),
                rule,
                rule);
    }

    private static ObjectNode common(ResultSet row) throws SQLException {
        ObjectNode node = Json.object();
        node.put("seq", row.getLong("seq"));
        node.put("at", row.getString("at"));
        node.put("system", row.getString("system"));
        node.put("operation", row.getString("operation"));
        return node;
    }
}
