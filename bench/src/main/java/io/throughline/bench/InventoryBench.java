package io.throughline.bench;

import io.throughline.local.Directories;
import io.throughline.local.EmbeddedDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reservations against the same statements by plain JDBC, lookups against a bare Jetty handler with the same query, and what a lookup
 * costs when the table is five hundred times as large. Contenders take turns in short rounds of one run, and the median round counts:
 * only ratios mean anything on a machine that does other things, too.
 */
final class InventoryBench implements BenchMain.Bench {
    private static final double LEAST_RATIO = 0.7;
    private static final double MOST_GROWTH = 1.5;
    private static final int FEW_SKUS = 33;
    private static final Size FULL = new Size("inventory", BigRetailer.SKUS, 30, 9);
    /** Half a million balances, and rounds enough to see whether something is out of order. */
    private static final Size SMALL = new Size("inventory-quick", BigRetailer.SKUS / 10, 6, 5);

    /** Products in the large table, and rounds of reservations that are not counted and that are. */
    private record Size(String name, int skus, int warmUp, int rounds) {}

    @Override
    public String purpose() {
        return "reservations and availability lookups, as ratios to plain JDBC and a bare Jetty";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        return measure(FULL, out);
    }

    @Override
    public boolean tryOut(PrintStream out) throws Exception {
        return measure(SMALL, out);
    }

    private static boolean measure(Size size, PrintStream out) throws Exception {
        Path directory = Files.createTempDirectory("throughline-bench-inventory");
        Map<String, Number> figures = new LinkedHashMap<>();
        try (EmbeddedDatabase server = new EmbeddedDatabase(
                directory.resolve("postgres"), ServerProcess.freePort(), directory.resolve("postgres.log"))) {
            server.start(process -> {});
            reservations(new BenchDatabase(server, "reserve"), size, figures, out);
            Path config = BigRetailer.write(directory.resolve("config"));
            LookupContest few = new LookupContest(new BenchDatabase(server, "few"), config, directory, FEW_SKUS);
            LookupContest many = new LookupContest(new BenchDatabase(server, "many"), config, directory, size.skus());
            few.prepare(out);
            many.prepare(out);
            LookupContest.Growth growth = LookupContest.growth(few, many, out);
            LookupContest.Result contest = many.contest(out);
            figures.put("lookupRatio", contest.ratio());
            figures.put("lookupGrowth", growth.ratio());
            figures.put("lookupsPerSecond", Math.round(contest.ours()));
            figures.put("bareLookupsPerSecond", Math.round(contest.bare()));
            figures.put("lookupMicrosFew", Math.round(growth.few()));
            figures.put("lookupMicrosMany", Math.round(growth.many()));
        } finally {
            Directories.delete(directory);
        }
        figures.forEach((name, value) -> out.printf(Locale.ROOT, "%-24s %10s%n", name, value));
        Result.write(size.name(), figures, out);
        return atLeast(figures, "reserveHotRatio")
                && atLeast(figures, "reserveWideRatio")
                && atLeast(figures, "lookupRatio")
                && figures.getOrDefault("lookupGrowth", Double.MAX_VALUE).doubleValue() <= MOST_GROWTH;
    }

    private static void reservations(BenchDatabase database, Size size, Map<String, Number> figures, PrintStream out)
            throws Exception {
        try (ReserveContest contest = new ReserveContest(database, size.warmUp(), size.rounds())) {
            ReserveContest.Result hot = contest.run("hot", 1, out);
            ReserveContest.Result wide = contest.run("wide", 10_000, out);
            figures.put("reserveHotRatio", hot.ratio());
            figures.put("reserveWideRatio", wide.ratio());
            figures.put("reservesPerSecondHot", Math.round(hot.ours()));
            figures.put("reservesPerSecondWide", Math.round(wide.ours()));
        }
    }

    private static boolean atLeast(Map<String, Number> figures, String name) {
        return figures.getOrDefault(name, 0).doubleValue() >= LEAST_RATIO;
    }
}
