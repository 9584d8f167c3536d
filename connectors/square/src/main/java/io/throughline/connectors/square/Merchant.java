package io.throughline.connectors.square;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.squareup.square.SquareClient;
import com.squareup.square.core.SquareApiException;
import com.squareup.square.core.SquareException;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.RetryAfter;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.tracing.HttpSpan;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One merchant's line to Square. Every failure of the client comes out as a {@link SystemFailure} or, where Square says no for
 * good, as a {@link Refusal}. Neither the client nor the HTTP library repeats a call: who called decides that.
 */
final class Merchant {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);
    private static final int LONGEST_DETAIL = 300;

    private final AccountId account;
    private final SquareConfig config;
    private final SystemGate gate;
    private final OkHttpClient http;
    private final SquareClient client;

    Merchant(SquareConfig config, SystemGate gate) {
        this.config = config;
        this.gate = gate;
        account = config.account();
        http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .addInterceptor(Merchant::traced)
                .callTimeout(config.timeout())
                .connectTimeout(config.timeout())
                .readTimeout(config.timeout())
                .writeTimeout(config.timeout())
                .build();
        client = client(config, http);
    }

    private static Response traced(Interceptor.Chain chain) throws IOException {
        Request asked = chain.request();
        Request.Builder request = asked.newBuilder();
        try (HttpSpan span = HttpSpan.of("square", asked.method(), asked.url().host(), request::header)) {
            Response response = chain.proceed(request.build());
            span.answered(response.code());
            return response;
        }
    }

    /** A client of our own for HTTP also leaves out the SDK's interceptor that sleeps and repeats. */
    private static SquareClient client(SquareConfig config, OkHttpClient carrier) {
        return SquareClient.builder()
                .token(config.accessToken())
                .url(config.baseUrl().toString())
                .maxRetries(0)
                .httpClient(carrier)
                .build();
    }

    /** A client whose calls end within what is left of the series; it shares the others' connections. */
    private SquareClient clientInTime() {
        Duration limit = CallSeries.timeFor(config.timeout());
        return limit.equals(config.timeout())
                ? client
                // It takes whole milliseconds, and none would mean no limit.
                : client(
                        config,
                        http.newBuilder().callTimeout(limit.plusMillis(1)).build());
    }

    AccountId account() {
        return account;
    }

    /** A call that changes nothing at Square. */
    <T> T read(Function<SquareClient, T> call) throws Refusal {
        return call(call, false);
    }

    /** A call that changes something: unless Square surely did nothing, the outcome is unknown. */
    <T> T change(Function<SquareClient, T> call) throws Refusal {
        T answer = call(call, true);
        CallSeries.changed();
        return answer;
    }

    /** A read that has no business reason to be refused. */
    <T> T mustRead(Function<SquareClient, T> call) {
        try {
            return read(call);
        } catch (Refusal refusal) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_ERROR, "Square refuses to be read: " + refusal.getMessage(), refusal);
        }
    }

    // Where the body is not JSON, for example a proxy's HTML page, the client throws a bare RuntimeException if the
    // status is an error, and otherwise calls it a broken exchange.
    private <T> T call(Function<SquareClient, T> call, boolean changes) throws Refusal {
        Passage.ask(gate, account);
        SquareClient client = clientInTime();
        try {
            return call.apply(client);
        } catch (SquareApiException answered) {
            throw classify(answered, changes);
        } catch (SquareException broken) {
            throw unanswered(broken, changes);
        } catch (RuntimeException unreadable) {
            throw unreadable(unreadable, changes);
        }
    }

    private RuntimeException classify(SquareApiException answer, boolean changes) throws Refusal {
        int status = answer.statusCode();
        String said = "Square " + status + " " + words(answer);
        if (status == 429) {
            return SystemFailure.rateLimited(said, retryAfter(answer));
        }
        if (status == 401 || status == 403) {
            return SystemFailure.withoutEffect(FailureCode.CREDENTIAL_REFUSED, said, answer);
        }
        if (status == 408 || status >= 500) {
            return SystemFailure.of(FailureCode.SYSTEM_ERROR, said, changes, answer);
        }
        if (status < 400) {
            return SystemFailure.of(FailureCode.REPLY_UNREADABLE, said, changes, answer);
        }
        throw new Refusal(status, codes(answer), words(answer));
    }

    private static SystemFailure unanswered(SquareException broken, boolean changes) {
        for (@Nullable Throwable cause = broken.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return SystemFailure.withoutEffect(
                        FailureCode.SYSTEM_UNREACHABLE, "Square cannot be reached: " + Wordless.words(cause), broken);
            }
            if (cause instanceof JsonProcessingException) {
                return unreadable(broken, changes);
            }
        }
        return SystemFailure.of(
                changes ? FailureCode.OUTCOME_UNKNOWN : FailureCode.SYSTEM_UNREACHABLE,
                "no whole answer from Square: " + Wordless.words(broken),
                changes,
                broken);
    }

    private static SystemFailure unreadable(RuntimeException why, boolean changes) {
        return SystemFailure.of(FailureCode.REPLY_UNREADABLE, "Square's answer cannot be read", changes, why);
    }

    private static List<String> codes(SquareApiException answer) {
        return answer.errors().stream().map(error -> error.getCode().toString()).toList();
    }

    private static String words(SquareApiException answer) {
        String words = answer.errors().stream()
                .map(error -> error.getCode()
                        + error.getDetail().map(detail -> ": " + detail).orElse("")
                        + error.getField().map(field -> " (" + field + ")").orElse(""))
                .collect(Collectors.joining("; "));
        return words.length() > LONGEST_DETAIL ? words.substring(0, LONGEST_DETAIL) + "…" : words;
    }

    private static Duration retryAfter(SquareApiException answer) {
        return answer.headers().entrySet().stream()
                .filter(header -> "retry-after".equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst()
                .flatMap(RetryAfter::parse)
                .orElse(USUAL_WAIT);
    }

    void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    /** Square understood the call and will not do it, however often it is asked. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient List<String> codes;

        Refusal(int status, List<String> codes, String message) {
            super(message);
            this.status = status;
            this.codes = List.copyOf(codes);
        }

        boolean notFound() {
            return status == 404;
        }

        /** Somebody else has changed the object since it was read. */
        boolean conflict() {
            return status == 409 || codes.contains("VERSION_MISMATCH") || codes.contains("CONFLICT");
        }

        boolean keyReused() {
            return codes.contains("IDEMPOTENCY_KEY_REUSED");
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }
}
