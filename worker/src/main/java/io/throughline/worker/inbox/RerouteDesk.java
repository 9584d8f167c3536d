package io.throughline.worker.inbox;

import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStep;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.OrderView;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * News of reroutes: that one was opened, answered or ended, that supply has come for what waits, and that a case of its steps was decided. Such
 * a case is the order's, whose process hears of it as well.
 */
public final class RerouteDesk implements InboxDesk {
    private static final String REROUTE = "reroute";

    private final Reroutes reroutes;
    private final RerouteProcesses processes;

    public RerouteDesk(Reroutes reroutes, RerouteProcesses processes) {
        this.reroutes = reroutes;
        this.processes = processes;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        return RerouteId.about(messages.getFirst().subject()).map(id -> {
            reroutes.find(id)
                    .filter(one -> !one.ended() || wasCalledOff(messages))
                    .ifPresent(one -> wake(one, REROUTE));
            return new Handling.Done();
        });
    }

    /** Of any other end its own process knows. */
    private static boolean wasCalledOff(List<InboxMessage> messages) {
        return messages.stream().anyMatch(message -> message.eventId().endsWith("/called-off"));
    }

    @Override
    public boolean resolve(Case decided) {
        RerouteStep.work(decided.step())
                .flatMap(reroutes::latest)
                .filter(one -> !one.ended())
                .ifPresent(one -> wake(one, decided.id().value()));
        return false;
    }

    /** Wakes an order's process, and its reroutes that are open. */
    public BiConsumer<OrderView, String> alongside(BiConsumer<OrderView, String> order) {
        return (view, about) -> {
            order.accept(view, about);
            reroutes.ofOrder(view.id()).stream().filter(one -> !one.ended()).forEach(one -> wake(one, REROUTE));
        };
    }

    private void wake(Reroute reroute, String about) {
        processes.wakeOrStart(reroute, about);
    }
}
