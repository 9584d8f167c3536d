package io.throughline.activities.returns;

import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.PutBack;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.Shelved;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a shop has put on its shelves with a refund that somebody made there: those goods have come, and nobody receives them once more. Where the shop itself
 * moves the stock of the place, that is told of them by its feed; elsewhere the return brings them in. What it does not tell of is waited for.
 */
public final class ShopShelves {
    private final OutsideWorld world;
    private final Returns returns;
    private final ReturnPolicies policies;
    private final Facilities facilities;
    private final StockAuthorities authorities;

    public ShopShelves(
            OutsideWorld world,
            Returns returns,
            ReturnPolicies policies,
            Facilities facilities,
            StockAuthorities authorities) {
        this.world = world;
        this.returns = returns;
        this.policies = policies;
        this.facilities = facilities;
        this.authorities = authorities;
    }

    /** Only of a refund of somebody else's: ours puts nothing back. */
    boolean areToBeRead(Return returned) {
        return returned.cause() instanceof ReturnCause.GivenElsewhere
                && isStillToCome(returned.goods())
                && returns.asksForShelves(returned.id());
    }

    private static boolean isStillToCome(GoodsStatus goods) {
        return switch (goods) {
            case AUTHORISED, IN_TRANSIT, DELIVERED, PARTLY_RECEIVED -> true;
            case RECEIVED, INSPECTED, NOT_TO_COME, REFUSED -> false;
        };
    }

    Reply read(ReturnId id) {
        Return returned = returns.find(id).orElseThrow();
        if (!areToBeRead(returned)) {
            return Reply.done("it was asked before, or nothing is to come");
        }
        AccountId shop = returned.order().account();
        List<Shelved> shelved =
                world
                        .refunds(shop)
                        .putBack(
                                returned.order(),
                                returned.repayment().orElseThrow().everyTransaction())
                        .stream()
                        .flatMap(units -> shelved(shop, returned, units))
                        .toList();
        returns.shelved(id, shelved);
        return Reply.done(
                shelved.isEmpty() ? "nothing was put on a shelf" : shelved.size() + " lines were put on a shelf");
    }

    private Stream<Shelved> shelved(AccountId shop, Return returned, PutBack units) {
        return facilities.byLocation(shop, units.location()).map(Facility::id).stream()
                .map(place -> new Shelved(
                        units.lineId(),
                        units.units(),
                        place,
                        grade(returned),
                        authorities.isMovedBy(shop.value(), place, Measure.ON_HAND)));
    }

    /** As of goods that nobody of ours has looked at. */
    private ConditionGrade grade(Return returned) {
        return policies.named(returned.policyVersion()).orElseThrow().grades().assumed();
    }
}
