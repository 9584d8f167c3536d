package io.throughline.bench;

import io.throughline.local.Directories;
import io.throughline.local.EmbeddedDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the pages of the console take with a million orders and fifty thousand open cases, asked one after the other as somebody who
 * works with it would, and whether any of them reads a large table from its beginning to its end. The figures of the KPIs are read beside
 * their page and may do so; their page is asked for after that was counted. Filling the database takes minutes: with {@code
 * THROUGHLINE_BENCH_KEEP=<directory>} it stays there, is gone on with where it was left, and is used again. Its times grow older meanwhile.
 */
final class ConsoleBench implements BenchMain.Bench {
    private static final double MOST_MILLIS = 200;
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 40;
    private static final long SEED = 20261126;
    private static final String FIGURES = "kpis";
    private static final String KEEP = "THROUGHLINE_BENCH_KEEP";

    /** Where a search finds something, it leads there. */
    private static final Set<Integer> SHOWN = Set.of(200, 303);

    private static final Pattern BULK = Pattern.compile("B-[0-9]+");

    /** The cause about which a decision is under way. */
    private static final String DECIDED_CAUSE = "%016x".formatted(0);

    /** A session tells the collector of statistics when it has rested for ten seconds. */
    private static final long STATISTICS_SECONDS = 12;

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public String purpose() {
        return "pages of the console with a million orders and 50,000 open cases";
    }

    /** Every page that the console has, but for the way in. */
    private static Map<String, Function<SplittableRandom, String>> pages(ConsoleFacts facts, String bulk) {
        Map<String, Function<SplittableRandom, String>> pages = new LinkedHashMap<>();
        pages.put("overview", random -> "/console");
        pages.put("cases", random -> "/console/cases");
        pages.put("cases of an owner", random -> "/console/cases?owner=FINANCE");
        pages.put("cases of a code", random -> "/console/cases?code=FACILITY_SILENT&clock=BREACHED");
        pages.put("closed cases", random -> "/console/cases?status=CLOSED");
        pages.put("case", random -> "/console/cases/C-" + (1001 + random.nextInt(facts.openCases())));
        pages.put("cause", random -> "/console/causes/%016x".formatted(random.nextInt(ConsoleFacts.CAUSES)));
        pages.put("decision about many", random -> "/console/bulk/" + bulk);
        pages.put("orders", random -> "/console/orders");
        pages.put("order", random -> "/console/orders/" + order(facts, random));
        pages.put("books", random -> "/console/orders/" + order(facts, random) + "/books");
        pages.put("returns", random -> "/console/returns");
        pages.put("return", random -> "/console/returns/" + ConsoleFacts.id(facts.returned(random)) + "-R1");
        pages.put("returns over counters", random -> "/console/counter-returns");
        pages.put(
                "return over counter",
                random -> "/console/counter-returns/RC-"
                        + ConsoleFacts.id(facts.returned(random)).substring(2));
        pages.put("stock", random -> "/console/stock?sku=" + sku(random));
        pages.put("products", random -> "/console/stock");
        pages.put("transfers", random -> "/console/transfers");
        pages.put("transfers of one", random -> "/console/transfers?facility=" + store(random));
        pages.put(
                "transfer",
                random -> "/console/transfers/T"
                        + ConsoleFacts.id(facts.returned(random)).substring(1));
        pages.put("ask for a transfer", random -> "/console/new-transfer?sku=" + sku(random));
        pages.put("facilities", random -> "/console/facilities");
        pages.put("facility", random -> "/console/facilities/" + store(random));
        pages.put("count", random -> "/console/facilities/" + store(random) + "/counts");
        pages.put("systems", random -> "/console/systems");
        pages.put("system", random -> "/console/systems/tryton-northwind");
        pages.put("recovery", random -> "/console/recovery");
        pages.put("dead letters", random -> "/console/recovery/dead-letters");
        pages.put("unknown effects", random -> "/console/recovery/effects");
        pages.put("comparisons", random -> "/console/recovery/comparisons?account=northwind");
        pages.put("rebuilds", random -> "/console/recovery/rebuilds");
        pages.put("routing", random -> "/console/routing");
        pages.put("audit", random -> "/console/audit");
        pages.put("audit of one", random -> "/console/audit?actor=SUPPORT+%28key+01234567%29");
        pages.put("search", random -> "/console/search?q=nothing-has-this");
        pages.put("search of an order", random -> "/console/search?q=N" + (1 + random.nextInt(facts.orders())));
        pages.put("runbooks", random -> "/console/runbooks");
        pages.put("runbook", random -> "/console/runbooks/erp-rejected");
        pages.put(FIGURES, random -> "/console/kpis");
        return pages;
    }

    private static String order(ConsoleFacts facts, SplittableRandom random) {
        return ConsoleFacts.id(1 + random.nextInt(facts.orders()));
    }

    private static String store(SplittableRandom random) {
        return BigRetailer.store(1 + random.nextInt(BigRetailer.STORES));
    }

    private static String sku(SplittableRandom random) {
        return BigRetailer.sku(1 + random.nextInt(ConsoleFacts.SKUS));
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        return run(ConsoleFacts.WHOLE, "console", out);
    }

    @Override
    public boolean tryOut(PrintStream out) throws Exception {
        return run(ConsoleFacts.SMALL, "console-quick", out);
    }

