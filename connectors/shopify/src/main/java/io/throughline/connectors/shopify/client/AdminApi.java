package io.throughline.connectors.shopify.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.shopify.ShopifyConfig;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Admin GraphQL API of one shop. Gives the data of an answer, or throws a {@code SystemFailure} that says whether the shop may
 * have changed. Shopify's errors come in three layers: HTTP and top-level ones end here; {@code userErrors} are the caller's.
 */
public final class AdminApi {
    private static final Logger log = LoggerFactory.getLogger(AdminApi.class);
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(2);

    private final ShopifyConfig config;
    private final Transport transport;
    private final SystemGate gate;
    private final AccessTokens tokens;
    private final CostBucket bucket;
    private final URI endpoint;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    public AdminApi(ShopifyConfig config, Transport transport, Clock clock) {
        this(config, transport, SystemGate.open(), clock);
    }

    public AdminApi(ShopifyConfig config, Transport transport, SystemGate gate, Clock clock) {
        this.config = config;
        this.gate = gate;
        this.transport = transport;
        this.tokens = new AccessTokens(config, transport, clock);
        this.bucket = new CostBucket(clock);
        this.endpoint = URI.create(config.baseUrl() + "/admin/api/" + config.apiVersion() + "/graphql.json");
    }

    public AccountId account() {
        return config.account();
    }

    public String shopDomain() {
        return config.shopDomain();
    }

    /** What the shop lets us spend, as it has told last. */
    public Optional<CallBudget> budget() {
        return bucket.budget();
    }

    /** {@code data} of the answer, as {@code shape}. */
    public <T> T call(Operation operation, Map<String, ?> variables, Class<T> shape) {
        Passage.ask(gate, config.account());
        try (CostBucket.Permit permit = bucket.admit(operation)) {
            Transport.Answer answer = send(operation, body(operation, variables));
            warnOfVersion(answer);
            Envelope envelope = envelope(operation, answer);
            envelope.cost().ifPresent(permit::told);
            envelope.requireNoErrors(operation);
            if (operation.changes()) {
                CallSeries.changed();
            }
            return decode(operation, envelope, shape);
        }
    }

    /** A token may be revoked at any time: it is renewed once, and a second refusal is final for this call. */
    private Transport.Answer send(Operation operation, byte[] body) {
        String token = tokens.current();
        Transport.Answer answer = post(operation, body, token);
        if (answer.status() != 401) {
            return answer;
        }
        tokens.refused(token);
        Transport.Answer second = post(operation, body, tokens.current());
        if (second.status() == 401) {
            throw SystemFailure.withoutEffect(
                    FailureCode.CREDENTIAL_REFUSED, config.shopDomain() + " refuses a fresh access token", null);
        }
        return second;
    }

    private Transport.Answer post(Operation operation, byte[] body, String token) {
        return transport.post(
                endpoint, Map.of("X-Shopify-Access-Token", token), body, config.timeout(), operation.changes());
    }

    private static byte[] body(Operation operation, Map<String, ?> variables) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("query", operation.document());
        request.put("variables", variables);
        try {
            return Json.mapper().writeValueAsBytes(request);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Envelope envelope(Operation operation, Transport.Answer answer) {
        if (answer.status() != 200 && answer.status() != 429) {
            throw refusedByHttp(operation, answer);
        }
        try {
            Envelope envelope = Envelope.read(answer.body());
            boolean throttled = !envelope.errors().isEmpty() && envelope.cost().isPresent();
            if (answer.status() == 200 || throttled) {
                return envelope;
            }
        } catch (IOException unreadable) {
            if (answer.status() == 200) {
                throw SystemFailure.of(
                        FailureCode.REPLY_UNREADABLE,
                        operation.file() + ": the answer of " + config.shopDomain() + " can't be read ("
                                + answer.body().length + " bytes)",
                        operation.changes(),
                        null);
            }
        }
        throw SystemFailure.rateLimited(
                operation.file() + ": " + config.shopDomain() + " answered HTTP 429",
                answer.retryAfter().orElse(UNTOLD_WAIT));
    }

    private SystemFailure refusedByHttp(Operation operation, Transport.Answer answer) {
        String message =
                operation.file() + ": " + config.shopDomain() + " answered HTTP " + answer.status() + meaning(answer);
        return switch (answer.status()) {
            case 403 -> SystemFailure.withoutEffect(FailureCode.CREDENTIAL_REFUSED, message, null);
            case 402, 404, 423 -> SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, message, null);
            case 400, 405, 406, 413, 414, 415, 422 ->
                SystemFailure.withoutEffect(FailureCode.INTERNAL_ERROR, message, null);
            default -> SystemFailure.of(FailureCode.SYSTEM_ERROR, message, operation.changes(), null);
        };
    }

    private static String meaning(Transport.Answer answer) {
        return switch (answer.status()) {
            case 402 -> " (the shop is frozen)";
            case 404 -> " (no such shop or API version)";
            case 423 -> " (the shop is locked)";
            default -> "";
        };
    }

    private <T> T decode(Operation operation, Envelope envelope, Class<T> shape) {
        try {
            JsonNode data = envelope.data().orElseThrow(() -> new IOException("no data"));
            return Json.mapper().treeToValue(data, shape);
        } catch (IOException | IllegalArgumentException unreadable) {
            // Where it failed, but not Jackson's text: that quotes the document, which may hold personal data.
            String where =
                    unreadable instanceof JsonMappingException mapping ? " at " + mapping.getPathReference() : "";
            throw SystemFailure.of(
                    FailureCode.REPLY_UNREADABLE,
                    operation.file() + ": the data of " + config.shopDomain() + " is not what was asked for" + where,
                    operation.changes(),
                    null);
        }
    }

    /** Shopify serves the oldest supported version in place of one that has ended, and says so in a header only. */
    private void warnOfVersion(Transport.Answer answer) {
        answer.header("X-Shopify-API-Version")
                .filter(served -> !served.equals(config.apiVersion()))
                .filter(warned::add)
                .ifPresent(served -> log.warn(
                        "{} serves API version {} instead of {}", config.shopDomain(), served, config.apiVersion()));
        answer.header("X-Shopify-API-Deprecated-Reason")
                .filter(warned::add)
                .ifPresent(
                        reason -> log.warn("{} calls a deprecated part of the API: {}", config.shopDomain(), reason));
    }
}
