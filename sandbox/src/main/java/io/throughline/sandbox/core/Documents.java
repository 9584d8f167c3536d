package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** JSON documents by collection and id, kept in one SQLite file; a collection lists in the order of first writing. */
public final class Documents {

    private final Database database;

    Documents(Database database) {
        this.database = database;
    }

    public void put(String collection, String id, JsonNode document) {
        database.update("""
                INSERT INTO document (collection, id, position, body)
                VALUES (?, ?, (SELECT COALESCE(MAX(position), 0) + 1 FROM document WHERE collection = ?), ?)
                ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body
                """, collection, id, collection, Json.text(document));
    }

    public Optional<JsonNode> get(String collection, String id) {
        return database.first(
                row -> Json.parse(row.getString(1)),
                "SELECT body FROM document WHERE collection = ? AND id = ?",
                collection,
                id);
    }

    public List<JsonNode> list(String collection) {
        return database.query(
                row -> Json.parse(row.getString(1)),
                "SELECT body FROM document WHERE collection = ? ORDER BY position",
                collection);
    }

    public boolean remove(String collection, String id) {
        return database.update("DELETE FROM document WHERE collection = ? AND id = ?", collection, id) > 0;
    }

    public void removeAll(String collection) {
        database.update("DELETE FROM document WHERE collection = ?", collection);
    }

    /** 1, 2, 3, … for each name. */
    public long next(String sequence) {
        return database.first(
                        row -> row.getLong(1),
                        "INSERT INTO sequence (name, value) VALUES (?, 1)"
                                + " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
                        sequence)
                .orElseThrow();
    }

    /**
     * Runs the work under the one writer lock, all or nothing: an exception rolls back documents, sequences and ledger rows
     * and drops the webhooks that the work asked for.
     */
    public <T> T atomically(Callable<T> work) throws Exception {
        return database.atomically(work);
    }

    /** Runs once the surrounding {@link #atomically} is committed, at once where there is none. */
    public void afterCommit(Runnable action) {
        database.afterCommit(action);
    }
}
