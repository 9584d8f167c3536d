package io.throughline.connectors.tryton;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Tryton server of our own on an embedded PostgreSQL. The Python environment and the set-up company are kept in
 * {@code ~/.cache/throughline/tryton} (or {@code -Dthroughline.tryton.dir}), so that only the first run takes minutes; a company made by
 * other scripts is made anew.
 */
final class RealTryton implements ErpUnderTest {
    private static final String DATABASE = "northwind";
    private static final Path SCRIPT = Path.of("real", "tryton.sh").toAbsolutePath();
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final EmbeddedPostgres postgres;
    private final Process server;
    private final TrytonSettings settings;
    private final AdminSession admin;

    private RealTryton(EmbeddedPostgres postgres, Process server, TrytonSettings settings, AdminSession admin) {
        this.postgres = postgres;
        this.server = server;
        this.settings = settings;
        this.admin = admin;
    }

    static RealTryton start() throws Exception {
        if (!pythonIsThere()) {
            String missing =
                    "THE REAL TRYTON IS NOT TESTED: there is no Python 3.10 or newer with venv on this machine";
            System.err.println(missing);
            if ("true".equalsIgnoreCase(System.getenv("CI"))) {
                throw new AssertionError(missing);
            }
            abort(missing);
        }
        Path home = home();
        Files.createDirectories(home);
        run(home, "install", home.toString());
        EmbeddedPostgres postgres = postgres(home.resolve("postgres"));
        try {
            String uri = "postgresql://postgres@127.0.0.1:" + postgres.getPort();
            run(home, "setup", home.toString(), uri, DATABASE);
            return serve(home, postgres, uri);
        } catch (Exception | Error failure) {
            postgres.close();
            throw failure;
        }
    }

    private static EmbeddedPostgres postgres(Path kept) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").setPGStartupWait(Duration.ofMinutes(1));
        try {
            return builder.setDataDirectory(kept).setCleanDataDirectory(false).start();
        } catch (IOException | RuntimeException unusable) {
            System.err.println("The kept database in " + kept + " can't be used, a new one takes minutes: " + unusable);
            return builder.setDataDirectory(Files.createTempDirectory("throughline-tryton"))
                    .setCleanDataDirectory(true)
                    .start();
        }
    }

    private static RealTryton serve(Path home, EmbeddedPostgres postgres, String uri) throws Exception {
        int port = freePort();
        Process server = command(home, "start", home.toString(), uri, DATABASE, Integer.toString(port))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        Map<String, String> secrets = Files.readAllLines(home.resolve(DATABASE + ".secrets")).stream()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        TrytonSettings settings =
                SampleSettings.at(URI.create("http://127.0.0.1:" + port), secrets.get("PASSWORD"), secrets.get("KEY"));
        AdminSession admin = await(server, home, () -> new AdminSession(settings, secrets.get("ADMIN")));
        return new RealTryton(postgres, server, settings, admin);
    }

    private static AdminSession await(Process server, Path home, java.util.function.Supplier<AdminSession> login)
            throws Exception {
        Instant end = Instant.now().plus(LONGEST_START);
        while (true) {
            try {
                return login.get();
            } catch (RuntimeException notYet) {
                if (!server.isAlive() || Instant.now().isAfter(end)) {
                    server.destroyForcibly();
                    throw new IllegalStateException("Tryton did not start, see " + home.resolve("tryton.log"), notYet);
                }
            }
            if (server.waitFor(200, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Tryton ended, see " + home.resolve("tryton.log"));
            }
        }
    }

    @Override
    public TrytonSettings settings() {
        return settings;
    }

    AdminSession admin() {
        return admin;
    }

    @Override
    public void closePeriod(String name) {
        admin.call("model.account.period.close", period(name));
    }

    @Override
    public void reopenPeriod(String name) {
        admin.call("model.account.period.reopen", period(name));
    }

    @Override
    public void closeStock(LocalDate day) {
        ObjectNode period = Values.object().put("company", 1);
        period.set("date", Values.date(day));
        admin.call(
                "model.stock.period.close",
                admin.call("model.stock.period.create", Values.array().add(period)));
    }

    @Override
    public void reopenStock(LocalDate day) {
        admin.call(
                "model.stock.period.draft",
                search("stock.period", Filter.all(Filter.where("date", "=", Values.date(day)))));
    }

    @Override
    public void setProductActive(String code, boolean active) {
        ArrayNode domain = Filter.all(
                Filter.where("code", "=", code),
                Filter.where("active", "in", Values.array().add(true).add(false)));
        admin.call(
                "model.product.product.write",
                search("product.product", domain),
                Values.object().put("active", active));
    }

    @Override
    public int documents(String reference) {
        ArrayNode domain = Filter.all(Filter.where("reference", "=", reference));
        return search("account.invoice", domain).size()
                + search("account.payment", domain).size();
    }

    @Override
    public String invoiceState(String reference) {
        ArrayNode found = search("account.invoice", Filter.all(Filter.where("reference", "=", reference)));
        return admin.call("model.account.invoice.read", found, Values.texts(List.of("state")))
                .path(0)
                .path("state")
                .asText();
    }

    private ArrayNode period(String name) {
        return search("account.period", Filter.all(Filter.where("name", "=", name)));
    }

    private ArrayNode search(String model, ArrayNode domain) {
        return (ArrayNode) admin.call("model." + model + ".search", domain);
    }

    void stop() throws Exception {
        server.destroy();
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
        postgres.close();
    }

    private static void run(Path home, String... arguments) throws Exception {
        Process process = command(home, arguments).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    "tryton.sh " + arguments[0] + " failed:\n" + Files.readString(home.resolve("tryton.log")));
        }
    }

    private static ProcessBuilder command(Path home, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().addAll(List.of("/bin/sh", SCRIPT.toString()));
        builder.command().addAll(List.of(arguments));
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.resolve("tryton.log").toFile()));
        return builder;
    }

    /** By the script's own search, so that both always agree. */
    private static boolean pythonIsThere() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", SCRIPT.toString(), "python")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static Path home() {
        return Optional.ofNullable(System.getProperty("throughline.tryton.dir"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "throughline", "tryton"))
                .toAbsolutePath();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
