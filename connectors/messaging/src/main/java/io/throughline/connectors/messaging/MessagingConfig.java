package io.throughline.connectors.messaging;

import io.throughline.domain.account.AccountId;
import java.net.URI;
import java.time.Duration;

/** One account for messages: a mail provider that speaks SendGrid's API and a text message provider that speaks Twilio's. */
public record MessagingConfig(AccountId account, Mail mail, Texts texts, Duration timeout) {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    public MessagingConfig {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout of account " + account + " must be positive");
        }
    }

    public static MessagingConfig of(AccountId account, Mail mail, Texts texts) {
        return new MessagingConfig(account, mail, texts, USUAL_TIMEOUT);
    }

    public MessagingConfig withTimeout(Duration other) {
        return new MessagingConfig(account, mail, texts, other);
    }

    /** {@code baseUrl} is the root to which {@code /v3/...} is added; {@code from} the sender's address. */
    public record Mail(URI baseUrl, String apiKey, String from) {
        public Mail {
            require(apiKey, "mail API key");
            require(from, "mail sender");
        }

        @Override
        public String toString() {
            return "Mail[" + baseUrl + " from " + from + "]";
        }
    }

    /** {@code baseUrl} is the root to which {@code /2010-04-01/...} is added; {@code from} the sender's number. */
    public record Texts(URI baseUrl, String accountSid, String authToken, String from) {
        public Texts {
            require(accountSid, "text message account");
            require(authToken, "text message token");
            require(from, "text message sender");
        }

        @Override
        public String toString() {
            return "Texts[" + baseUrl + " from " + from + "]";
        }
    }

    private static void require(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("messages need a " + what);
        }
    }
}
