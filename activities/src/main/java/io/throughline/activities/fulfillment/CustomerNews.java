package io.throughline.activities.fulfillment;

import io.throughline.activities.call.Messages;
import io.throughline.activities.call.Steps;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.notification.Notification;
import io.throughline.workflows.call.StepResult;
import java.util.HashMap;
import java.util.Map;

/** Tells the customer where the goods are; one who carried them out, or bought none, needs no telling. */
final class CustomerNews {
    private final Jobs jobs;
    private final Steps steps;
    private final Messages messages;

    CustomerNews(Jobs jobs, Steps steps, Messages messages) {
        this.jobs = jobs;
        this.steps = steps;
        this.messages = messages;
    }

    StepResult tell(FulfillmentOrderId id) {
        Job job = jobs.get(id);
        if (job.work().method() == DeliveryMethod.CARRIED_OUT || job.work().method() == DeliveryMethod.NONE) {
            return StepResult.done();
        }
        Notification.Template template = template(job.work().status());
        Map<String, String> facts = facts(job);
        return steps.take(
                job.step("customer.tell").asking(messages.account()),
                decision -> messages.send(id.order(), id.value(), template, facts, decision));
    }

    private static Notification.Template template(FulfillmentStatus status) {
        return switch (status) {
            case SHIPPED -> Notification.Template.SHIPPED;
            case PICKED_UP -> Notification.Template.PICKED_UP;
            default -> Notification.Template.READY_FOR_PICKUP;
        };
    }

    private static Map<String, String> facts(Job job) {
        Map<String, String> facts = new HashMap<>();
        facts.put("facility", job.facility().name());
        job.work().tracking().ifPresent(tracking -> {
            facts.put("carrier", tracking.carrier());
            facts.put("tracking", tracking.number());
        });
        return facts;
    }
}
