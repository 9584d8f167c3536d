package io.throughline.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Suppliers;
import io.dropwizard.core.Application;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import io.throughline.api.access.KeyRing;
import io.throughline.domain.access.Role;
import io.throughline.runtime.DatabaseSettings;
import io.throughline.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The whole API server on a real PostgreSQL, started once for all tests of this JVM, with a key per role. */
final class TestingApi {
    /** Not the address that it listens on: what it calls itself in links and signatures. */
    static final URI PUBLIC_URL = URI.create("https://api.northwind.example");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TestingApi INSTANCE = start();

    private final HttpClient client = HttpClient.newHttpClient();
    private final EmbeddedPostgres postgres;
    private final Database database;
    private final KeyRing keyRing;
    private final Map<Role, String> keys = new EnumMap<>(Role.class);
    private final DropwizardTestSupport<ApiConfiguration> server;
    private final Supplier<PromisedAnswers> promised;
    private final Supplier<PreparedStatement> counting;

    private TestingApi(EmbeddedPostgres postgres, Database database, DropwizardTestSupport<ApiConfiguration> server) {
        this.postgres = postgres;
        this.database = database;
        this.server = server;
        this.counting = Suppliers.memoize(() -> counting(postgres));
        this.promised = Suppliers.memoize(
                () -> new PromisedAnswers(ask(to("/openapi.json").build()).body()));
        this.keyRing = new KeyRing(database.apiKeys(), "local", Clock.systemUTC());
        for (Role role : Role.values()) {
            keys.put(
                    role,
                    keyRing.make(role.name(), Set.of(role), Optional.empty()).reveal());
        }
    }

    static TestingApi get() {
        return INSTANCE;
    }

    private static TestingApi start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            Path.of("target/postgres").toAbsolutePath().toFile())
                    .start();
            Map<String, String> variables = variables(postgres);
            DropwizardTestSupport<ApiConfiguration> server = support(variables);
            server.before();
            Database database = Database.open(DatabaseSettings.from(variables).toConfig(), Clock.systemUTC());
            return new TestingApi(postgres, database, server);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Map<String, String> variables(EmbeddedPostgres postgres) {
        return variables(postgres, "postgres");
    }

    private static Map<String, String> variables(EmbeddedPostgres postgres, String role) {
        return Map.of(
                "THROUGHLINE_DATABASE_URL", postgres.getJdbcUrl(role, "postgres"), "THROUGHLINE_DATABASE_USER", role);
    }

    /** The variables by which another server reaches the same database as somebody else. */
    Map<String, String> databaseAs(String role) {
        return variables(postgres, role);
    }

    /** Another server on the same database, that is soon tired of slow clients. Whoever starts it stops it. */
    DropwizardTestSupport<ApiConfiguration> impatient() {
        return support(
                variables(postgres),
                ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "500ms"),
                ConfigOverride.config("arriveWithin", "1s"));
    }

    /** Another server on the same database, with more variables. It runs until it is closed. */
    Another with(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(variables(postgres));
        variables.putAll(more);
        DropwizardTestSupport<ApiConfiguration> other = support(variables);
        try {
            other.before();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
        return new Another(other);
    }

    /** A server that a test has started by itself. */
    record Another(DropwizardTestSupport<ApiConfiguration> server) implements AutoCloseable {
        URI at(String path) {
            return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
        }

        @Override
        public void close() {
            server.after();
        }
    }

    private static DropwizardTestSupport<ApiConfiguration> support(
            Map<String, String> variables, ConfigOverride... more) {
        ConfigOverride[] overrides = Stream.concat(
                        Stream.of(
                                ConfigOverride.config("retailer", "../config"),
                                ConfigOverride.config("publicUrl", PUBLIC_URL.toString()),
                                ConfigOverride.config("logging.level", "WARN"),
                                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                                ConfigOverride.config("server.adminConnectors[0].port", "0")),
                        Stream.of(more))
                .toArray(ConfigOverride[]::new);
        return new DropwizardTestSupport<>(ApiServerApplication.class, "../config/api-server.yml", overrides) {
            @Override
            public Application<ApiConfiguration> newApplication() {
                return new ApiServerApplication(variables, Clock.systemUTC());
            }
        };
    }

    Database database() {
        return database;
    }

    KeyRing keyRing() {
        return keyRing;
    }

    String key(Role role) {
        return Optional.ofNullable(keys.get(role)).orElseThrow();
    }

    /** The classes that answer requests. */
    List<Class<?>> resources() {
        return server.getEnvironment().jersey().getResourceConfig().getClasses().stream()
                .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
                .toList();
    }

    int port() {
        return server.getLocalPort();
    }

    URI admin(String path) {
        return URI.create("http://127.0.0.1:" + server.getAdminPort() + path);
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    HttpRequest.Builder to(String path, Role role) {
        return to(path).header("Authorization", "Bearer " + key(role));
    }

    Answer get(String path, Role role) {
        return send(to(path, role).GET());
    }

    Answer post(String path, Role role, String body) {
        return send(to(path, role)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What counts once, however often it is sent with this key. */
    Answer postOnce(String path, Role role, String key, String body) {
        return send(to(path, role)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Gives the answer, which is one that the OpenAPI document promises. */
    Answer send(HttpRequest.Builder request) {
        Answer answer = ask(request.build());
        HttpRequest asked = answer.response().request();
        if (asked.uri().getPort() != server.getAdminPort()) {
            promised()
                    .check(
                            asked.method(),
                            asked.uri().getRawPath(),
                            answer.status(),
                            answer.header("Content-Type"),
                            answer.body());
        }
        return answer;
    }

    /** By the document that the server gives out. */
    PromisedAnswers promised() {
        return promised.get();
    }

    private Answer ask(HttpRequest request) {
        try {
            return new Answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /**
     * How many rows each table has, and by which transactions they were written: what a request that is refused must not change. That it was
     * refused is counted.
     */
    synchronized Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        try (ResultSet result = counting.get().executeQuery()) {
            while (result.next()) {
                rows.put(result.getString(1), result.getString(2));
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** One statement for all tables, on a connection that stays: tests look hundreds of times. */
    private static PreparedStatement counting(EmbeddedPostgres postgres) {
        try {
            Connection connection = postgres.getPostgresDatabase().getConnection();
            try (Statement statement = connection.createStatement();
                    ResultSet query = statement.executeQuery("""
                            select string_agg(
                                format(
                                    'select %L, concat(count(*), '' rows of '', sum(one.xmin::text::bigint)) from %I.%I as one',
                                    table_name, table_schema, table_name),
                                ' union all ')
                            from information_schema.tables
                            where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'request_tally'
                            """)) {
                query.next();
                return connection.prepareStatement(query.getString(1));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** One value that a query gives. */
    Optional<String> query(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Of a server that a test has started by itself. */
    int status(URI address) {
        return ask(HttpRequest.newBuilder(address).build()).status();
    }

    void execute(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException notJson) {
                throw new UncheckedIOException(response.body(), notJson);
            }
        }

        String text(String pointer) {
            return json().at(pointer).asText();
        }
    }
}
