package io.throughline.e2e;

import io.throughline.e2e.ShopOrders.Placed;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Follows orders while they are on their way, whatever is away meanwhile. */
final class OrderWatch implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Endings endings;
    private final List<Placed> placed = new CopyOnWriteArrayList<>();
    private final Queue<Placed> open = new ConcurrentLinkedQueue<>();
    private final Thread watcher = Thread.ofVirtual().name("order-watch").unstarted(this::watch);

    OrderWatch(Endings endings) {
        this.endings = endings;
        watcher.start();
    }

    void follow(Placed order) {
        placed.add(order);
        open.add(order);
    }

    List<Placed> placed() {
        return List.copyOf(placed);
    }

    List<Placed> open() {
        return List.copyOf(open);
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                open.removeIf(endings::well);
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException | IllegalStateException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
