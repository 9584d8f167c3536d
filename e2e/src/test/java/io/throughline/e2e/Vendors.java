package io.throughline.e2e;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.Stack;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Takes outside systems away, several at once, and brings each back once something has failed by it for as long as was drawn. */
final class Vendors implements AutoCloseable {
    /** For an outage that nothing comes near. */
    private static final Duration UNNOTICED = Duration.ofMinutes(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Stage stage;
    private final Stack stack;
    private final Consumer<Suffered> told;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<Suffered>> outages = new ArrayList<>();

    /** An outage that is over; {@code felt}: when an effect of an order first failed by it. */
    record Suffered(Outage outage, Instant began, Optional<Instant> felt, Instant ended) {}

    /** {@code told} hears of each outage as it ends, on some thread. */
    Vendors(House house, Consumer<Suffered> told) {
        this.stage = house.stage();
        this.stack = house.stack();
        this.told = told;
    }

    /** Returns once it is away; it comes back by itself. */
    void takeAway(Outage outage) {
        Instant began = Instant.now();
        outage.operations().forEach(operation -> stage.sandbox().post("/faults", fault(outage, operation)));
        outages.add(threads.submit(() -> {
            Optional<Instant> felt = awaitFelt(outage, began);
            if (felt.isPresent()) {
                // How long it is away is what is being tried.
                Thread.sleep(Duration.between(Instant.now(), felt.get().plus(outage.away())));
            }
            for (int i = 0; i < outage.operations().size(); i++) {
                stage.sandbox().delete("/faults/" + rule(outage, i));
            }
            Suffered suffered = new Suffered(outage, began, felt, Instant.now());
            told.accept(suffered);
            return suffered;
        }));
    }

    private static String rule(Outage outage, int number) {
        return "outage-" + outage.label() + "-" + outage.before() + "-" + number;
    }

    private static ObjectNode fault(Outage outage, String operation) {
        ObjectNode fault = Json.object()
                .put("id", rule(outage, outage.operations().indexOf(operation)))
                .put("system", outage.label())
                .put("operation", operation)
                .put("kind", outage.manner().kind())
                .put("times", 1_000_000);
        if (outage.manner().status() > 0) {
            fault.put("status", outage.manner().status());
        }
        return fault;
    }

    private Optional<Instant> awaitFelt(Outage outage, Instant began) throws InterruptedException {
        while (Instant.now().isBefore(began.plus(UNNOTICED))) {
            Optional<Instant> felt = firstFailed(outage, began);
            if (felt.isPresent()) {
                return felt;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return Optional.empty();
    }

    /** Empty also when nobody is there to be asked. */
    private Optional<Instant> firstFailed(Outage outage, Instant began) {
        try {
            return Facts.texts(stack, """
                    select first_failed_at at time zone 'UTC' from effect
                    where system = ? and line like 'O-%' and first_failed_at >= cast(? as timestamptz) order by first_failed_at limit 1
                    """, outage.system().name(), began.toString()).stream()
                    .map(CaseJudge::instant)
                    .findFirst();
        } catch (IllegalStateException away) {
            return Optional.empty();
        }
    }

    /** Waits until every system is back. */
    List<Suffered> awaitAll() throws InterruptedException {
        List<Suffered> suffered = new ArrayList<>();
        for (Future<Suffered> outage : outages) {
            try {
                suffered.add(outage.get());
            } catch (ExecutionException broken) {
                throw new IllegalStateException("an outage could not be made as drawn", broken.getCause());
            }
        }
        return suffered;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
