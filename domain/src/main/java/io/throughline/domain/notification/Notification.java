package io.throughline.domain.notification;

import io.throughline.domain.customer.PersonalData;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message to a customer. {@code reference} is ours and unique, and travels with the message so that it can be found again. The facts are in
 * the order of their names, whatever order they came in: what is asked for once more reads the same in every process.
 */
public record Notification(
        String reference, Template template, String orderName, PersonalData person, Map<String, String> facts) {
    public Notification {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** The same, saying more. */
    public Notification with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(facts);
        all.putAll(more);
        return new Notification(reference, template, orderName, person, all);
    }

    @Override
    public String toString() {
        return "Notification[" + reference + " " + template + "]";
    }

    public enum Template {
        SHIPPED,
        READY_FOR_PICKUP,
        PICKUP_REMINDER,
        PICKED_UP,
        CANCELLED,
        UNCOLLECTED,
        /** Something can't be done as ordered: the facts name the choices, and until when. */
        ALTERNATIVES,
        /** What was to leave waits for supply, which is expected on the day {@code expectedOn}, or on none that is known. */
        BACKORDERED,
        /** With the {@code label} that is to be printed, where one was bought; {@code ownLabel}: the customer has to label it by themselves. */
        RETURN_AUTHORISED,
        /** What was not taken goes back to the customer: the facts say why. */
        RETURN_SENT_BACK,
        /** A return is not granted after all; {@code kept}: its goods were looked at, and stay with us without money. */
        RETURN_REFUSED,
        REFUNDED,
        /** The credit of a return does not pay what is taken for it: so much is still to be paid, and until when. */
        EXCHANGE_TO_PAY,
        /** What is waited for is expected on another day, {@code expectedOn}, or on none that is known. */
        REPROMISED
    }
}
