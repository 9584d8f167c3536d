package io.throughline.bench;

import io.throughline.store.Database;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Lookups over HTTP at our api-server and at a bare Jetty, each a process of its own with the same options. */
final class LookupContest {
    private static final int THREADS = 4;
    private static final int PER_THREAD = 150;
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 9;
    private static final int ALONE = 200;
    private static final int STORES_TOLD = 50;

    private final BenchDatabase database;
    private final Path config;
    private final Path directory;
    private final int skus;
    private final HttpClient client = HttpClient.newHttpClient();

    LookupContest(BenchDatabase database, Path config, Path directory, int skus) {
        this.database = database;
        this.config = config;
        this.directory = directory;
        this.skus = skus;
    }

    /** Lookups a second, and the median of the rounds' ratios. */
    record Result(double ours, double bare, double ratio) {}

    /** The median time of a lookup in microseconds, and the median of the rounds' ratios. */
    record Growth(double few, double many, double ratio) {}

    /** As stock comes in life, store by store: the balances of one SKU lie on as many pages as there are stores. */
    void prepare(PrintStream out) throws SQLException {
        try (Database opened = database.open()) {
            out.printf("  filling %,d balances%s%n", balances(), opened.healthy() ? "" : " (unhealthy)");
        }
        for (int store = 1; store <= BigRetailer.STORES; store++) {
            database.fill("""
                    insert into stock_balance (sku, facility, on_hand, reserved)
                    select 'SKU-' || to_char(sku, 'FM00000'), '%s', 5 + (sku + %2$d) %% 20, %2$d %% 3
                    from generate_series(1, %3$d) sku
                    """.formatted(BigRetailer.store(store), store, skus));
            if (store % STORES_TOLD == 0) {
                out.printf("  of %d stores of %d%n", store, BigRetailer.STORES);
            }
        }
        database.fill("vacuum analyze stock_balance");
    }

    private int balances() {
        return skus * BigRetailer.STORES;
    }

    /** What one client waits for a lookup at our server, among few balances and among many, in turns; any SKU is asked for. */
    static Growth growth(LookupContest few, LookupContest many, PrintStream out) throws Exception {
        List<Double> ofFew = new ArrayList<>();
        List<Double> ofMany = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(few.skus);
        try (Server small = few.api();
                Server big = many.api()) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double one = micros(small, random);
                double other = micros(big, random);
                if (round >= 0) {
                    ofFew.add(one);
                    ofMany.add(other);
                    ratios.add(other / one);
                    out.printf(
                            Locale.ROOT,
                            "  one lookup, round %d: %.0f µs among %,d balances, %.0f µs among %,d%n",
                            round + 1,
                            one,
                            few.balances(),
                            other,
                            many.balances());
                }
            }
        }
        return new Growth(Rounds.median(ofFew), Rounds.median(ofMany), Rounds.rounded(Rounds.median(ratios)));
    }

    private static double micros(Server server, SplittableRandom random) throws Exception {
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < ALONE; i++) {
            long start = System.nanoTime();
            server.lookup(random);
            micros.add((System.nanoTime() - start) / 1e3);
        }
        return Rounds.median(micros);
    }

    Result contest(PrintStream out) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (Server api = api();
                Server jetty = bare()) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double mine = perSecond(api);
                double other = perSecond(jetty);
                if (round >= 0) {
                    ours.add(mine);
                    bare.add(other);
                    ratios.add(mine / other);
                    out.printf(Locale.ROOT, "  lookup, round %d: %.0f/s, bare Jetty %.0f/s%n", round + 1, mine, other);
                }
            }
        }
        return new Result(Rounds.median(ours), Rounds.median(bare), Rounds.rounded(Rounds.median(ratios)));
    }

    private static double perSecond(Server server) throws Exception {
        double seconds = Rounds.seconds(THREADS, thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int i = 0; i < PER_THREAD; i++) {
                server.lookup(random);
            }
        });
        return THREADS * PER_THREAD / seconds;
    }

    private Server api() throws Exception {
        ApiProcess api = ApiProcess.start(database, config, directory);
        return new Server(api.process(), api.at("/v1/availability?channel=northwind&sku="), api.key());
    }

    private Server bare() throws Exception {
        int port = ServerProcess.freePort();
        ServerProcess process = new ServerProcess(
                List.of(
                        BareLookup.class.getName(),
                        Integer.toString(port),
                        database.url(),
                        database.user(),
                        database.password(),
                        Integer.toString(database.poolSize())),
                Map.of(),
                directory);
        Server server = new Server(process, URI.create("http://127.0.0.1:" + port + "/?sku="), "");
        process.awaitReady(URI.create(server.address() + BigRetailer.sku(1)));
        return server;
    }

    /** One of the contenders. */
    private final class Server implements AutoCloseable {
        private final ServerProcess process;
        private final URI address;
        private final String key;

        Server(ServerProcess process, URI address, String key) {
            this.process = process;
            this.address = address;
            this.key = key;
        }

        URI address() {
            return address;
        }

        void lookup(SplittableRandom random) throws IOException, InterruptedException {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create(address + BigRetailer.sku(1 + random.nextInt(skus))))
                            .header("Authorization", "Bearer " + key)
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200 || response.body().length < 100 * BigRetailer.STORES) {
                throw new IllegalStateException(response.statusCode() + ", " + response.body().length + " bytes");
            }
        }

        @Override
        public void close() throws IOException {
            process.close();
        }
    }
}
