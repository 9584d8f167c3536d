package io.throughline.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.access.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;

/**
 * One line of {@code bad-inputs.jsonl}: a request that must be refused. Unless it says otherwise it is a POST of a good order to
 * /v1/orders; {@code tells} is what the answer must say; {@code replace} and {@code append} spoil the good order's text, {@code body} or {@code base64} stand in its place,
 * {@code fill} puts a text many times behind a place, {@code nest} opens lists, {@code size} gives so many bytes.
 */
record BadInput(JsonNode line) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<BadInput> all() {
        try {
            return Files.readAllLines(Path.of("src/test/resources/bad-inputs.jsonl")).stream()
                    .filter(line -> !line.isBlank())
                    .map(BadInput::parse)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static BadInput parse(String line) {
        try {
            return new BadInput(JSON.readTree(line));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(line, unreadable);
        }
    }

    String name() {
        return line.get("name").asText();
    }

    List<Integer> statuses() {
        return StreamSupport.stream(line.get("status").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    /** What the answer must say, where that is written. */
    String tells() {
        return line.path("tells").asText("");
    }

    String method() {
        return line.path("method").asText("POST");
    }

    boolean isHead() {
        return method().equals("HEAD");
    }

    byte[] head(TestingApi api) {
        StringBuilder head = new StringBuilder();
        head.append(method()).append(' ').append(path()).append(" HTTP/1.1\r\n");
        headers(api)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    String path() {
        JsonNode longPath = line.path("longPath");
        return longPath.isMissingNode()
                ? line.path("path").asText("/v1/orders")
                : longPath.get(0).asText() + "x".repeat(longPath.get(1).asInt());
    }

    private Map<String, String> headers(TestingApi api) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "127.0.0.1:" + api.port());
        headers.put("Connection", "close");
        headers.put(
                "Authorization",
                "Bearer " + api.key(Role.valueOf(line.path("role").asText("INTEGRATION"))));
        if (body().isPresent()) {
            headers.put("Content-Type", "application/json");
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
            if (chunked()) {
                headers.put("Transfer-Encoding", "chunked");
            } else {
                headers.put("Content-Length", Integer.toString(body().get().length));
            }
        }
        line.path("headers").properties().forEach(header -> {
            if (header.getValue().isNull()) {
                headers.remove(header.getKey());
            } else {
                headers.put(header.getKey(), header.getValue().asText());
            }
        });
        line.path("longHeaders")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey(), "x".repeat(header.getValue().asInt())));
        return headers;
    }

    byte[] wireBody() {
        byte[] body = body().orElse(new byte[0]);
        return chunked() ? chunk(body) : body;
    }

    private boolean chunked() {
        return line.path("chunked").asBoolean();
    }

    private Optional<byte[]> body() {
        if (line.path("body").isNull()) {
            return Optional.empty();
        }
        if (line.has("base64")) {
            return Optional.of(Base64.getDecoder().decode(line.get("base64").asText()));
        }
        if (line.has("gzip")) {
            return Optional.of(gzip(line.get("gzip").asInt()));
        }
        String text = line.has("size") ? filler(line.get("size").asInt()) : text();
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
        if (line.has("body")) {
            return line.get("body").asText();
        }
        if (line.has("nest")) {
            int depth = line.get("nest").asInt();
            return "[".repeat(depth) + "]".repeat(depth);
        }
        String text = SampleSubmissions.shipped(
                line.has("externalId") ? line.get("externalId").asText() : "BAD-" + UUID.randomUUID());
        text = text.replace("\n", "");
        text = replaced(text, line.path("replace"));
        text = replaced(text, line.path("replace2"));
        if (line.has("emptyLines")) {
            int from = text.indexOf("\"lines\":[");
            text = text.substring(0, from) + "\"lines\":[]" + text.substring(text.indexOf(",\"shipping\""));
        }
        if (line.has("fill")) {
            String at = line.get("fill").get("at").asText();
            String filling = line.get("fill")
                    .get("text")
                    .asText()
                    .repeat(line.get("fill").get("times").asInt());
            text = text.replaceFirst(at, at + filling);
        }
        return text + line.path("append").asText("");
    }

    private String replaced(String text, JsonNode pair) {
        if (pair.isMissingNode()) {
            return text;
        }
        String found = pair.get(0).asText();
        if (!text.contains(found)) {
            throw new IllegalStateException(
                    "'" + name() + "' spoils '" + found + "', which the good order does not have");
        }
        return text.replace(found, pair.get(1).asText());
    }

    private static String filler(int size) {
        return "{\"externalId\":\"" + "x".repeat(size - 17) + "\"}";
    }

    private static byte[] gzip(int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(filler(size).getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] chunk(byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        int size = 64 * 1024;
        for (int at = 0; at < body.length; at += size) {
            byte[] part = Arrays.copyOfRange(body, at, Math.min(body.length, at + size));
            chunks.writeBytes((Integer.toHexString(part.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(part);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    @Override
    public String toString() {
        return name();
    }
}
