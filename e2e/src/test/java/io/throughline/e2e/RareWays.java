package io.throughline.e2e;

import io.throughline.e2e.EffectJudge.OwnWay;
import io.throughline.local.demo.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What happens to few orders, each whoever dies meanwhile: chance may have all of them go by a point, and then they are played again. */
final class RareWays implements AutoCloseable {
    private final Stage stage;
    private final ShopOrders shop;
    private final RerouteWays reroutes;
    private final CalledBack calledBack;
    private final MugWithoutReceipt mug;
    private final List<OwnWays> own = new ArrayList<>();

    /**
     * Begins with those that a warehouse gives back, beside which no order of a warehouse may be under way. {@code round} counts from 1.
     */
    RareWays(Stage stage, ShopOrders shop, int round) {
        this.stage = stage;
        this.shop = shop;
        this.reroutes = RerouteWays.ofOffered(stage, "halts-" + round);
        this.calledBack = new CalledBack(stage, shop);
        this.mug = new MugWithoutReceipt(stage, round);
    }

    /** What is waited for until the warehouses send again what they are asked for. */
    List<String> atWarehouses() {
        return calledBack.atWarehouses();
    }

    /** Begins the others. */
    void begin(int times) {
        for (int time = 0; time < times; time++) {
            own.add(new OwnWays(stage, shop));
        }
    }

    void goOn() {
        mug.goOn();
        calledBack.goOn();
        own.forEach(OwnWays::goOn);
    }

    /** What they still wait for. */
    List<String> open() {
        return Stream.of(
                        mug.open().stream(),
                        calledBack.open().stream(),
                        reroutes.open().stream(),
                        own.stream().flatMap(some -> some.open().stream()))
                .flatMap(some -> some)
                .toList();
    }

    /** Exactly what they were to do outside, but for the mug, which is no order's. */
    Stream<OwnWay> expected() {
        return Stream.of(
                        calledBack.expected().stream(),
                        reroutes.expected().stream(),
                        own.stream().flatMap(some -> some.expected().stream()))
                .flatMap(some -> some);
    }

    @Override
    public void close() {
        reroutes.close();
    }
}
