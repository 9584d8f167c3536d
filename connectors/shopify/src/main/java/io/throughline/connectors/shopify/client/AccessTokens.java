package io.throughline.connectors.shopify.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.shopify.ShopifyConfig;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access token of one shop, got by client credentials and renewed shortly before its day ends. While no new one can be had, the old
 * one serves until that end. Callers that come together wait for one request. Thread-safe.
 */
final class AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final Duration MARGIN = Duration.ofMinutes(15);
    private static final Duration BACK_OFF = Duration.ofSeconds(2);
    private static final Duration UNTIL_NEXT_RENEWAL = Duration.ofMinutes(1);

    private final ShopifyConfig config;
    private final Transport transport;
    private final Clock clock;
    private Optional<Token> cached = Optional.empty();

    AccessTokens(ShopifyConfig config, Transport transport, Clock clock) {
        this.config = config;
        this.transport = transport;
        this.clock = clock;
    }

    synchronized String current() {
        Instant now = clock.instant();
        Token token = cached.filter(known -> now.isBefore(known.endsAt()))
                .map(known -> now.isBefore(known.renewAt()) ? known : renewed(known, now))
                .orElseGet(() -> request(now));
        cached = Optional.of(token);
        return token.value();
    }

    private Token renewed(Token old, Instant now) {
        try {
            return request(now);
        } catch (SystemFailure failure) {
            LOG.warn("the old token serves for now: {}", failure.getMessage());
            return new Token(old.value(), now.plus(UNTIL_NEXT_RENEWAL), old.endsAt());
        }
    }

    /** The shop refused this token. One that was renewed in the meantime stays. */
    synchronized void refused(String token) {
        cached = cached.filter(known -> !known.value().equals(token));
    }

    private Token request(Instant now) {
        URI uri = URI.create(config.baseUrl() + "/admin/oauth/access_token");
        Transport.Answer answer = transport.post(uri, Map.of(), credentials(), config.timeout(), false);
        return switch (answer.status()) {
            case 200 -> token(answer, now);
            case 400, 401, 403 ->
                throw SystemFailure.withoutEffect(
                        FailureCode.CREDENTIAL_REFUSED,
                        config.shopDomain() + " refused the app's credentials with HTTP " + answer.status(),
                        null);
            case 429 ->
                throw SystemFailure.rateLimited(
                        config.shopDomain() + " throttles token requests",
                        answer.retryAfter().orElse(BACK_OFF));
            default ->
                throw SystemFailure.withoutEffect(
                        FailureCode.SYSTEM_ERROR,
                        config.shopDomain() + " answered a token request with HTTP " + answer.status(),
                        null);
        };
    }

    private byte[] credentials() {
        try {
            return Json.mapper()
                    .writeValueAsBytes(Map.of(
                            "client_id", config.clientId(),
                            "client_secret", config.clientSecret(),
                            "grant_type", "client_credentials"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Token token(Transport.Answer answer, Instant now) {
        try {
            JsonNode reply = Json.mapper().readTree(answer.body());
            String value = reply.path("access_token").asText("");
            if (!value.isBlank()) {
                Duration life = Duration.ofSeconds(
                        reply.path("expires_in").asLong(Duration.ofDays(1).toSeconds()));
                Duration margin = MARGIN.compareTo(life.dividedBy(10)) < 0 ? MARGIN : life.dividedBy(10);
                Instant end = now.plus(life);
                return new Token(value, end.minus(margin), end);
            }
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
        throw unreadable(null);
    }

    private SystemFailure unreadable(@org.jspecify.annotations.Nullable IOException cause) {
        // The cause's text could quote the token.
        return SystemFailure.withoutEffect(
                FailureCode.REPLY_UNREADABLE,
                config.shopDomain() + " gave no access token"
                        + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ")"),
                null);
    }

    private record Token(String value, Instant renewAt, Instant endsAt) {
        @Override
        public String toString() {
            return "Token[renewed at " + renewAt + "]";
        }
    }
}
