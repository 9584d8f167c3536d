package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.finance.SalesDemand;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import java.util.List;
import java.util.Optional;

/** The sale that an order means to the ERP: announced once its work has a place, withdrawn when the order comes to nothing. */
final class SalesDemands {
    private static final String ANNOUNCE = "announce";

    private final Effects effects;
    private final OutsideWorld world;
    private final ToldToErp told;
    private final FulfillmentOrders work;
    private final SoldOrders sold;
    private final PersonalDataStore people;
    private final PostingRules rules;

    SalesDemands(
            Effects effects,
            OutsideWorld world,
            ToldToErp told,
            FulfillmentOrders work,
            SoldOrders sold,
            PersonalDataStore people,
            PostingRules rules) {
        this.effects = effects;
        this.world = world;
        this.told = told;
        this.work = work;
        this.sold = sold;
        this.people = people;
        this.rules = rules;
    }

    Reply announce(Order order, Optional<Decision> decision) {
        return told.earlier(order, order.id().value(), ANNOUNCE).orElseGet(() -> announceNow(order, decision));
    }

    private Reply announceNow(Order order, Optional<Decision> decision) {
        AccountId company = told.company(order);
        SalesDemand demand = Amended.of(demand(order), decision);
        return effects.carryOut(
                Effects.Intent.of(company, order.id().value(), ANNOUNCE, ToldToErp.ONCE)
                        .asking(demand.asked())
                        .foundBy(() -> world.erp().findDemand(company, demand))
                        .doneBy(key -> world.erp().announce(company, demand)),
                decision);
    }

    /**
     * Where the first work that somebody still has, or has handed over, is another than the demand was announced with, its goods go from there: an ERP knows
     * one place of a sale. What it refuses stands in the trace and holds nothing up.
     */
    void follow(Order order) {
        List<FulfillmentOrder> all = work.ofOrder(order.id());
        all.stream()
                .filter(one -> one.status().givenOut())
                .findFirst()
                .filter(one -> !one.id().equals(all.getFirst().id()))
                .filter(one -> told.earlier(order, order.id().value(), ANNOUNCE).isPresent())
                .ifPresent(first -> move(order, first));
    }

    private void move(Order order, FulfillmentOrder first) {
        AccountId company = told.company(order);
        SalesDemand moved = demand(order).from(first.facility().value());
        effects.carryOut(
                Effects.Intent.of(
                                company,
                                order.id().value(),
                                "move-demand",
                                first.id().value())
                        .asking(moved.reference() + " from " + moved.warehouse())
                        .foundBy(() -> world.erp().findMove(company, moved))
                        .doneBy(key -> world.erp().move(company, moved)),
                Optional.empty());
    }

    boolean wereAnnounced(Order order) {
        return told.wasTold(order, ANNOUNCE, ToldToErp.ONCE);
    }

    Reply withdraw(Order order, Optional<Decision> decision) {
        AccountId company = told.company(order);
        SalesDemand demand = demand(order);
        return effects.carryOut(
                Effects.Intent.of(company, order.id().value(), "withdraw", ToldToErp.ONCE)
                        .asking("withdraw " + demand.reference())
                        .foundBy(() -> world.erp().findWithdrawal(company, demand))
                        .doneBy(key -> world.erp().withdraw(company, demand)),
                decision);
    }

    private SalesDemand demand(Order order) {
        List<FulfillmentOrder> all = work.ofOrder(order.id());
        String warehouse = all.stream()
                .findFirst()
                .map(one -> one.facility().value())
                .orElseThrow(() -> new IllegalStateException("order " + order.id() + " was not routed"));
        PersonalData person = people.find(order.customer()).orElseGet(PersonalData::none);
        return new Postings(sold.of(order, all)).demand(person, warehouse, rules.dayOf(order.placedAt(), order));
    }
}
