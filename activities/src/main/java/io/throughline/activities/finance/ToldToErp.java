package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.order.Order;
import java.util.Optional;

/** What the ERP knows of an order already, by the effects that were carried out there. */
final class ToldToErp {
    /** For an effect that happens once in the life of its subject. */
    static final String ONCE = "once";

    private final Effects effects;
    private final OutsideWorld world;

    ToldToErp(Effects effects, OutsideWorld world) {
        this.effects = effects;
        this.world = world;
    }

    AccountId company(Order order) {
        return world.accounts().erpOf(order.key().account());
    }

    /** What was told stays as it was told: that the order has changed since does not make a second document of it. */
    Optional<Reply> earlier(Order order, String subject, String operation) {
        return effects.find(company(order), subject, operation, ONCE)
                .flatMap(EffectLedger.Effect::receipt)
                .map(Reply::done);
    }

    /** Whether the ERP was told, may have been, or would have been were it live. */
    boolean wasTold(Order order, String operation, String instance) {
        return state(order, operation, instance).isPresent();
    }

    /** Whether it is in the ERP's books, or may be. */
    boolean isInTheBooks(Order order, String operation, String instance) {
        return state(order, operation, instance)
                .filter(state -> state != EffectLedger.State.SHADOWED)
                .isPresent();
    }

    private Optional<EffectLedger.State> state(Order order, String operation, String instance) {
        return effects.find(company(order), order.id().value(), operation, instance)
                .filter(EffectLedger.Effect::mayBeThere)
                .map(EffectLedger.Effect::state);
    }
}
