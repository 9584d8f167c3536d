package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at the console: keeps the cookie as a browser does, and sends forms with what their pages hold. */
final class Visitor {
    private static final Pattern COOKIE = Pattern.compile("throughline-session=([^;]*).*");
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{64})\"");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI server;
    private Optional<String> cookie = Optional.empty();
    private String home = "/console";

    private Visitor(URI server) {
        this.server = server;
    }

    static Visitor stranger(TestingApi api) {
        return new Visitor(URI.create("http://127.0.0.1:" + api.port()));
    }

    static Visitor signedIn(TestingApi api, Role role) {
        return signedIn(api, api.key(role));
    }

    static Visitor signedIn(TestingApi api, String key) {
        Visitor visitor = stranger(api);
        HttpResponse<String> answer = visitor.signIn(key, "/console");
        done(answer);
        visitor.home = answer.headers()
                .firstValue("Location")
                .map(URI::create)
                .map(URI::getPath)
                .orElseThrow();
        return visitor;
    }

    /** What is done leads on to a page. */
    static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    HttpResponse<String> signIn(String key, String next) {
        return send(form("/console/sign-in", Map.of("key", key, "next", next)).header("Origin", server.toString()));
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET());
    }

    /** What a page shows. */
    String page(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The token of the forms on this visitor's pages. */
    String token() {
        Matcher matcher = TOKEN.matcher(page(home));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** Sends a form as its page would. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("token", token());
        return send(form(path, all).header("Origin", server.toString()));
    }

    HttpRequest.Builder form(String path, Map<String, String> fields) {
        return to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))));
    }

    HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        cookie.ifPresent(secret -> request.header("Cookie", "throughline-session=" + secret));
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers()
                    .firstValue("Set-Cookie")
                    .map(COOKIE::matcher)
                    .filter(Matcher::matches)
                    .ifPresent(set -> cookie = Optional.of(set.group(1)));
            return answer;
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    URI server() {
        return server;
    }

    String cookie() {
        return cookie.orElseThrow();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
