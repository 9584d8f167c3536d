package io.throughline.bench;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code bench} lists the benches, {@code bench <name>} runs one: it prints a table and writes {@code target/bench/<name>.json}. With
 * {@code --quick} it tries a smaller size, whose figures go to {@code <name>-quick.json} and prove nothing.
 */
public final class BenchMain {
    private static final Map<String, Bench> BENCHES = new TreeMap<>(Map.of(
            "console", new ConsoleBench(),
            "cost", new CostBench(),
            "inventory", new InventoryBench(),
            "outage", new OutageBench(),
            "returns", new ReturnsBench(),
            "routing", new RoutingBench(),
            "signals", new SignalsBench(),
            "webhooks", new WebhookBench()));

    private BenchMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            BENCHES.forEach((name, bench) -> System.out.printf("  %-10s %s%n", name, bench.purpose()));
            return;
        }
        Bench bench = BENCHES.get(arguments[0]);
        if (bench == null) {
            System.err.println("no bench '" + arguments[0] + "'; there are " + BENCHES.keySet());
            System.exit(2);
            return;
        }
        boolean quick = arguments.length > 1 && arguments[1].equals("--quick");
        System.exit((quick ? bench.tryOut(System.out) : bench.run(System.out)) ? 0 : 1);
    }

    /** One measurement. True: it is within its bounds. */
    interface Bench {
        String purpose();

        boolean run(PrintStream out) throws Exception;

        /** The same in a smaller size, where there is one. */
        default boolean tryOut(PrintStream out) throws Exception {
            out.println("  this bench has one size only");
            return run(out);
        }
    }
}
