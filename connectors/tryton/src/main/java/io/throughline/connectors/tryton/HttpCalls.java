package io.throughline.connectors.tryton;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/**
 * Posts JSON to Tryton and gives back status and text. What went wrong below that is a {@link SystemFailure}, which for a call that may
 * change something says whether it may have done so.
 */
final class HttpCalls {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI database;
    private final Duration timeout;

    HttpCalls(TrytonSettings settings) {
        String server = settings.server().toString();
        database = URI.create((server.endsWith("/") ? server : server + "/") + settings.database() + "/");
        timeout = settings.callTimeout();
    }

    /** One answer; {@code json} tells by its type, not by trying, whether the body is meant as JSON. */
    record Answer(int status, boolean json, String text) {}

    Answer post(String path, String body, Intent intent, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(database.resolve(path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(send(request.build(), intent), intent);
    }

    private HttpResponse<byte[]> send(HttpRequest request, Intent intent) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException unreachable) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_UNREACHABLE, "Tryton at " + database + " can't be reached", unreachable);
        } catch (IOException lost) {
            throw intent.failure(FailureCode.OUTCOME_UNKNOWN, "no whole answer from Tryton: " + lost, lost);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw intent.failure(FailureCode.OUTCOME_UNKNOWN, "interrupted while Tryton was at work", interrupted);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response, Intent intent) {
        int status = response.statusCode();
        if (status == 429) {
            throw SystemFailure.rateLimited("Tryton asks for a pause", pause(response));
        }
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/json"))
                .isPresent();
        return new Answer(status, json, text(response.body(), intent));
    }

    private static Duration pause(HttpResponse<?> response) {
        try {
            return response.headers()
                    .firstValue("Retry-After")
                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.trim())))
                    .orElse(DEFAULT_PAUSE);
        } catch (NumberFormatException date) {
            return DEFAULT_PAUSE;
        }
    }

    /** Long replies say gzip whether they are or not, so the first two bytes decide. */
    private static String text(byte[] body, Intent intent) {
        if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException torn) {
            throw intent.failure(FailureCode.REPLY_UNREADABLE, "Tryton's packed reply is torn", torn);
        }
    }
}
