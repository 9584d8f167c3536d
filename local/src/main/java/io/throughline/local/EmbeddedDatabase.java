package io.throughline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server from the class path. It is durable (fsync on), listens on loopback with a password of its own, keeps its data
 * between runs, and recovers from any way in which it or this process may have ended. It outlives neither {@link #stop()} nor, as a
 * leftover, the next start on the same directory.
 */
public final class EmbeddedDatabase implements ManagedProcess, AutoCloseable {
    public static final String USER = "throughline";

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration END_WAIT = Duration.ofSeconds(5);
    private static final Duration SHARED_MEMORY_WAIT = Duration.ofSeconds(15);
    private static final String SETTINGS = """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            max_connections = 200
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%m [%p] '
            log_error_verbosity = terse
            """;

    private final Path directory;
    private final int port;
    private final Path log;
    private final PostgresBinaries binaries;
    private final UnprivilegedLauncher launcher;

    /** The directory is the server's own; it is filled at the first start. */
    public EmbeddedDatabase(Path directory, int port, Path log) {
        this(directory, port, log, UnprivilegedLauncher.detect());
    }

    EmbeddedDatabase(Path directory, int port, Path log, UnprivilegedLauncher launcher) {
        this.directory = directory.toAbsolutePath();
        this.port = port;
        this.log = log.toAbsolutePath();
        this.launcher = launcher;
        this.binaries = PostgresBinaries.unpacked(CacheDirectory.locate(this.directory.resolve("cache")));
    }

    @Override
    public StackPart part() {
        return StackPart.POSTGRES;
    }

    @Override
    public Path log() {
        return log;
    }

    public int port() {
        return port;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The server in libpq's form, with user and password but without a database, for programs that are not Java. */
    public String serverUri() {
        return "postgresql://" + USER + ":" + password() + "@127.0.0.1:" + port;
    }

    public String password() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), USER, password());
    }

    @Override
    public void start(Consumer<ProcessHandle> spawned) {
        try {
            Files.createDirectories(directory);
            if (!Files.exists(data().resolve("PG_VERSION"))) {
                initialise();
            }
            Files.writeString(data().resolve("throughline.conf"), SETTINGS);
        } catch (IOException e) {
            throw new StackException("Cannot prepare PostgreSQL in " + directory + ": " + e.getMessage(), e);
        }
        if (handle().isPresent()) {
            stop();
        } else {
            removeStaleLock();
        }
        startServer();
        handle().ifPresent(spawned);
    }

    /** Creates the database unless it exists; names are lower-case words. */
    public void createDatabase(String name) {
        if (exists(name)) {
            return;
        }
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new StackException("Cannot create the database " + name + ": " + e.getMessage(), e);
        }
    }

    boolean exists(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
            return found.next();
        } catch (SQLException e) {
            throw new StackException("Cannot look for the database " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        Optional<ProcessHandle> running = handle();
        if (running.isEmpty()) {
            return;
        }
        resume();
        if (!control("stop", "-m", "fast", "-w", "-t", "20").succeeded()) {
            kill();
        }
        // pg_ctl returns when the lock file is gone, a moment before the process is.
        ProcessTree.awaitEnd(running.get(), END_WAIT);
    }

    @Override
    public void close() {
        stop();
    }

    /** The postmaster, found by its own lock file and checked to be the one of this directory. */
    @Override
    public Optional<ProcessHandle> handle() {
        return lockedBy()
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(this::servesThisDirectory);
    }

    private boolean servesThisDirectory(ProcessHandle process) {
        Optional<String[]> arguments = process.info().arguments();
        // Where a system hides the arguments, any postmaster with that number is taken for ours rather than started a
        // second time.
        return arguments
                .map(words -> List.of(words).contains(data().toString()))
                .orElseGet(() -> process.info().command().orElse("").endsWith("postgres"));
    }

    private Optional<Long> lockedBy() {
        try {
            return Files.exists(lockFile())
                    ? Files.readString(lockFile()).lines().findFirst().map(line -> Long.parseLong(line.strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** After SIGKILL the lock file stays; PostgreSQL would refuse to start if another program has got its process number since. */
    private void removeStaleLock() {
        try {
            Files.deleteIfExists(lockFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise() throws IOException {
        Path draft = directory.resolve("data.new");
        Command.of("rm", "-rf", draft.toString(), data().toString()).run();
        writePassword();
        launcher.own(directory);
        Command.Result result = launcher.command(List.of(
                        binaries.program("initdb").toString(),
                        "--pgdata=" + draft,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile(),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-instructions"))
                .loggingTo(log)
                .run();
        if (!result.succeeded()) {
            throw new StackException("PostgreSQL could not create its data directory:\n" + LogTail.of(log));
        }
        Path configuration = draft.resolve("postgresql.conf");
        Files.writeString(configuration, Files.readString(configuration) + "include 'throughline.conf'\n");
        Files.writeString(draft.resolve("throughline.conf"), SETTINGS);
        launcher.own(draft);
        Files.move(draft, data());
    }

    private void writePassword() throws IOException {
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        Files.writeString(passwordFile(), HexFormat.of().formatHex(secret));
    }

    private void startServer() {
        long deadline = System.nanoTime() + SHARED_MEMORY_WAIT.toNanos();
        while (!control("start", "-w", "-t", "60", "-l", log.toString(), "-o", "-p " + port)
                .succeeded()) {
            String tail = LogTail.of(log);
            // Backends of a postmaster that was killed alone need a moment to notice it.
            if (!tail.contains("is still in use") || System.nanoTime() > deadline) {
                throw new StackException("PostgreSQL did not start on port " + port + ":\n" + tail);
            }
            Command.of("sleep", "0.2").run();
        }
    }

    private Command.Result control(String... arguments) {
        List<String> words = new ArrayList<>(List.of(binaries.program("pg_ctl").toString(), "-D", data().toString()));
        words.addAll(List.of(arguments));
        return launcher.command(words)
                .within(Duration.ofSeconds(90))
                .loggingTo(log)
                .run();
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path lockFile() {
        return data().resolve("postmaster.pid");
    }

    private Path passwordFile() {
        return directory.resolve("password");
    }
}
