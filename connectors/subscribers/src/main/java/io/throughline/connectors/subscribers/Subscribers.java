package io.throughline.connectors.subscribers;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventReceiver;
import io.throughline.domain.event.WebhookSecret;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends events to subscribers, signed after Standard Webhooks. One time limit covers the whole call, no redirect is followed, nothing is
 * repeated, and of an answer only the status counts. Safe for many threads.
 */
public final class Subscribers implements EventReceiver, AutoCloseable {
    private static final Duration WHOLE_CALL = Duration.ofSeconds(10);
    private static final Duration LOOKUP = Duration.ofSeconds(5);
    private static final MediaType MEDIA_TYPE = MediaType.get(Envelope.MEDIA_TYPE);
    private static final int GONE = 410;

    private final AddressGuard guard;
    private final Envelope envelope;
    private final Clock clock;
    private final OkHttpClient client;

    /** {@code publicUrl}: as whom Throughline sends, and where the schemas are read. */
    public Subscribers(AddressRules rules, URI publicUrl, Clock clock) {
        this(rules, publicUrl, clock, new ImpatientDns(Dns.SYSTEM, LOOKUP), WHOLE_CALL);
    }

    Subscribers(AddressRules rules, URI publicUrl, Clock clock, Dns resolver, Duration wholeCall) {
        this.guard = new AddressGuard(rules, resolver);
        this.envelope = new Envelope(publicUrl);
        this.clock = clock;
        this.client = new OkHttpClient.Builder()
                .dns(guard)
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(wholeCall)
                .build();
    }

    @Override
    public Optional<String> objection(String url) {
        return guard.objection(url);
    }

    @Override
    public Outcome deliver(Claim claim) {
        Optional<String> objection = objection(claim.url());
        if (objection.isPresent()) {
            return new Outcome.Failed("refused to send: " + objection.get());
        }
        try (Response response = client.newCall(request(claim)).execute()) {
            if (response.isSuccessful()) {
                return new Outcome.Accepted();
            }
            return response.code() == GONE ? new Outcome.Gone() : new Outcome.Failed("answered " + response.code());
        } catch (AddressGuard.Refused refused) {
            return new Outcome.Failed("refused to send: " + refused.getMessage());
        } catch (IOException unanswered) {
            return new Outcome.Failed("no answer: " + unanswered.getClass().getSimpleName());
        } catch (RuntimeException unsendable) {
            return new Outcome.Failed("can't be sent: " + unsendable.getClass().getSimpleName());
        }
    }

    private Request request(Claim claim) {
        String id = claim.event().id();
        String body = envelope.of(claim.event());
        long timestamp = clock.instant().getEpochSecond();
        return new Request.Builder()
                .url(claim.url())
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header(
                        "webhook-signature",
                        claim.secrets().stream()
                                .map(secret -> signature(secret, id, timestamp, body))
                                .collect(Collectors.joining(" ")))
                .header("User-Agent", "Throughline")
                .post(RequestBody.create(body, MEDIA_TYPE))
                .build();
    }

    private static String signature(WebhookSecret secret, String id, long timestamp, String body) {
        try {
            return new Webhook(secret.value()).sign(id, timestamp, body);
        } catch (EmptyWebhookSecretException | WebhookSigningException impossible) {
            throw new IllegalStateException("a secret of 32 bytes signs anything", impossible);
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
