package io.throughline.bench;

import io.throughline.api.ApiServerMain;
import io.throughline.api.access.LocalKey;
import io.throughline.store.Database;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lookups over HTTP at our api-server and at a bare Jetty, each a process of its own with the same options. */
final class LookupContest {
    private static final int THREADS = 4;
    private static final int PER_THREAD = 150;
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 9;
    private static final int ALONE = 200;
    private static final int STORES_TOLD = 50;
    private static final long START_SECONDS = 120;

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

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Server api() throws Exception {
        int port = freePort();
        Path key = directory.resolve("key-" + System.nanoTime());
        Server server = new Server(
                List.of(
                        ApiServerMain.class.getName(),
                        "server",
                        config.resolve("api-server.yml").toString()),
                Map.of(
                        "THROUGHLINE_DATABASE_URL",
                        database.url(),
                        "THROUGHLINE_DATABASE_USER",
                        database.user(),
                        "THROUGHLINE_DATABASE_PASSWORD",
                        database.password(),
                        "THROUGHLINE_DATABASE_POOL_SIZE",
                        Integer.toString(database.poolSize()),
                        "THROUGHLINE_CONFIG",
                        config.toString(),
                        "THROUGHLINE_API_PORT",
                        Integer.toString(port),
                        "THROUGHLINE_API_ADMIN_PORT",
                        Integer.toString(freePort()),
                        LocalKey.FILE_VARIABLE,
                        key.toString()),
                URI.create("http://127.0.0.1:" + port + "/v1/availability?channel=northwind&sku="));
        server.awaitReady(URI.create("http://127.0.0.1:" + port + "/health/ready"));
        server.key = Files.readString(key).strip();
        return server;
    }

    private Server bare() throws Exception {
        int port = freePort();
        Server server = new Server(
                List.of(
                        BareLookup.class.getName(),
                        Integer.toString(port),
                        database.url(),
                        database.user(),
                        database.password(),
                        Integer.toString(database.poolSize())),
                Map.of(),
                URI.create("http://127.0.0.1:" + port + "/?sku="));
        server.awaitReady(URI.create(server.address + BigRetailer.sku(1)));
        return server;
    }

    /** One of the contenders. */
    private final class Server implements AutoCloseable {
        private final Process process;
        private final URI address;
        private final Path log;
        private String key = "";

        Server(List<String> program, Map<String, String> environment, URI address) throws IOException {
            this.address = address;
            this.log = directory.resolve(program.getFirst() + ".log");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path")));
            command.addAll(program);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            this.process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        }

        void lookup(SplittableRandom random) throws IOException, InterruptedException {
            HttpResponse<byte[]> response = send(URI.create(address + BigRetailer.sku(1 + random.nextInt(skus))));
            if (response.statusCode() != 200 || response.body().length < 100 * BigRetailer.STORES) {
                throw new IllegalStateException(response.statusCode() + ", " + response.body().length + " bytes");
            }
        }

        private HttpResponse<byte[]> send(URI uri) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + key)
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }

        void awaitReady(URI ready) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (!answers(ready)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    close();
                    throw new IllegalStateException("not ready: " + Files.readString(log));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }

        private boolean answers(URI ready) throws InterruptedException {
            try {
                return send(ready).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException stopped) {
                process.destroyForcibly();
                throw new IOException(stopped);
            }
        }
    }
}
