package io.throughline.connectors.tryton;

import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.RetryAfter;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.tracing.HttpSpan;
import io.throughline.wire.Exchange;
import io.throughline.wire.Unanswered;
import io.throughline.wire.Unreached;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
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
    private static final int OK = 200;
    private static final int LARGEST_UNPACKED_BYTES = 64 << 20;

    private final Exchange exchange = new Exchange(CONNECT_TIMEOUT);
    private final URI database;
    private final Duration timeout;
    private final Runnable passage;

    HttpCalls(TrytonSettings settings) {
        this(settings, SystemGate.open());
    }

    HttpCalls(TrytonSettings settings, SystemGate gate) {
        this(
                settings.server(),
                settings.database(),
                settings.callTimeout(),
                () -> Passage.ask(gate, settings.company()));
    }

    HttpCalls(URI server, String database, Duration timeout) {
        this(server, database, timeout, () -> {});
    }

    private HttpCalls(URI server, String database, Duration timeout, Runnable passage) {
        this.passage = passage;
        this.database = URI.create((server + "/").replaceAll("//$", "/") + database + "/");
        this.timeout = timeout;
    }

    /** One answer; {@code json} tells by its type, not by trying, whether the body is meant as JSON. */
    record Answer(int status, boolean json, String text) {}

    Answer post(String path, String body, Intent intent, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(database.resolve(path))
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (headers.length > 0) {
            request.headers(headers);
        }
        Answer answer = answer(send(request, intent), intent);
        if (intent == Intent.CHANGE && answer.status() == OK) {
            CallSeries.changed();
        }
        return answer;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, Intent intent) {
        passage.run();
        Duration limit = CallSeries.timeFor(timeout);
        try (HttpSpan span = HttpSpan.of("tryton", request)) {
            HttpResponse<byte[]> response = exchange.send(request, limit);
            span.answered(response.statusCode());
            return response;
        } catch (Unreached unreached) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_UNREACHABLE,
                    "Tryton at " + database + " can't be reached: " + unreached.getMessage(),
                    unreached);
        } catch (Unanswered unanswered) {
            throw intent.failure(
                    FailureCode.OUTCOME_UNKNOWN, "no whole answer from Tryton: " + unanswered.getMessage(), unanswered);
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
        return response.headers()
                .firstValue("Retry-After")
                .flatMap(RetryAfter::parse)
                .orElse(DEFAULT_PAUSE);
    }

    /** Long replies say gzip whether they are or not, so the first two bytes decide. */
    private static String text(byte[] body, Intent intent) {
        if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] text = unpacked.readNBytes(LARGEST_UNPACKED_BYTES + 1);
            if (text.length > LARGEST_UNPACKED_BYTES) {
                throw intent.failure(FailureCode.REPLY_UNREADABLE, "Tryton's packed reply has no end", null);
            }
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException torn) {
            throw intent.failure(FailureCode.REPLY_UNREADABLE, "Tryton's packed reply is torn", torn);
        }
    }
}
