package io.throughline.connectors.messaging;

import io.throughline.domain.notification.Notification;
import java.util.Map;
import java.util.Optional;

/** What a message says. Only facts that are there are spoken of. */
record Wording(String subject, String text) {

    static Wording of(Notification notification) {
        String order = notification.orderName();
        Map<String, String> facts = notification.facts();
        return switch (notification.template()) {
            case SHIPPED ->
                new Wording(
                        "Order " + order + " is on its way",
                        "Your order " + order + " has been shipped." + parcel(facts));
            case READY_FOR_PICKUP ->
                new Wording(
                        "Order " + order + " is ready for pickup",
                        "Your order " + order + " is ready for pickup" + at(facts) + "."
                                + told(facts, "code", " Your pickup code is ", ". Bring it with you."));
            case PICKUP_REMINDER ->
                new Wording(
                        "Order " + order + " still waits for you",
                        "Your order " + order + " still lies ready for pickup" + at(facts) + "."
                                + told(facts, "until", " Please collect it by ", ".")
                                + " If you were given a pickup code, bring it with you.");
            case PICKED_UP ->
                new Wording(
                        "Order " + order + " was picked up",
                        "Your order " + order + " was picked up" + at(facts) + ". Thank you!");
            case CANCELLED ->
                new Wording("Order " + order + " was cancelled", "Your order " + order + " has been cancelled.");
            case UNCOLLECTED ->
                new Wording(
                        "Order " + order + " was not collected",
                        "Your order " + order + " was not collected in time and has been cancelled."
                                + " What you have paid for it is given back.");
            case ALTERNATIVES ->
                new Wording(
                        "Order " + order + ": please choose",
                        "We can't do all of your order " + order + " as you wanted it." + choices(facts)
                                + told(facts, "until", " Please let us know by ", "."));
            case BACKORDERED ->
                new Wording(
                        "Order " + order + " has to wait",
                        "Nobody has all of your order " + order + " just now. It leaves as soon as it has come"
                                + told(facts, "expectedOn", ", which we expect on ", "") + ".");
            case RETURN_AUTHORISED ->
                new Wording(
                        "Your return of order " + order,
                        "You can send your goods of order " + order + " back."
                                + told(facts, "label", " Print this label and put it on the parcel: ", " .")
                                + parcel(facts)
                                + (facts.containsKey("ownLabel")
                                        ? " Please send them by a carrier of your choice, and pay for that; we keep"
                                                + " nothing for a label."
                                        : "")
                                + told(facts, "return", " Write ", " on the parcel.")
                                + told(facts, "until", " It should be with us by ", "."));
            case RETURN_SENT_BACK ->
                new Wording(
                        "Goods of order " + order + " come back to you",
                        "We can't take back all that you have returned of order " + order
                                + told(facts, "because", ": ", "") + "."
                                + told(facts, "units", " ", " come back to you.")
                                + parcel(facts) + " No money is given back for them.");
            case RETURN_REFUSED ->
                new Wording(
                        "Your return of order " + order,
                        (facts.containsKey("kept")
                                        ? "We can't give you money back for what you have returned of order " + order
                                                + "."
                                        : "We can't take back what you wanted to return of order " + order + ".")
                                + told(facts, "return", " This is about your return ", ".")
                                + " If you don't agree, please write to us.");
            case REFUNDED ->
                new Wording(
                        "Your refund for order " + order,
                        "We have given you money back for order " + order + told(facts, "amount", ": ", "") + "."
                                + told(facts, "return", " This is for your return ", "."));
            case EXCHANGE_TO_PAY ->
                new Wording(
                        "Your exchange for order " + order,
                        "What you have returned of order " + order + " does not pay all of what you take for it."
                                + told(facts, "amount", " Please pay ", "")
                                + told(facts, "until", " by ", "")
                                + "; otherwise we give you your money back.");
            case REPROMISED ->
                new Wording(
                        "Order " + order + " comes on another day",
                        "What is still to come of your order " + order + " is "
                                + Optional.ofNullable(facts.get("expectedOn"))
                                        .map(day -> "now expected on " + day + ".")
                                        .orElse("late, and we do not know yet when it comes. We will tell you."));
        };
    }

    private static String told(Map<String, String> facts, String name, String before, String after) {
        return Optional.ofNullable(facts.get(name))
                .map(fact -> before + fact + after)
                .orElse("");
    }

    /** Each choice is a fact of its own. */
    private static String choices(Map<String, String> facts) {
        return told(facts, "OTHER_STORE", " You can collect it at ", " instead.")
                + (facts.containsKey("SHIP") ? " We can send it to you." : "")
                + (facts.containsKey("WAIT") ? " You can wait until we have it." : "")
                + (facts.containsKey("CANCEL") ? " You can give it up, and get your money back." : "");
    }

    private static String parcel(Map<String, String> facts) {
        return Optional.ofNullable(facts.get("tracking"))
                .map(number -> " " + facts.getOrDefault("carrier", "Parcel") + ": " + number + ".")
                .orElse("");
    }

    private static String at(Map<String, String> facts) {
        return Optional.ofNullable(facts.get("facility"))
                .map(facility -> " at " + facility)
                .orElse("");
    }
}
