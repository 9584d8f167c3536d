package io.throughline.activities.returns;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.Steps;
import io.throughline.activities.fulfillment.LabelSellers;
import io.throughline.activities.fulfillment.LabelSellers.Sale;
import io.throughline.activities.fulfillment.Shipping;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.ParcelTask;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnParcels;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.Returns;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Labels of returns, each bought once by its parcel's own name: that with which the customer sends the goods, and those with which what was not taken
 * goes back to them. What is not used is given back. Where no carrier sells one, the policy of the return says whether its customer sees to it, or a
 * person decides.
 */
public final class ReturnLabels {
    private static final String ABOUT = "return";
    private static final String ONCE = "once";

    private final Steps steps;
    private final Effects effects;
    private final Returns returns;
    private final ReturnParcels parcels;
    private final ReturnPolicies policies;
    private final Orders orders;
    private final Facilities facilities;
    private final Shipping shipping;
    private final LabelSellers sellers;

    public ReturnLabels(
            Steps steps,
            Effects effects,
            Returns returns,
            ReturnParcels parcels,
            ReturnPolicies policies,
            Orders orders,
            Facilities facilities,
            Shipping shipping,
            Clock clock) {
        this.steps = steps;
        this.effects = effects;
        this.returns = returns;
        this.parcels = parcels;
        this.policies = policies;
        this.orders = orders;
        this.facilities = facilities;
        this.shipping = shipping;
        this.sellers = new LabelSellers(steps, effects, shipping.carrier(), clock);
    }

    StepResult buy(ReturnId id) {
        Return returned = get(id);
        Steps.Step step = step(returned, "carrier.return-label", askedFor(returned));
        StepResult result = steps.take(step, () -> !isWanted(id), decision -> buyNow(get(id), decision));
        if (result.verdict() == StepResult.Verdict.DONE) {
            get(id).fromCustomer()
                    .filter(ReturnParcel::isToBeLabelled)
                    .ifPresent(left -> goesWithout(returned, left, askedFor(returned), "somebody has decided so"));
        }
        return result;
    }

    /** The label with which the customer sends the goods is still to be bought, and of use. */
    boolean isWanted(ReturnId id) {
        Return returned = get(id);
        return returned.needsLabel()
                && returned.fromCustomer().filter(ReturnParcel::isToBeLabelled).isPresent();
    }

    private Reply buyNow(Return returned, Optional<Decision> decision) {
        Optional<ReturnParcel> waiting = returned.fromCustomer().filter(ReturnParcel::isToBeLabelled);
        if (waiting.isEmpty()) {
            return Reply.done("labelled");
        }
        ReturnParcel parcel = waiting.get();
        if (!returned.needsLabel()) {
            return goesWithout(returned, parcel, askedFor(returned), "its goods have come, or nobody waits for them");
        }
        Optional<PostalAddress> from = customer(returned);
        Optional<PostalAddress> to = facilities.find(parcel.facility()).flatMap(Facility::address);
        if (from.isEmpty() || to.isEmpty()) {
            return noLabel(
                    returned,
                    parcel,
                    new Sale.Nobody(
                            from.isEmpty()
                                    ? "nobody knows where it comes from"
                                    : parcel.facility() + " has no address to which it could be sent",
                            Optional.empty()));
        }
        Carrier.LabelRequest request = new Carrier.LabelRequest(
                parcel.id(), order(returned).name(), from.get(), to.get(), OptionalInt.empty(), true);
        return switch (sell(returned, parcel, request, askedFor(returned), decision)) {
            case Sale.Sold sold -> labelled(parcel, sold);
            case Sale.Nobody nobody -> noLabel(returned, parcel, nobody);
        };
    }

    private Reply noLabel(Return returned, ReturnParcel parcel, Sale.Nobody nobody) {
        if (mail(returned).filter(ReturnPolicy.Mail::elseByCustomer).isPresent()) {
            return goesWithout(returned, parcel, askedFor(returned), nobody.why());
        }
        return toAPerson(parcel, nobody);
    }

    /** Who was asked and has not answered may have sold one. */
    private Reply goesWithout(Return returned, ReturnParcel parcel, List<AccountId> asked, String why) {
        asked.forEach(seller -> sellers.passOver(returned.id(), returned.order().account(), seller, parcel.id()));
        parcels.unlabelled(parcel.id(), why);
        return Reply.done("it goes without a label of ours");
    }

    /** Who may still answer is asked on. */
    private static Reply toAPerson(ReturnParcel parcel, Sale.Nobody nobody) {
        Optional<SystemFailure> unanswered = nobody.unanswered();
        if (unanswered.isPresent()) {
            throw unanswered.get();
        }
        return Reply.refused(FailureCode.RETURN_LABEL_REFUSED, parcel.id() + ": " + nobody.why());
    }

    private Reply labelled(ReturnParcel parcel, Sale.Sold sold) {
        Receipt receipt = sold.receipt();
        if (receipt.sent()) {
            parcels.labelled(parcel.id(), sold.seller(), Label.of(receipt));
        } else {
            parcels.unlabelled(parcel.id(), "nothing is sent to " + sold.seller());
        }
        return Reply.done("labelled");
    }

