package io.throughline.workflows;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.finance.FinanceSteps;
import io.throughline.workflows.fulfillment.LegState;
import io.throughline.workflows.intervention.CaseSteps;
import io.throughline.workflows.order.ChannelSteps;
import io.throughline.workflows.order.Closing;
import io.throughline.workflows.order.OrderSteps;
import io.throughline.workflows.order.Standing;
import io.throughline.workflows.order.StockStanding;
import io.throughline.workflows.payment.PaymentSteps;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The steps of an order's process over {@link TestingFacts}: one small class for each contract. */
final class TestingSteps {
    private static final String ORDER = "order";

    private TestingSteps() {}

    static Object[] over(TestingFacts facts) {
        Legs legs = new Legs(facts);
        return new Object[] {
            new Channel(facts),
            new Own(facts, legs),
            new TestingFulfillmentSteps(facts, legs),
            new Payment(facts),
            new Finance(facts),
            new Interventions(facts)
        };
    }

    /** What a process sees of a leg. */
    record Legs(TestingFacts facts) {
        LegState of(FulfillmentOrder work) {
            OrderView order = facts.orders.view(facts.id()).orElseThrow();
            boolean store = work.facility().value().startsWith("ST-");
            boolean inChannel = work.channelWork().isPresent();
            return new LegState(
                            work.id(),
                            work.facility().value(),
                            store ? "pos" : "shopify",
                            work.method(),
                            work.status(),
                            inChannel,
                            inChannel && store,
                            order.payment() == PaymentStatus.AUTHORIZED,
                            order.fulfillmentOrders().stream()
                                            .filter(TestingSteps::open)
                                            .count()
                                    >= facts.splits(),
                            work.deadline().orElse(null),
                            work.reported())
                    .withLabels(facts.needsLabel(work.id()), facts.hasLabel(work.id()))
                    .remindedAt(facts.remindAt(work))
                    .tellingHold(work.holdToTell());
        }
    }

    private record Channel(TestingFacts facts) implements ChannelSteps {
        @Override
        public StepResult accept(OrderId order) {
            StepResult result = facts.take("channel.accept", ORDER, () -> {
                Instant readAt = facts.clock.instant();
                facts.orders.accept(facts.atChannel(), facts.person(), readAt);
                boolean authorised = facts.atChannel().tenders().stream()
                        .anyMatch(tender -> tender.kind() == Tender.Kind.AUTHORIZATION);
                facts.orders.payment(
                        order,
                        authorised && !facts.effects().contains("capture")
                                ? PaymentStatus.AUTHORIZED
                                : PaymentStatus.CAPTURED);
                facts.atChannel()
                        .cancelledAt()
                        .ifPresent(at -> facts.orders.requestCancel(order, "channel", "cancelled at the channel"));
            });
            boolean cancelled = result.verdict() == StepResult.Verdict.DONE
                    && facts.work.ofOrder(order).isEmpty()
                    && facts.orders
                            .view(order)
                            .flatMap(OrderView::cancelRequestedAt)
                            .isPresent();
            return cancelled ? StepResult.cancelled() : result;
        }

        @Override
        public StepResult acknowledge(OrderId order) {
            return facts.take("channel.acknowledge", ORDER, () -> facts.effect("acknowledge"));
        }

        @Override
        public StepResult cancel(OrderId order) {
            return facts.take("channel.cancel", ORDER, () -> facts.effect("cancel at channel"));
        }

        @Override
        public StepResult tellPromise(OrderId order) {
            return facts.take("customer.tell-promise", ORDER, () -> {
                if (facts.promiseMoved()) {
                    facts.effect("tell promise");
                    facts.promiseTold();
                }
            });
        }

        @Override
        public StepResult tellCancelled(OrderId order) {
            return facts.take("customer.tell", ORDER, () -> facts.effect("tell cancelled"));
        }
    }

    private record Own(TestingFacts facts, Legs legs) implements OrderSteps {
        @Override
        public StepResult screen(OrderId order, String policyVersion) {
            StepResult taken = facts.take("order.screen", ORDER, () -> {
                advance(OrderStatus.RECEIVED, OrderStatus.VALIDATED);
                advance(OrderStatus.VALIDATED, OrderStatus.APPROVED);
            });
            facts.hasRead("order.screen");
            return taken;
        }

