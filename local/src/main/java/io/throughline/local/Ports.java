package io.throughline.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The loopback ports of one stack, remembered between runs so that addresses given to others (webhook targets) stay valid.
 * A stack claims a block of its own by listening on the block's first port for as long as it lives; a port that it can't have
 * is replaced by one of that block.
 */
public final class Ports implements AutoCloseable {
    /** What a port is for, with the port that is taken when it is free and fixed ports are wanted. */
    public enum Use {
        API(1, 7400),
        API_ADMIN(2, 7401),
        WORKER_ADMIN(3, 7402),
        SANDBOX_CONTROL(4, 7300),
        SHOPIFY(5, 7301),
        SQUARE(6, 7302),
        TRYTON(7, 7303),
        MESSAGING(8, 7304),
        CARRIER(9, 7305),
        REAL_TRYTON(10, 7306),
        TEMPORAL(11, 7233),
        TEMPORAL_UI(12, 8233),
        POSTGRES(13, 7543),
        MARKETPLACE(14, 7307),
        /** The last one: each further worker has the next. */
        SECOND_WORKER_ADMIN(15, 7403);

        private final int offset;
        private final int preferred;

        Use(int offset, int preferred) {
            this.offset = offset;
            this.preferred = preferred;
        }
    }

    /** Below the range from which systems take the ports of outgoing connections, so that a restarted server finds its own free. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int BLOCK = 32;
    private static final int ATTEMPTS = 500;

    private final ServerSocket claim;
    private final Map<Use, Integer> ports;

    private Ports(ServerSocket claim, Map<Use, Integer> ports) {
        this.claim = claim;
        this.ports = new EnumMap<>(ports);
    }

    public int port(Use use) {
        return ports.getOrDefault(use, 0);
    }

    /** Chooses the ports and writes them into the file. With {@code preferFixed} well-known ports are taken where they are free. */
    static Ports claim(Path memory, boolean preferFixed) {
        Properties remembered = read(memory);
        ServerSocket claim = claimBlock(number(remembered, "block"));
        int block = claim.getLocalPort();
        Map<Use, Integer> chosen = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            int own = block + use.offset;
            int before = number(remembered, use.name());
            if (before > 0 && (before == own || isFree(before))) {
                chosen.put(use, before);
            } else if (preferFixed && isFree(use.preferred)) {
                chosen.put(use, use.preferred);
            } else {
                chosen.put(use, own);
            }
        }
        write(memory, block, chosen);
        return new Ports(claim, chosen);
    }

    /** Gives the block free for others; the ports stay written down. */
    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket claimBlock(int remembered) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int block = attempt == 0 && remembered > 0
                    ? remembered
                    : ThreadLocalRandom.current().nextInt(LOWEST / BLOCK, HIGHEST / BLOCK) * BLOCK;
            ServerSocket claim = listen(block);
            if (claim != null) {
                if (restIsFree(block)) {
                    return claim;
                }
                closeQuietly(claim);
            }
        }
        throw new StackException(
                "No block of " + BLOCK + " free ports was found between " + LOWEST + " and " + HIGHEST + ".");
    }

    private static boolean restIsFree(int block) {
        for (Use use : Use.values()) {
            if (!isFree(block + use.offset)) {
                return false;
            }
        }
        return true;
    }

    static boolean isFree(int port) {
        ServerSocket socket = listen(port);
        if (socket == null) {
            return false;
        }
        closeQuietly(socket);
        return true;
    }

    private static @Nullable ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return socket;
            } catch (IOException e) {
                closeQuietly(socket);
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties read(Path memory) {
        Properties properties = new Properties();
        if (Files.exists(memory)) {
            try (Reader reader = Files.newBufferedReader(memory)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }

    private static int number(Properties properties, String name) {
        try {
            return Integer.parseInt(properties.getProperty(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void write(Path memory, int block, Map<Use, Integer> chosen) {
        Properties properties = new Properties();
        properties.setProperty("block", Integer.toString(block));
        chosen.forEach((use, port) -> properties.setProperty(use.name(), Integer.toString(port)));
        try (Writer writer = Files.newBufferedWriter(memory)) {
            properties.store(writer, "ports of this stack");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
