package io.throughline.sandbox.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * All stand-ins on their own ports, with the control API beside them. Stand-ins are found by {@link ServiceLoader}. Closing it
 * frees the ports and keeps the data file.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxConfig config;
    private final Database database;
    private final Documents documents;
    private final Ledger ledger;
    private final Faults faults = new Faults();
    private final Webhooks webhooks;
    private final SandboxContext context;
    private final Map<String, StandIn> standIns = new LinkedHashMap<>();
    private final Map<String, SystemServer> servers = new LinkedHashMap<>();
    private final ControlApi controlApi;
    private final SystemServer control;

    private Sandbox(SandboxConfig config) {
        this.config = config;
        database = new Database(jdbcUrl(config.dataFile()));
        documents = new Documents(database);
        ledger = new Ledger(database, config.clock());
        webhooks = new Webhooks(database, config.clock());
        context = new SandboxContext(
                documents, ledger, webhooks, config.clock(), SampleRetailer.load(), Json.mapper(), config);
        for (StandInFactory factory : ServiceLoader.load(StandInFactory.class)) {
            StandIn standIn = factory.create(context);
            standIns.put(standIn.system(), standIn);
        }
        standIns.values().forEach(StandIn::seed);
        controlApi = new ControlApi(standIns, ledger, faults, webhooks, this::reset, this::index);
        control = new SystemServer(config.host(), port(config, "control"), controlApi);
        standIns.forEach((system, standIn) -> servers.put(
                system,
                new SystemServer(config.host(), port(config, system), new FaultyStage(standIn, faults, ledger))));
    }

    public static Sandbox start(SandboxConfig config) {
        return new Sandbox(config);
    }

    /** The port of one system: {@code shopify}, {@code square}, {@code tryton}, {@code messaging} or {@code carrier}. */
    public int port(String system) {
        SystemServer server = servers.get(system);
        if (server == null) {
            throw new IllegalArgumentException("No stand-in " + system + ", only " + servers.keySet());
        }
        return server.port();
    }

    public int controlPort() {
        return control.port();
    }

    public Set<String> systems() {
        return Collections.unmodifiableSet(servers.keySet());
    }

    public URI base(String system) {
        return URI.create("http://" + config.host() + ":" + port(system));
    }

    public URI controlBase() {
        return URI.create("http://" + config.host() + ":" + controlPort());
    }

    public Documents documents() {
        return documents;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Faults faults() {
        return faults;
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public SandboxContext context() {
        return context;
    }

    private void reset() {
        try {
            documents.atomically(() -> {
                database.clear();
                standIns.values().forEach(StandIn::seed);
                return true;
            });
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JsonNode index() {
        ObjectNode systems = Json.object();
        servers.keySet().forEach(system -> systems.put(system, base(system).toString()));
        ObjectNode index = Json.object();
        index.put("control", controlBase().toString());
        index.set("systems", systems);
        index.set(
                "controls",
                Json.array()
                        .add("GET /ledger?system=&since=&about=")
                        .add("GET /attempts?system=&since=&rule=")
                        .add("GET /webhooks?system=&since=&about=")
                        .add("GET|POST /faults, DELETE /faults[/{id}]")
                        .add("GET|POST /webhook-faults, DELETE /webhook-faults[/{id}]")
                        .add("GET|POST /script")
                        .add("POST /reset")
                        .add("/{system}/... the stand-in's own controls"));
        return index;
    }

    private static int port(SandboxConfig config, String system) {
        return Optional.ofNullable(config.ports().get(system)).orElse(0);
    }

    private static String jdbcUrl(Optional<Path> dataFile) {
        if (dataFile.isEmpty()) {
            return "jdbc:sqlite::memory:";
        }
        Path file = dataFile.get().toAbsolutePath();
        try {
            Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return "jdbc:sqlite:" + file;
    }

    @Override
    public void close() {
        controlApi.close();
        servers.values().forEach(SystemServer::close);
        control.close();
        standIns.values().forEach(StandIn::close);
        webhooks.close();
        database.close();
    }
}
