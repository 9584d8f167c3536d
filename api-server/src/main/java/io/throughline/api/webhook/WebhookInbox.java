package io.throughline.api.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.Inbox.Gathering;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what a webhook is about, with one insert. Its body, which may hold names and addresses, is not kept: a webhook is a hint, and
 * the facts are read from its sender. Nothing is kept of an account that is off.
 */
final class WebhookInbox {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookInbox.class);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Inbox inbox;
    private final Accounts accounts;

    WebhookInbox(Inbox inbox, Accounts accounts) {
        this.inbox = inbox;
        this.accounts = accounts;
    }

    void store(
            AccountId account, String topic, String eventId, String subject, Map<String, ?> hint, Gathering gathering) {
        if (accounts.isOff(account)) {
            LOG.debug("{} is off: {} about {} is let go", account, topic, subject);
            return;
        }
        storeThoughOff(account, topic, eventId, subject, hint, gathering);
    }

    /** What the law asks of us is heard however little we do for the account. */
    void storeThoughOff(
            AccountId account, String topic, String eventId, String subject, Map<String, ?> hint, Gathering gathering) {
        try {
            inbox.storeHint(account, topic, eventId, subject, MAPPER.writeValueAsString(hint), gathering);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of texts can be written", impossible);
        }
    }

    /** Authentic, but nobody can read it: it becomes a dead letter with a case, and its sender is satisfied. */
    void storeUnreadable(AccountId account, byte[] body, String reason) {
        String event = "sha256:" + Sha256.hex(body);
        store(
                account,
                "webhook/unreadable",
                event,
                "unreadable/" + account + "/" + event,
                Map.of("reason", reason),
                Gathering.BURST);
    }
}
