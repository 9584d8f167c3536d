package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Questions to the user. An answer is good for one call, unless it was given for always. */
final class Warnings {
    private static final String MODEL = "res.user.warning";

    private final Tables tables;

    Warnings(Tables tables) {
        this.tables = tables;
    }

    void ask(String kind, String model, List<ObjectNode> records, String question) {
        String name = name(kind, model, records);
        Optional<ObjectNode> answer = tables.all(MODEL).stream()
                .filter(row -> row.path("name").asText().equals(name))
                .findFirst();
        if (answer.isEmpty()) {
            throw new TrytonError.UserWarning(name, question);
        }
        if (!answer.get().path("always").asBoolean()) {
            tables.remove(MODEL, answer.get().path("id").longValue());
        }
    }

    void skip(String name, boolean always) {
        tables.insert(MODEL, Json.object().put("name", name).put("always", always));
    }

    private static String name(String kind, String model, List<ObjectNode> records) {
        String key = records.stream()
                .map(record -> model + "," + record.path("id").longValue())
                .collect(Collectors.joining("|"));
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest) + "." + kind;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("MD5 belongs to every JDK", impossible);
        }
    }
}
