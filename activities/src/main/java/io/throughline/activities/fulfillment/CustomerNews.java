package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Messages;
import io.throughline.activities.call.Steps;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.PickupCode;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.notification.Notification;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.policy.WhoCollects;
import io.throughline.workflows.call.StepResult;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Tells the customer where the goods are; one who carried them out, or bought none, needs no telling. */
final class CustomerNews {
    private static final RandomGenerator RANDOM = new SecureRandom();

    private final Jobs jobs;
    private final Steps steps;
    private final Messages messages;
    private final FulfillmentOrders work;
    private final Policies policies;
    private final Shipping shipping;
    private final FacilityPauses pauses;

    CustomerNews(
            Jobs jobs,
            Steps steps,
            Messages messages,
            FulfillmentOrders work,
            Policies policies,
            Shipping shipping,
            FacilityPauses pauses) {
        this.jobs = jobs;
        this.steps = steps;
        this.messages = messages;
        this.work = work;
        this.policies = policies;
        this.shipping = shipping;
        this.pauses = pauses;
    }

    StepResult tell(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (job.work().method() == DeliveryMethod.CARRIED_OUT || job.work().method() == DeliveryMethod.NONE) {
            return StepResult.done();
        }
        Notification.Template template = template(job.work().status());
        Map<String, String> facts = facts(job);
        boolean withCode = template == Notification.Template.READY_FOR_PICKUP
                && policies.of(job.order().rules()).whoCollects() == WhoCollects.CODE_OR_DOCUMENT;
        return steps.take(
                job.step("customer.tell").asking(messages.account()),
                decision -> messages.send(
                        id.order(), id.value(), template, facts, withCode ? () -> code(id) : Map::of, decision));
    }

    /** Only its digest is kept, and that before it is told. */
    private Map<String, String> code(FulfillmentOrderId id) {
        PickupCode code = PickupCode.random(RANDOM);
        shipping.codes().made(id, code);
        return Map.of("code", code.spelled());
    }

    /** The customer knows already; where he can't be written to, nobody has to decide anything. While the store is paused he is not sent there. */
    StepResult remind(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        boolean canCome = pauses.of(job.facility().id()).isEmpty();
        if (job.work().status() == FulfillmentStatus.READY_FOR_PICKUP && canCome && !work.reminded(id)) {
            Map<String, String> facts = facts(job);
            job.work().deadline().ifPresent(last -> facts.put("until", lastDay(job, last)));
            steps.retrying(
                    job.step("customer.remind").asking(messages.account()),
                    () -> messages.send(
                            id.order(),
                            id.value(),
                            Notification.Template.PICKUP_REMINDER,
                            facts,
                            Map::of,
                            Optional.empty()));
            work.remind(id);
        }
        return StepResult.done();
    }

    private static String lastDay(Job job, Instant last) {
        return last.atZone(job.facility().zone()).toLocalDate().toString();
    }

    private static Notification.Template template(FulfillmentStatus status) {
        return switch (status) {
            case SHIPPED, DELIVERED -> Notification.Template.SHIPPED;
            case PICKED_UP -> Notification.Template.PICKED_UP;
            default -> Notification.Template.READY_FOR_PICKUP;
        };
    }

    private Map<String, String> facts(Job job) {
        Map<String, String> facts = new HashMap<>();
        facts.put("facility", job.facility().name());
        job.work().tracking().ifPresent(tracking -> {
            facts.put("carrier", tracking.carrier());
            facts.put("tracking", numbers(job, tracking));
        });
        return facts;
    }

    /** Of each parcel, where there are several. */
    private String numbers(Job job, Tracking first) {
        String all = shipping.parcels().ofWork(job.work().id()).stream()
                .flatMap(parcel -> parcel.tracking().stream())
                .map(Tracking::number)
                .distinct()
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? first.number() : all;
    }
}
