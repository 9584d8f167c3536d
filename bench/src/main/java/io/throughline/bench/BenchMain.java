package io.throughline.bench;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** {@code bench} lists the benches, {@code bench <name>} runs one: it prints a table and writes {@code target/bench/<name>.json}. */
public final class BenchMain {
    private static final Map<String, Bench> BENCHES = new TreeMap<>(Map.of(
            "console", new ConsoleBench(),
            "cost", new CostBench(),
            "inventory", new InventoryBench(),
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
        System.exit(bench.run(System.out) ? 0 : 1);
    }

    /** One measurement. True: it is within its bounds. */
    interface Bench {
        String purpose();

        boolean run(PrintStream out) throws Exception;
    }
}
