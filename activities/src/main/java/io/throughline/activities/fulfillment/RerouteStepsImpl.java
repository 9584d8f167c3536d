package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Messages;
import io.throughline.activities.call.Steps;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.Offer;
import io.throughline.domain.fulfillment.OfferChoice;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.OrderPromise;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.ReroutePolicy.Offers;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.RerouteState;
import io.throughline.workflows.fulfillment.RerouteSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The steps of a reroute: {@link FacilityRecall} takes the work away, {@link Replacement} finds somebody else. */
final class RerouteStepsImpl implements RerouteSteps {
    /** Where the policy of the order, which has made an offer, does not say for how long any more. */
    private static final Duration ASKED_ON_FOR = Duration.ofDays(1);

    private final Jobs jobs;
    private final Steps steps;
    private final FulfillmentOrders work;
    private final Facilities facilities;
    private final Reroutes reroutes;
    private final FacilityRecall recall;
    private final Replacement replacement;
    private final SupplyWait supply;
    private final Messages messages;
    private final Policies policies;
    private final Clock clock;

    RerouteStepsImpl(
            Jobs jobs,
            Steps steps,
            FulfillmentOrders work,
            Facilities facilities,
            Reroutes reroutes,
            FacilityRecall recall,
            Replacement replacement,
            SupplyWait supply,
            Messages messages,
            Policies policies,
            Clock clock) {
        this.jobs = jobs;
        this.steps = steps;
        this.work = work;
        this.facilities = facilities;
        this.reroutes = reroutes;
        this.recall = recall;
        this.replacement = replacement;
        this.supply = supply;
        this.messages = messages;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public RerouteState look(RerouteId id) {
        Job job = jobs.get(id.work());
        return steps.retrying(job.step("reroute.look"), () -> {
            Reroute reroute = stillWanted(reroutes.get(id), job);
            boolean backordered =
                    reroute.status() == RerouteStatus.WAITING && supply.isShort(id.order(), reroute.lines());
            return new RerouteState(
                    reroute.status(),
                    reroute.cause(),
                    job.facility().id().value(),
                    reroute.replacedBy().stream()
                            .map(one -> work.get(one).facility().value())
                            .toList(),
                    reroute.lines().stream()
                            .map(line -> line.quantity() + " × " + line.sku())
                            .collect(Collectors.joining(", ")),
                    reroute.finding().words(),
                    due(reroute),
                    backordered,
                    backordered && supply.untold(id.order()).isPresent(),
                    backordered && tooLate(id, job).isPresent());
        });
    }

    /** An answer is not waited for about what is off the order by now. */
    private Reroute stillWanted(Reroute reroute, Job job) {
        if (reroute.status() != RerouteStatus.OFFERED || !replacement.isThere(job)) {
            return reroute;
        }
        place(reroute, job);
        return reroutes.get(reroute.id());
    }

    private static @Nullable Instant due(Reroute reroute) {
        return reroute.status() == RerouteStatus.OFFERED
                ? reroute.offer().map(Offer::answerBy).orElseThrow()
                : reroute.lookAgainAt().orElse(null);
    }

    @Override
    public StepResult takeAway(RerouteId id) {
        Reroute reroute = reroutes.get(id);
        return reroute.status() == RerouteStatus.OPENED ? recall.takeAway(reroute) : StepResult.done();
    }

    @Override
    public StepResult place(RerouteId id) {
        Job job = jobs.get(id.work());
        return steps.takeBy(
                job.stepAtFacility("reroute.place"),
                () -> reroutes.get(id).ended() || isSettled(jobs.get(id.work())),
                decision -> place(reroutes.get(id), jobs.get(id.work())));
    }

    private Steps.Taken place(Reroute reroute, Job job) {
        if (reroute.offer().isPresent()) {
            steps.relieve(unanswered(job), "it is answered, or not asked any more");
        }
        return replacement.of(reroute, job);
    }

    private boolean isSettled(Job job) {
        return job.cancelled() || replacement.isThere(job);
    }

    @Override
    public StepResult tellChoices(RerouteId id) {
        Reroute reroute = reroutes.get(id);
        Job job = jobs.get(id.work());
        Steps.Step step = job.step("customer.tell-choices").asking(messages.account());
        if (!reroute.isWaitedFor(clock.instant())) {
            steps.relieve(step, "nothing is to be chosen any more");
            return StepResult.done();
        }
        return steps.take(
                step,
                decision -> job.cancelled()
                        ? Reply.done("not needed any more")
                        : messages.send(
                                id.order(),
                                id.value(),
                                Notification.Template.ALTERNATIVES,
                                facts(job.work(), reroute.offer().orElseThrow()),
                                decision));
    }

    @Override
    public StepResult tellWait(RerouteId id) {
        Job job = jobs.get(id.work());
        return steps.take(
                job.step("customer.tell-wait").asking(messages.account()),
                () -> !waits(id),
                decision -> job.cancelled()
                                || !waits(id)
                                || messages.isSent(id.order(), id.value(), Notification.Template.BACKORDERED)
                        ? Reply.done("nothing is to be told any more")
                        : tell(
                                id,
                                id.value(),
                                Notification.Template.BACKORDERED,
                                supply.promise(id.order()),
                                decision));
    }

    @Override
    public StepResult tellMoved(RerouteId id) {
        Job job = jobs.get(id.work());
        Optional<OrderPromise> untold = supply.untold(id.order());
        Steps.Step step = job.step("customer.tell-moved").asking(messages.account());
        StepResult result = steps.take(step, () -> untold(id).isEmpty(), decision -> {
            Optional<OrderPromise> moved = job.cancelled() ? Optional.empty() : untold(id);
            return moved.isEmpty()
                    ? Reply.done("nothing is to be told any more")
                    : tell(
                            id,
                            id.order() + "/promise/" + moved.get().number(),
                            Notification.Template.REPROMISED,
                            moved,
                            decision);
        });
        if (result.verdict() == StepResult.Verdict.DONE) {
            // Whoever bears that the customer can't be told is not asked about the same day for ever.
            untold.ifPresent(promise -> supply.told(id.order(), promise));
        }
        return result;
    }

    @Override
    public StepResult askPatience(RerouteId id) {
        Job job = jobs.get(id.work());
        return steps.take(
                promise(job),
                () -> tooLate(id, job).isEmpty(),
                decision -> tooLate(id, jobs.get(id.work()))
                        .<Reply>map(late -> late)
                        .orElseGet(
                                () -> Reply.done("it is expected in time, waited for all the same, or waits no more")));
    }

    /** Unless somebody has said that so late a day is waited for. */
    private Optional<Reply.Refused> tooLate(RerouteId id, Job job) {
        Optional<Duration> patience =
                policies.of(job.order().rules()).shortage().patience();
        if (patience.isEmpty() || job.cancelled() || !waits(id)) {
            return Optional.empty();
        }
        return supply.promise(id.order())
                .filter(said -> said.isBeyond(patience.get()))
                .map(said -> new Reply.Refused(FailureCode.STOCK_MISSING, said.words(patience.get())))
                .filter(late -> !steps.answered(promise(job), late, Action.RETRY));
    }

    private static Steps.Step promise(Job job) {
        return job.step("reroute.promise");
    }

    private Optional<OrderPromise> untold(RerouteId id) {
        return waits(id) ? supply.untold(id.order()) : Optional.empty();
    }

    /** Names the day that is promised; from then on the customer knows it. */
    private Reply tell(
            RerouteId id,
            String reference,
            Notification.Template template,
            Optional<OrderPromise> promise,
            Optional<Decision> decision) {
        Reply told = messages.send(id.order(), reference, template, SupplyWait.facts(promise), decision);
        if (told instanceof Reply.Done) {
            promise.ifPresent(known -> supply.told(id.order(), known));
        }
        return told;
    }

    private boolean waits(RerouteId id) {
        return reroutes.get(id).status() == RerouteStatus.WAITING;
    }

    private Map<String, String> facts(FulfillmentOrder given, Offer offer) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("facility", facilities.get(given.facility()).name());
        facts.put("until", offer.answerBy().toString());
        offer.choices().forEach(choice -> facts.put(choice.kind().name(), stores(choice)));
        return facts;
    }