        @Override
        public StepResult allocate(OrderId order) {
            StepResult taken = facts.take("order.allocate", ORDER, () -> {
                if (facts.stock() == null || facts.stock().follows()) {
                    for (int i = facts.work.ofOrder(order).size(); i < facts.splits(); i++) {
                        create(facts, facts.nextFacility().orElseThrow());
                    }
                    advance(OrderStatus.APPROVED, OrderStatus.IN_FULFILLMENT);
                }
            });
            boolean waits = facts.stock() != null && !facts.stock().follows();
            return taken.verdict() == StepResult.Verdict.DONE && waits ? wait(facts.stock()) : taken;
        }

        @Override
        public StepResult allocateRest(OrderId order) {
            OrderView view = facts.orders.view(order).orElseThrow();
            facts.hasRead("order.allocate-rest");
            if (view.toBeUndone()) {
                return StepResult.cancelled();
            }
            StepResult taken = facts.take("order.allocate-rest", ORDER, () -> {
                if (view.cancelRequestedAt().isPresent()) {
                    facts.effect("give up the rest");
                    facts.restIsSettled();
                } else if (facts.restThere()) {
                    create(facts, facts.nextFacility().orElseThrow());
                    facts.restIsSettled();
                }
            });
            boolean waits = taken.verdict() == StepResult.Verdict.DONE && facts.stock() != null;
            return waits ? StepResult.waiting().withPromiseMoved(facts.promiseMoved()) : taken;
        }

        private StepResult wait(StockStanding stock) {
            if (stock.cancelAt() != null && !facts.clock.instant().isBefore(stock.cancelAt())) {
                facts.orders.requestCancel(facts.id(), "throughline", "its stock has not come");
                return StepResult.cancelled();
            }
            return StepResult.waiting().withPromiseMoved(facts.promiseMoved());
        }

        @Override
        public Standing look(OrderId order) {
            OrderView view = facts.orders.view(order).orElseThrow();
            facts.hasRead("order.look");
            return new Standing(
                    view.status(),
                    view.posting(),
                    view.cancelRequestedAt().isPresent(),
                    view.channelChanged(),
                    view.fulfillmentOrders().stream().map(legs::of).toList(),
                    facts.stock(),
                    null,
                    facts.mayBeKept()
                            && view.toBeUndone()
                            && facts.work.ofOrder(order).stream()
                                    .anyMatch(one -> !one.status().terminal()),
                    view.cancelDeclinedAt().isPresent(),
                    facts.work.holds().standing(order).stream()
                            .anyMatch(hold -> hold.source() == WorkHold.Source.DISPUTE),
                    facts.authorisationFrom(),
                    facts.authorisedUntil());
        }

        @Override
        public StepResult reviewDispute(OrderId order) {
            StepResult taken = facts.take(
                    "order.dispute",
                    ORDER,
                    decision -> decision.isPresent() ? Optional.empty() : Optional.of(FailureCode.PAYMENT_DISPUTED));
            if (taken.verdict() == StepResult.Verdict.DONE) {
                facts.work
                        .holds()
                        .standing(order)
                        .forEach(hold -> facts.work
                                .holds()
                                .end(order, hold.source(), hold.reference(), "somebody has decided so"));
            }
            return taken;
        }

        @Override
        public StepResult declineCancellation(OrderId order) {
            boolean kept = facts.work.ofOrder(order).stream().allMatch(FulfillmentOrder::kept);
            if (kept) {
                facts.orders.declineCancel(order, "nobody gives it back");
            }
            return kept ? StepResult.done() : StepResult.cancelled();
        }

        @Override
        public StepResult reviewLateChange(OrderId order) {
            boolean ending = facts.cases.all().stream().anyMatch(past -> past.code() == FailureCode.RECALL_REFUSED);
            if (ending) {
                return StepResult.cancelled();
            }
            return facts.take("order.late-change", ORDER, decision -> Optional.of(FailureCode.CHANGED_AFTER_SHIPMENT));
        }

        @Override
        public void releaseStock(OrderId order) {
            facts.effect("release stock");
            facts.work.ofOrder(order).forEach(one -> facts.work.cancelled(one.id(), "the order has ended"));
        }

        @Override
        public Closing close(OrderId order, boolean completed) {
            OrderStatus end = completed ? OrderStatus.COMPLETED : OrderStatus.CANCELLED;
            if (!facts.orders.view(order).orElseThrow().status().ended()) {
                facts.orders.advance(order, end, "closed");
            }
            OrderView view = facts.orders.view(order).orElseThrow();
            return new Closing(view.status(), view.posting());
        }

