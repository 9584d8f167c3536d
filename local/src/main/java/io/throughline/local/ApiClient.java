package io.throughline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Asks the API of the running system. What it refuses is a StackException with its own words. */
final class ApiClient {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI api;
    private final String key;

    ApiClient(URI api, String key) {
        this.api = api;
        this.key = key;
    }

    /** That of the stack on this machine, or wherever {@code THROUGHLINE_API} and {@code THROUGHLINE_API_KEY} lead. */
    static ApiClient from(Map<String, String> variables, Path dataDirectory) throws IOException {
        String key = variables.containsKey("THROUGHLINE_API_KEY")
                ? variables.get("THROUGHLINE_API_KEY")
                : Files.readString(dataDirectory.resolve("api-key")).strip();
        return new ApiClient(URI.create(variables.getOrDefault("THROUGHLINE_API", "http://127.0.0.1:7400")), key);
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(api + target))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key);
    }

    JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode answer = json.readTree(response.body());
        if (response.statusCode() >= 300) {
            throw new StackException(
                    "The API refused it: " + answer.path("detail").asText(response.body()));
        }
        return answer;
    }

    /** What it answers to a file. */
    JsonNode hand(String target, String type, Path file) throws IOException, InterruptedException {
        return send(
                request(target).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofFile(readable(file))));
    }

    static Path readable(Path file) {
        if (!Files.isReadable(file)) {
            throw new StackException("There is no file " + file);
        }
        return file;
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
