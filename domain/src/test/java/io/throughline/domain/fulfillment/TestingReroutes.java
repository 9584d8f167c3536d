package io.throughline.domain.fulfillment;

import io.throughline.domain.order.OrderId;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The reroutes in memory. Whoever listens is told of each that was opened, answered or ended, as the dispatcher would be. */
public final class TestingReroutes implements Reroutes {
    private final Map<RerouteId, Reroute> reroutes = new LinkedHashMap<>();
    private final FulfillmentOrders work;
    private final Clock clock;
    private volatile Consumer<Reroute> news = reroute -> {};

    public TestingReroutes(FulfillmentOrders work, Clock clock) {
        this.work = work;
        this.clock = clock;
    }

    public void tell(Consumer<Reroute> listener) {
        news = listener;
    }

    @Override
    public Reroute open(FulfillmentOrderId id, RerouteCause cause) {
        return open(id, cause, Optional.empty());
    }

    /** As a store says it, which tells what it means. */
    public Reroute gives(FulfillmentOrderId id, RerouteCause cause, StoreReport.Scope scope) {
        return open(id, cause, Optional.of(scope));
    }

    private Reroute open(FulfillmentOrderId id, RerouteCause cause, Optional<StoreReport.Scope> scope) {
        Optional<Reroute> before = latest(id);
        if (before.filter(one -> !one.ended()).isPresent()) {
            return before.get();
        }
        Reroute opened = new Reroute(
                RerouteId.of(id, before.map(one -> one.id().number()).orElse(0) + 1),
                cause,
                scope,
                work.get(id).lines(),
                RerouteStatus.OPENED,
                Reroute.Finding.of(""),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                clock.instant(),
                Optional.empty());
        synchronized (this) {
            reroutes.put(opened.id(), opened);
        }
        news.accept(opened);
        return opened;
    }

    @Override
    public synchronized Optional<Reroute> find(RerouteId id) {
        return Optional.ofNullable(reroutes.get(id));
    }

    @Override
    public synchronized Optional<Reroute> latest(FulfillmentOrderId id) {
        return reroutes.values().stream()
                .filter(one -> one.id().work().equals(id))
                .reduce((earlier, later) -> later);
    }

    @Override
    public synchronized List<Reroute> ofOrder(OrderId order) {
        return reroutes.values().stream()
                .filter(one -> one.id().order().equals(order))
                .toList();
    }

    @Override
    public void takenAway(RerouteId id) {
        change(
                id,
                one -> one.status() == RerouteStatus.OPENED
                        ? copy(one, RerouteStatus.TAKEN_AWAY, one.finding(), Optional.empty(), one.offer())
                        : one);
    }

    @Override
    public void waits(RerouteId id, Reroute.Finding finding, Optional<Instant> lookAgainAt) {
        change(id, one -> copy(one, RerouteStatus.WAITING, finding, lookAgainAt, one.offer()));
    }

    @Override
    public void offer(RerouteId id, Reroute.Finding finding, Offer offer) {
        change(
                id,
                one -> one.offer().isPresent()
                        ? one
                        : copy(one, RerouteStatus.OFFERED, finding, Optional.empty(), Optional.of(offer)));
    }

    @Override
    public Answering answer(RerouteId id, Offer.Answer answer, String key) {
        Optional<Reroute> found = find(id).filter(one -> one.offer().isPresent());
        if (found.isEmpty()) {
            return new Answering.Unknown();
        }
        Offer offer = found.get().offer().orElseThrow();
        if (!offer.allows(answer.kind(), answer.store())) {
            return new Answering.Refused("it is none of the choices", true);
        }
        if (!found.get().isWaitedFor(answer.at())) {
            return new Answering.Refused("it is answered, or too late", false);
        }
        Reroute answered = change(id, one -> answered(one, answer));
        news.accept(answered);
        return new Answering.Taken(answered);
    }

    @Override
    public void askOn(RerouteId id, Instant answerBy) {
        change(
                id,
                one -> one.status() == RerouteStatus.OFFERED && !one.isWaitedFor(clock.instant())
                        ? copy(
                                one,
                                one.status(),
                                one.finding(),
                                Optional.empty(),
                                one.offer().map(offer -> offer.until(answerBy)))
                        : one);
    }

    @Override
    public void lapse(RerouteId id) {
        change(
                id,
                one -> one.status() == RerouteStatus.OFFERED
                                && !clock.instant()
                                        .isBefore(one.offer().orElseThrow().answerBy())
                        ? answered(one, one.offer().orElseThrow().unanswered("throughline"))
                        : one);
    }

    private static Reroute answered(Reroute one, Offer.Answer answer) {
        return copy(
                one,
                RerouteStatus.ANSWERED,
                one.finding(),
                Optional.empty(),
                one.offer().map(offer -> offer.answered(answer)));
    }

    @Override
    public void end(RerouteId id, RerouteStatus outcome, Reroute.Finding finding, List<FulfillmentOrderId> replacedBy) {
        news.accept(change(
                id,
                one -> new Reroute(
                        one.id(),
                        one.cause(),
                        one.scope(),
                        one.lines(),
                        outcome,
                        finding,
                        replacedBy,
                        Optional.empty(),
                        one.offer(),
                        one.openedAt(),
                        Optional.of(clock.instant()))));
    }

    @Override
    public void callOff(OrderId order) {
        ofOrder(order).stream()
                .filter(one -> !one.ended())
                .forEach(one ->
                        end(one.id(), RerouteStatus.CALLED_OFF, Reroute.Finding.of("its order has ended"), List.of()));
    }

    private synchronized Reroute change(RerouteId id, UnaryOperator<Reroute> change) {
        Reroute before = get(id);
        Reroute changed = before.ended() ? before : change.apply(before);
        reroutes.put(id, changed);
        return changed;
    }

    private static Reroute copy(
            Reroute one,
            RerouteStatus status,
            Reroute.Finding finding,
            Optional<Instant> lookAgainAt,
            Optional<Offer> offer) {
        return new Reroute(
                one.id(),
                one.cause(),
                one.scope(),
                one.lines(),
                status,
                finding,
                one.replacedBy(),
                lookAgainAt,
                offer,
                one.openedAt(),
                one.endedAt());
    }
}