    private boolean run(ConsoleFacts facts, String name, PrintStream out) throws Exception {
        Optional<Path> kept =
                Optional.ofNullable(System.getenv(KEEP)).map(Path::of).map(Path::toAbsolutePath);
        Path directory = kept.isPresent()
                ? Files.createDirectories(kept.get().resolve(name))
                : Files.createTempDirectory("throughline-bench-console");
        try (EmbeddedDatabase server = new EmbeddedDatabase(
                directory.resolve("postgres"), ServerProcess.freePort(), directory.resolve("postgres.log"))) {
            server.start(process -> {});
            BenchDatabase database = new BenchDatabase(server, "console");
            facts.fill(database, out);
            Path config = directory.resolve("config");
            if (Files.exists(config)) {
                Directories.delete(config);
            }
            BigRetailer.write(config);
            try (ApiProcess api = ApiProcess.start(database, config, directory)) {
                return measure(facts, name, database, api, out);
            }
        } finally {
            if (kept.isEmpty()) {
                Directories.delete(directory);
            }
        }
    }

    private boolean measure(ConsoleFacts facts, String name, BenchDatabase database, ApiProcess api, PrintStream out)
            throws Exception {
        String cookie = signIn(api);
        Map<String, Function<SplittableRandom, String>> pages = pages(facts, decideAboutMany(api));
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        List<String> plain =
                pages.keySet().stream().filter(page -> !page.equals(FIGURES)).toList();
        rounds(WARM_UP, pages, plain, api, cookie, new LinkedHashMap<>());
        Map<String, Long> before = scans(database);
        rounds(ROUNDS, pages, plain, api, cookie, millis);
        Map<String, Long> after = scans(database);
        List<String> scanned = after.entrySet().stream()
                .filter(table -> table.getValue() > before.getOrDefault(table.getKey(), 0L))
                .map(Map.Entry::getKey)
                .toList();
        awaitFigures(api, cookie);
        rounds(ROUNDS, pages, List.of(FIGURES), api, cookie, millis);
        out.printf(Locale.ROOT, "%n%-22s %10s %10s%n", "page", "median ms", "p95 ms");
        millis.forEach((page, times) ->
                out.printf(Locale.ROOT, "%-22s %10.1f %10.1f%n", page, Rounds.median(times), p95(times)));
        List<Double> all = millis.values().stream().flatMap(List::stream).toList();
        double slowest =
                millis.values().stream().mapToDouble(ConsoleBench::p95).max().orElse(0);
        if (!scanned.isEmpty()) {
            out.println("read from beginning to end: " + scanned);
        }
        Bounds bounds = new Bounds(name, out)
                .figure("orders", facts.orders())
                .figure("openCases", facts.openCases())
                .figure("pages", millis.size())
                .figure("pageMedianMs", Rounds.rounded(Rounds.median(all)))
                .figure("pageP95Ms", Rounds.rounded(p95(all)), MOST_MILLIS)
                .figure("slowestPageP95Ms", Rounds.rounded(slowest), MOST_MILLIS)
                .figure("largeTablesScanned", scanned.size(), 0);
        Result.write(name, bounds.figures(), out);
        return bounds.kept();
    }

    private void rounds(
            int number,
            Map<String, Function<SplittableRandom, String>> pages,
            List<String> names,
            ApiProcess api,
            String cookie,
            Map<String, List<Double>> millis)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(SEED + number);
        for (int round = 0; round < number; round++) {
            for (String page : names) {
                Function<SplittableRandom, String> path = pages.getOrDefault(page, any -> "/console");
                long start = System.nanoTime();
                show(api, path.apply(random), cookie);
                millis.computeIfAbsent(page, first -> new ArrayList<>()).add((System.nanoTime() - start) / 1e6);
            }
        }
    }

    /** Nobody works it off here, so it is under way all the time. Asked for once more, it is the same. */
    private String decideAboutMany(ApiProcess api) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(api.at("/v1/case-groups/" + DECIDED_CAUSE + "/decisions"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + api.key())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"RETRY\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        Matcher id = BULK.matcher(answer.body());
        if (!id.find()) {
            throw new IllegalStateException("no decision about many: " + answer.statusCode() + " " + answer.body());
        }
        return id.group();
    }

    private String show(ApiProcess api, String path, String cookie) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(api.at(path)).header("Cookie", cookie).build(),
                HttpResponse.BodyHandlers.ofString());
        if (!SHOWN.contains(answer.statusCode())) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private void awaitFigures(ApiProcess api, String cookie) throws IOException, InterruptedException {
        while (show(api, "/console/kpis", cookie).contains("just being read")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private String signIn(ApiProcess api) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(api.at("/console/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Origin", "http://127.0.0.1:" + api.port())
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "key=" + URLEncoder.encode(api.key(), StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.headers()
                .firstValue("Set-Cookie")
                .map(cookie -> cookie.replaceAll(";.*", ""))
                .orElseThrow(() -> new IllegalStateException("not let in: " + answer.statusCode()));
    }

    /** How often each large table has been read from its beginning to its end. */
    private static Map<String, Long> scans(BenchDatabase database) throws SQLException {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(STATISTICS_SECONDS));
        Map<String, Long> scans = new LinkedHashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(
                        "select relname, seq_scan from pg_stat_user_tables where n_live_tup > 10000 order by"
                                + " relname")) {
            while (tables.next()) {
                scans.put(tables.getString(1), tables.getLong(2));
            }
        }
        return scans;
    }

    private static double p95(List<Double> times) {
        return Rounds.percentile(times, 95);
    }
}
