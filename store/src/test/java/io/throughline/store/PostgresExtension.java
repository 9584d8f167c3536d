package io.throughline.store;

import io.throughline.domain.SettableClock;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.policy.SamplePolicies;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh database for each test class, on one real PostgreSQL for all of them. */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {
    public static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final int poolSize;
    private final CasePolicies casePolicies;
    private final SettableClock clock = new SettableClock(START);
    private final AtomicBoolean inUse = new AtomicBoolean();
    private String name = "";
    private DatabaseConfig config;
    private Database database;
    private Jdbi jdbi;

    public PostgresExtension() {
        this(8);
    }

    public PostgresExtension(int poolSize) {
        this(poolSize, CasePolicies.usual());
    }

    public PostgresExtension(int poolSize, CasePolicies casePolicies) {
        this.poolSize = poolSize;
        this.casePolicies = casePolicies;
    }

    /** Stopped by a hook of its own when the tests' process ends. */
    private static final class Server {
        /** To migrate costs many times what a copy of what was migrated does. */
        private static final String TEMPLATE = "migrated";

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            System.setProperty(
                    "ot.epg.working-dir",
                    Path.of("target", "postgres").toAbsolutePath().toString());
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                create(server, TEMPLATE, "template1");
                Database.open(config(server, TEMPLATE, 2), Clock.systemUTC()).close();
                return server;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        static DatabaseConfig newDatabase(String name, int poolSize) {
            create(POSTGRES, name, TEMPLATE);
            return config(POSTGRES, name, poolSize);
        }

        /** Beside the next tests: all of them at the end keep the process for half a minute. */
        static void drop(String name) {
            Jdbi.create(POSTGRES.getPostgresDatabase())
                    .useHandle(handle -> handle.execute("drop database " + name + " with (force)"));
        }

        private static void create(EmbeddedPostgres server, String name, String template) {
            Jdbi.create(server.getPostgresDatabase())
                    .useHandle(handle -> handle.execute("create database " + name + " template " + template));
        }

        private static DatabaseConfig config(EmbeddedPostgres server, String name, int poolSize) {
            return new DatabaseConfig(server.getJdbcUrl("postgres", name), "postgres", "postgres", poolSize);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!inUse.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "another class has this database: classes that share one need a @ResourceLock");
        }
        name = "test_" + DATABASES.incrementAndGet();
        config = Server.newDatabase(name, poolSize);
        database = open();
        jdbi = Jdbi.create(config.jdbcUrl(), config.user(), config.password());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        database.close();
        Server.drop(name);
        inUse.set(false);
    }

    public Database database() {
        return database;
    }

    /** The same database as another process sees it. The caller closes it. */
    public Database open() {
        return Database.open(config, casePolicies, clock);
    }

    public DatabaseConfig config() {
        return config;
    }

    public SettableClock clock() {
        return clock;
    }

    /** The tables themselves, past every rule of ours but the database's own. */
    public Jdbi tables() {
        return jdbi;
    }

    /** The ledger by rules that say nothing special. */
    public InventoryLedger inventory() {
        return database.stock(SampleStockRules.plain()).inventory();
    }

    /** Makes an order known and stores what its channel told. */
    public OrderId stored(Order order) {
        return stored(order, PersonalData.none());
    }

    public OrderId stored(Order order, PersonalData person) {
        database.orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        database.orders().accept(order, person, clock.instant());
        return order.id();
    }

    /** What waits in the inbox, in the order in which a dispatcher gets to see it; afterwards all of it is done. */
    public List<InboxMessage> dispatched() {
        List<InboxMessage> messages = new ArrayList<>();
        while (database.inbox().dispatchNext(message -> {
            messages.add(message);
            return new Handling.Done();
        })) {}
        return messages;
    }
}
