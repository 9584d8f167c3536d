package io.throughline.activities.call;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Orders;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends a customer one message per purpose. Who the customer is, is looked up here and kept nowhere. */
public final class Messages {
    private static final String TELL = "tell";

    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final PersonalDataStore people;

    public Messages(Effects effects, OutsideWorld world, Orders orders, PersonalDataStore people) {
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.people = people;
    }

    /** Whose system sends them. */
    public AccountId account() {
        return world.messagingAccount().id();
    }

    public Reply send(
            OrderId id,
            String about,
            Notification.Template template,
            Map<String, String> facts,
            Optional<Decision> decision) {
        return send(id, about, template, facts, Map::of, decision);
    }

    /** {@code confidential} is told and kept nowhere; it is asked for just before something is sent, each time. */
    public Reply send(
            OrderId id,
            String about,
            Notification.Template template,
            Map<String, String> facts,
            Supplier<Map<String, String>> confidential,
            Optional<Decision> decision) {
        Order order = orders.find(id).orElseThrow();
        PersonalData person = people.find(order.customer()).orElseGet(PersonalData::none);
        Notification notification = new Notification(reference(about, template), template, order.name(), person, facts);
        return effects.carryOut(
                Effects.Intent.of(account(), id.value(), TELL, notification.reference())
                        .asking(notification.reference() + " " + notification.facts())
                        .foundBy(() -> world.notifier().findSent(notification))
                        .doneBy(key -> world.notifier().send(notification.with(confidential.get()), key)),
                decision);
    }

    /** Whether it was sent before, whatever it said. */
    public boolean isSent(OrderId id, String about, Notification.Template template) {
        return effects.find(account(), id.value(), TELL, reference(about, template))
                .flatMap(EffectLedger.Effect::receipt)
                .isPresent();
    }

    private static String reference(String about, Notification.Template template) {
        return about + "/" + template;
    }
}
