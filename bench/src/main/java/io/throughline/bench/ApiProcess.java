package io.throughline.bench;

import io.throughline.api.ApiServerMain;
import io.throughline.api.access.LocalKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Our api-server on a bench's database, with the key that it has made for this machine. */
record ApiProcess(ServerProcess process, int port, String key) implements AutoCloseable {
    static ApiProcess start(BenchDatabase database, Path config, Path directory) throws Exception {
        int port = ServerProcess.freePort();
        Path key = directory.resolve("key-" + System.nanoTime());
        ServerProcess process = new ServerProcess(
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
                        Integer.toString(ServerProcess.freePort()),
                        LocalKey.FILE_VARIABLE,
                        key.toString()),
                directory);
        process.awaitReady(URI.create("http://127.0.0.1:" + port + "/health/ready"));
        return new ApiProcess(process, port, Files.readString(key).strip());
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    @Override
    public String toString() {
        return "api-server at " + port;
    }
}