    /** What a carrier does not take back is a case that nobody waits for. */
    StepResult giveBack(ReturnId id) {
        Return returned = get(id);
        List<AccountId> sold = returned.fromCustomer().flatMap(ReturnParcel::boughtFrom).stream()
                .toList();
        Steps.Step step = step(returned, "carrier.void-label", sold);
        return steps.take(step, decision -> {
            Return now = get(id);
            if (now.parcelTask().filter(task -> task == ParcelTask.VOID_LABEL).isPresent()) {
                now.fromCustomer().ifPresent(parcel -> giveBack(now, parcel));
            }
            return Reply.done("given back");
        });
    }

    private void giveBack(Return returned, ReturnParcel parcel) {
        AccountId seller = parcel.boughtFrom().orElseThrow();
        String number = parcel.tracking().orElseThrow().number();
        Reply reply = effects.carryOut(
                Effects.Intent.of(seller, parcel.id().value(), "void", ONCE)
                        .asking("void " + number)
                        .foundBy(() -> shipping.carrier().findVoid(seller, number))
                        .doneBy(key -> shipping.carrier().voidLabel(seller, number, key)),
                Optional.empty());
        if (reply instanceof Reply.Refused(FailureCode code, String detail)) {
            steps.leaveBehind(
                    step(returned, "carrier.label-left", List.of(seller)),
                    code,
                    parcel.id() + " (" + number + "): " + detail);
            parcels.kept(parcel.id());
        } else {
            parcels.voided(parcel.id());
        }
    }

    /** One after the other; the place where goods lie labels by itself what nobody sells a label for, if a person says so. */
    StepResult sendBack(ReturnId id) {
        Return returned = get(id);
        List<AccountId> asked = toSendBack(returned).stream()
                .flatMap(parcel -> askedFor(returned, parcel).stream())
                .distinct()
                .toList();
        Steps.Step step = step(returned, "carrier.send-back", asked);
        StepResult result =
                steps.take(step, () -> toSendBack(get(id)).isEmpty(), decision -> sendAll(get(id), decision));
        if (result.verdict() == StepResult.Verdict.DONE) {
            toSendBack(get(id))
                    .forEach(left -> goesWithout(returned, left, askedFor(returned, left), "somebody has decided so"));
        }
        return result;
    }

    private static List<ReturnParcel> toSendBack(Return returned) {
        return returned.toSendBack().filter(ReturnParcel::isToBeLabelled).toList();
    }

    private Reply sendAll(Return returned, Optional<Decision> decision) {
        for (ReturnParcel parcel : toSendBack(returned)) {
            if (send(returned, parcel, decision) instanceof Reply.Refused refused) {
                return refused;
            }
        }
        return Reply.done("labelled");
    }

    private Reply send(Return returned, ReturnParcel parcel, Optional<Decision> decision) {
        List<AccountId> asked = askedFor(returned, parcel);
        if (asked.isEmpty()) {
            parcels.unlabelled(parcel.id(), parcel.facility() + " labels it by itself");
            return Reply.done("left to its place");
        }
        Optional<PostalAddress> to = customer(returned);
        if (to.isEmpty()) {
            return toAPerson(parcel, new Sale.Nobody("nobody knows where it is to go", Optional.empty()));
        }
        Facility place = facilities.get(parcel.facility());
        Carrier.LabelRequest request = new Carrier.LabelRequest(
                parcel.id(), order(returned).name(), place.name(), place.country(), to.get(), OptionalInt.empty());
        return switch (sell(returned, parcel, request, asked, decision)) {
            case Sale.Sold sold -> labelled(parcel, sold);
            case Sale.Nobody nobody -> toAPerson(parcel, nobody);
        };
    }

    void told(ReturnParcel parcel) {
        parcels.told(parcel.id());
    }

    private Sale sell(
            Return returned,
            ReturnParcel parcel,
            Carrier.LabelRequest request,
            List<AccountId> asked,
            Optional<Decision> decision) {
        Optional<Duration> silentAfter = mail(returned).flatMap(ReturnPolicy.Mail::silentAfter);
        return sellers.sell(
                new LabelSellers.Wanted(
                        returned.id(),
                        returned.order().account(),
                        request,
                        parcel.direction().name(),
                        (seller, why) -> parcels.labelRefused(parcel.id(), seller, why)),
                asked,
                silentAfter,
                decision);
    }

    /** For what the customer sends. */
    private List<AccountId> askedFor(Return returned) {
        return mail(returned).map(ReturnPolicy.Mail::carriers).orElse(List.of());
    }

    /** For what goes back: the usual carrier of its place first. */
    private List<AccountId> askedFor(Return returned, ReturnParcel parcel) {
        return LabelSellers.sellers(facilities.find(parcel.facility()).flatMap(Facility::labels), askedFor(returned));
    }

    private Optional<ReturnPolicy.Mail> mail(Return returned) {
        return policies.named(returned.policyVersion()).flatMap(ReturnPolicy::mail);
    }

    private Optional<PostalAddress> customer(Return returned) {
        return shipping.people().find(order(returned).customer()).flatMap(PersonalData::shipTo);
    }

    private Order order(Return returned) {
        return orders.find(returned.id().order()).orElseThrow();
    }

    private Return get(ReturnId id) {
        return returns.find(id).orElseThrow();
    }

    private static Steps.Step step(Return returned, String name, List<AccountId> asked) {
        Steps.Step step = new Steps.Step(returned.id(), returned.order().account(), name, ABOUT);
        return asked.isEmpty() ? step : step.asking(asked.getFirst());
    }
}
