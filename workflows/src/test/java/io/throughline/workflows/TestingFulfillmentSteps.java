package io.throughline.workflows;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.OrderView;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.fulfillment.FulfillmentSteps;
import io.throughline.workflows.fulfillment.LegState;
import io.throughline.workflows.fulfillment.Released;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done with the work of facilities, over {@link TestingFacts}. */
record TestingFulfillmentSteps(TestingFacts facts, TestingSteps.Legs legs) implements FulfillmentSteps {
    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofHours(4);

    @Override
    public StepResult assign(FulfillmentOrderId id) {
        return facts.take("channel.assign", id.value(), () -> facts.effect("assign " + TestingSteps.name(id)));
    }

    @Override
    public Released release(FulfillmentOrderId id, String policyVersion) {
        StepResult result = facts.take("facility.release", id.value(), () -> {
            if (!cancelled() && facts.work.get(id).status() == FulfillmentStatus.ALLOCATED) {
                facts.effect("release " + TestingSteps.name(id));
                facts.work.released(
                        id,
                        facts.atChannel().key().account(),
                        "REF-" + id,
                        facts.clock.instant().plus(ACKNOWLEDGE_WITHIN));
            }
        });
        if (result.verdict() != StepResult.Verdict.DONE) {
            return new Released(result, null);
        }
        return cancelled()
                ? new Released(StepResult.cancelled(), null)
                : new Released(result, legs.of(facts.work.get(id)));
    }

    @Override
    public LegState observe(FulfillmentOrderId id, String policyVersion) {
        facts.fail("facility.observe");
        LegState leg = read(id);
        facts.hasRead("facility.observe");
        return leg;
    }

    private LegState read(FulfillmentOrderId id) {
        FulfillmentOrder work = facts.work.get(id);
        if (work.hinted()) {
            Instant readAt = facts.clock.instant();
            WorkProgress progress = facts.progress(id);
            facts.work.observed(id, progress, readAt, Optional.of(readAt.plus(Duration.ofDays(2))));
            work = facts.work.get(id);
        }
        if (work.status().handedOver()) {
            facts.effect("consume " + TestingSteps.name(id));
        }
        return legs.of(work);
    }

    @Override
    public StepResult review(FulfillmentOrderId id, String policyVersion, @Nullable Instant missed) {
        LegState leg = read(id);
        if (leg.status() == FulfillmentStatus.REJECTED && facts.reroutedBefore(id.value())) {
            return StepResult.reroute();
        }
        if (leg.status() != FulfillmentStatus.REJECTED && !Objects.equals(leg.deadline(), missed)) {
            facts.relieve("facility.review", id.value());
            return StepResult.done();
        }
        return facts.take("facility.review", id.value(), decision -> {
            if (facts.work.get(id).status() == FulfillmentStatus.REJECTED) {
                return Optional.of(FailureCode.FACILITY_REJECTED);
            }
            if (decision.map(Decision::action).filter(Action.RETRY::equals).isPresent()) {
                facts.work.extend(id, facts.clock.instant().plus(ACKNOWLEDGE_WITHIN));
                return Optional.empty();
            }
            return Optional.of(FailureCode.FACILITY_SILENT);
        });
    }

    @Override
    public StepResult reroute(FulfillmentOrderId id) {
        return facts.take("facility.reroute", id.value(), decision -> {
            if (facts.work.get(id).status() != FulfillmentStatus.REJECTED) {
                facts.effect("recall " + TestingSteps.name(id));
                facts.work.rejected(id, "taken away");
            }
            if (legs.of(facts.work.get(id)).replaced()) {
                return Optional.empty();
            }
            Optional<FacilityId> next = facts.nextFacility();
            next.ifPresent(facility -> TestingSteps.create(facts, facility));
            return next.isPresent() ? Optional.empty() : Optional.of(FailureCode.NO_FACILITY);
        });
    }

    @Override
    public StepResult askBack(FulfillmentOrderId id) {
        return facts.take("facility.ask-back", id.value(), () -> {
            if (facts.keeps()) {
                facts.work.observed(
                        id,
                        WorkProgress.nothing().answering(FacilityAnswer.keepsIt()),
                        facts.clock.instant(),
                        Optional.empty());
            } else {
                facts.effect("recall " + TestingSteps.name(id));
                facts.work.cancelled(id, "the order has ended");
            }
        });
    }

    @Override
    public StepResult recall(FulfillmentOrderId id) {
        return facts.take("facility.recall", id.value(), decision -> {
            if (facts.work.get(id).status().handedOver()) {
                return Optional.of(FailureCode.RECALL_REFUSED);
            }
            if (facts.work.get(id).workReference().isPresent()) {
                facts.effect("recall " + TestingSteps.name(id));
            }
            facts.work.cancelled(id, "the order has ended");
            return Optional.empty();
        });
    }

    @Override
    public StepResult buyLabels(FulfillmentOrderId id) {
        if (!facts.needsLabel(id)) {
            return StepResult.done();
        }
        StepResult result = facts.take("carrier.label", id.value(), () -> {
            facts.effect("label " + TestingSteps.name(id));
            facts.labelled(id, true);
        });
        if (result.verdict() == StepResult.Verdict.DONE) {
            facts.labelled(id, false);
        }
        return result;
    }

    @Override
    public StepResult voidLabels(FulfillmentOrderId id) {
        return facts.take("carrier.void", id.value(), () -> {
            facts.effect("void label " + TestingSteps.name(id));
            facts.labelVoided(id);
        });
    }

    @Override
    public StepResult remind(FulfillmentOrderId id) {
        return facts.take("customer.remind", id.value(), () -> {
            facts.effect("remind " + TestingSteps.name(id));
            facts.work.remind(id);
        });
    }

    @Override
    public StepResult mirrorReady(FulfillmentOrderId id) {
        return facts.take("channel.ready", id.value(), () -> facts.effect("ready " + TestingSteps.name(id)));
    }

    @Override
    public StepResult mirrorHandover(FulfillmentOrderId id) {
        return facts.take("channel.handover", id.value(), () -> facts.effect("handover " + TestingSteps.name(id)));
    }

    @Override
    public StepResult tellFacility(FulfillmentOrderId id) {
        return facts.take("facility.tell", id.value(), () -> facts.effect("complete " + TestingSteps.name(id)));
    }

    @Override
    public StepResult tellHold(FulfillmentOrderId id) {
        return facts.take(
                "facility.tell-hold",
                id.value(),
                () -> facts.work.askToTellHold(id).ifPresent(notice -> {
                    facts.effect((notice.held() ? "hold " : "let go ") + TestingSteps.name(id));
                    facts.work.holdTold(id, notice.number());
                }));
    }

    @Override
    public StepResult tell(FulfillmentOrderId id) {
        return facts.take(
                "customer.tell",
                id.value(),
                () -> facts.effect("tell " + facts.work.get(id).status() + " " + TestingSteps.name(id)));
    }

    private boolean cancelled() {
        OrderView order = facts.orders.view(facts.id()).orElseThrow();
        return order.cancelRequestedAt().isPresent()
                && order.fulfillmentOrders().stream()
                        .noneMatch(work -> work.status().handedOver());
    }
}