    private String stores(Offer.Choice choice) {
        return choice.stores().stream()
                .map(store -> facilities.get(store).name())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void lapse(RerouteId id) {
        Job job = jobs.get(id.work());
        steps.retrying(job.step("reroute.lapse"), () -> {
            if (silenceIsNoWord(reroutes.get(id), job)) {
                askOn(id, job);
            } else {
                reroutes.lapse(id);
            }
            return true;
        });
    }

    /** What is to be collected is neither given up nor had elsewhere because its customer has not read a message. */
    private static boolean silenceIsNoWord(Reroute reroute, Job job) {
        return reroute.status() == RerouteStatus.OFFERED
                && job.work().method() == DeliveryMethod.PICKUP
                && reroute.offer()
                        .filter(offer -> offer.byDefault() == OfferChoice.WAIT)
                        .isPresent();
    }

    /** The offer stands for as long again; a person is told once, who can ask by other means. */
    private void askOn(RerouteId id, Job job) {
        Optional<Duration> again =
                policies.of(job.order().rules()).reroutes().offers().map(Offers::answerWithin);
        reroutes.askOn(id, clock.instant().plus(again.orElse(ASKED_ON_FOR)));
        steps.leaveBehind(
                unanswered(job),
                FailureCode.OFFER_UNANSWERED,
                "its customer was to say what becomes of " + id.work() + ", which "
                        + job.facility().id() + " does not hand over, and has not answered; the offer " + id
                        + " stands");
    }

    private static Steps.Step unanswered(Job job) {
        return job.step("customer.unanswered");
    }
}
