package io.throughline.connectors.messaging;

import io.throughline.connectors.http.SystemCalls;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.notification.CustomerNotifier;
import io.throughline.domain.notification.Notification;
import java.util.Optional;

/**
 * Tells customers by mail where we have an address, else by text message where we have a number. Neither provider remembers a
 * vendor key, so a message whose outcome is unknown must be looked for by {@link #findSent} before it is sent again. Thread-safe.
 */
public final class MessagingNotifier implements CustomerNotifier, AutoCloseable {

    private static final String NOBODY = "nobody";

    private final SystemCalls mailCalls;
    private final SystemCalls textCalls;
    private final MailProvider mail;
    private final TextProvider texts;

    public MessagingNotifier(MessagingConfig config) {
        this(config, SystemGate.open());
    }

    /** Asks nothing but what passes the gate. */
    public MessagingNotifier(MessagingConfig config, SystemGate gate) {
        mailCalls = SystemCalls.toOneOf(config.account(), MailProvider.NAME, gate, config.timeout());
        textCalls = SystemCalls.toOneOf(config.account(), TextProvider.NAME, gate, config.timeout());
        mail = new MailProvider(config.mail(), mailCalls);
        texts = new TextProvider(config.texts(), textCalls);
    }

    @Override
    public Optional<Receipt> findSent(Notification notification) {
        PersonalData person = notification.person();
        if (email(person).isPresent()) {
            return mail.find(notification.reference());
        }
        return phone(person)
                .map(number -> texts.find(number, notification.reference()))
                .orElseGet(() -> Optional.of(Receipt.of(NOBODY)));
    }

    @Override
    public Reply send(Notification notification, String vendorKey) {
        PersonalData person = notification.person();
        Wording wording = Wording.of(notification);
        Optional<String> email = email(person);
        if (email.isPresent()) {
            return mail.send(email.get(), notification.reference(), wording);
        }
        return phone(person)
                .map(number -> texts.send(number, notification.reference(), wording))
                .orElseGet(() -> Reply.done(NOBODY));
    }

    private static Optional<String> email(PersonalData person) {
        return person.email().map(String::strip).filter(address -> !address.isEmpty());
    }

    private static Optional<String> phone(PersonalData person) {
        return person.phone().map(String::strip).filter(number -> !number.isEmpty());
    }

    @Override
    public void close() {
        mailCalls.close();
        textCalls.close();
    }
}
