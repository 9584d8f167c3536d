package io.throughline.connectors.http;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.HttpAnswers;
import io.throughline.domain.failure.RetryAfter;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.tracing.HttpSpan;
import io.throughline.wire.Exchange;
import io.throughline.wire.Unanswered;
import io.throughline.wire.Unreached;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Calls to one system of an account: none passes a closed gate, each ends in time and is a span. Failures come out as {@link
 * SystemFailure}, which says whether the call may have had its effect; answers of 2xx and plain refusals (4xx) come back. Thread-safe.
 */
public final class SystemCalls implements AutoCloseable {
    /** How long a limited caller stays away who is not told. */
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private final String span;
    private final String system;
    private final AccountId account;
    private final SystemGate gate;
    private final Duration timeout;
    private final Exchange exchange;

    private SystemCalls(String span, String system, AccountId account, SystemGate gate, Duration timeout) {
        this.span = span;
        this.system = system;
        this.account = account;
        this.gate = gate;
        this.timeout = timeout;
        this.exchange = new Exchange(timeout);
    }

    /** To the system that the account is at; {@code kind} is what kind of one, as spans are named. */
    public static SystemCalls to(String kind, AccountId account, SystemGate gate, Duration timeout) {
        return new SystemCalls(kind, account.toString(), account, gate, timeout);
    }

    /** To one of several systems behind one account, which spans and failures call by its own name. */
    public static SystemCalls toOneOf(AccountId account, String name, SystemGate gate, Duration timeout) {
        return new SystemCalls(name, name, account, gate, timeout);
    }

    /** {@code changes}: the call may have had its effect where its answer is missing. */
    public Answer call(HttpRequest.Builder request, boolean changes) {
        Passage.ask(gate, account);
        HttpResponse<byte[]> response = exchange(request, changes);
        int status = response.statusCode();
        HttpAnswers.require(system + " answered " + status, status, changes, retryAfter(response));
        Answer answer = new Answer(
                system, changes, status, response.headers(), new String(response.body(), StandardCharsets.UTF_8));
        if (changes && !answer.refused()) {
            CallSeries.changed();
        }
        return answer;
    }

    /** The same of a system whose refusals are JSON, too: what is none comes from somebody else on the way, and says nothing of it. */
    public JsonAnswer callForJson(HttpRequest.Builder request, boolean changes) {
        Answer answer = call(request, changes);
        return new JsonAnswer(answer.status(), answer.json());
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request, boolean changes) {
        try (HttpSpan asked = HttpSpan.of(span, request)) {
            HttpResponse<byte[]> response = exchange.send(request, CallSeries.timeFor(timeout));
            asked.answered(response.statusCode());
            return response;
        } catch (Unreached unreached) {
            throw SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, system + " cannot be reached", unreached);
        } catch (Unanswered unanswered) {
            throw SystemFailure.of(
                    changes ? FailureCode.OUTCOME_UNKNOWN : FailureCode.SYSTEM_UNREACHABLE,
                    "no whole answer from " + system,
                    changes,
                    unanswered);
        }
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .flatMap(RetryAfter::parse)
                .orElse(USUAL_WAIT);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