        private void advance(OrderStatus from, OrderStatus to) {
            if (facts.orders.view(facts.id()).orElseThrow().status() == from) {
                facts.orders.advance(facts.id(), to, "next");
            }
        }
    }

    private record Payment(TestingFacts facts) implements PaymentSteps {
        @Override
        public StepResult capture(OrderId order) {
            return facts.take("channel.capture", ORDER, () -> {
                facts.effect("capture");
                facts.orders.payment(order, PaymentStatus.CAPTURED);
            });
        }

        @Override
        public StepResult reviewAuthorisation(OrderId order) {
            return facts.take(
                    "channel.authorisation",
                    ORDER,
                    decision ->
                            decision.isPresent() ? Optional.empty() : Optional.of(FailureCode.AUTHORISATION_AT_RISK));
        }
    }

    private record Finance(TestingFacts facts) implements FinanceSteps {
        @Override
        public StepResult announce(OrderId order) {
            return facts.take("erp.announce", ORDER, () -> facts.effect("announce"));
        }

        @Override
        public StepResult moveDemand(OrderId order) {
            throw new IllegalStateException("the process of a reroute asks for it");
        }

        @Override
        public StepResult invoice(FulfillmentOrderId handedOver) {
            return facts.take("erp.invoice", handedOver.value(), () -> {
                facts.effect("invoice " + name(handedOver));
                facts.orders.posting(handedOver.order(), PostingStatus.POSTED);
            });
        }

        @Override
        public StepResult settle(OrderId order) {
            Instant due = facts.paymentDue();
            if (due != null && facts.clock.instant().isBefore(due)) {
                facts.hasRead("erp.settle");
                return StepResult.waiting();
            }
            return facts.take("erp.settle", ORDER, decision -> {
                if (due != null) {
                    return Optional.of(FailureCode.PAYMENT_MISSING);
                }
                facts.effect("settle");
                facts.orders.posting(order, PostingStatus.CONFIRMED);
                return Optional.empty();
            });
        }

        @Override
        public Instant paymentDue(OrderId order) {
            return Objects.requireNonNullElseGet(facts.paymentDue(), facts.clock::instant);
        }

        @Override
        public StepResult withdraw(OrderId order) {
            if (!facts.effects().contains("announce")) {
                return StepResult.done();
            }
            return facts.take("erp.withdraw", ORDER, () -> facts.effect("withdraw"));
        }

        @Override
        public StepResult reverse(OrderId order) {
            if (!facts.effects().contains("announce")) {
                return StepResult.done();
            }
            return facts.take("erp.reverse", ORDER, () -> {
                facts.effect("reverse");
                facts.orders.posting(order, PostingStatus.REVERSED);
            });
        }
    }

    private record Interventions(TestingFacts facts) implements CaseSteps {
        @Override
        public boolean decided(String caseId) {
            boolean decided = facts.cases
                    .find(new CaseId(caseId))
                    .map(found -> found.status() != CaseStatus.OPEN)
                    .orElse(true);
            facts.hasRead("case.decided");
            return decided;
        }

        @Override
        public String amend(String caseId, String amendmentId) {
            return decide(caseId, Action.AMEND_AND_RETRY);
        }

        @Override
        public String decide(String caseId, Action action) {
            if (!action.harmless()) {
                facts.effect("proposed " + action);
                return action + " is proposed";
            }
            try {
                facts.cases.decide(
                        new CaseId(caseId),
                        new Decision(action, "temporal", false, Optional.empty(), Map.of(), facts.clock.instant()));
            } catch (IllegalDecision refused) {
                return String.valueOf(refused.getMessage());
            }
            return action + " is decided";
        }

        @Override
        public void refuse(String subject) {
            facts.effect("refused what can't be read");
        }
    }

    /** Somebody does it, or has done it. */
    private static boolean open(FulfillmentOrder work) {
        return work.status().givenOut();
    }

    static void create(TestingFacts facts, FacilityId facility) {
        Delivery delivery = facts.atChannel().deliveries().getFirst();
        FulfillmentStatus status = switch (delivery.method()) {
            case CARRIED_OUT, NONE -> FulfillmentStatus.PICKED_UP;
            case SHIPPING, PICKUP -> FulfillmentStatus.ALLOCATED;
        };
        facts.work.create(facts.id(), facility, delivery.method(), status, delivery.channelWork(), delivery.lines());
    }

    /** F1, F2, …: the part of the name that does not depend on the order. */
    static String name(FulfillmentOrderId id) {
        return id.value().substring(id.value().lastIndexOf('-') + 1);
    }
}
