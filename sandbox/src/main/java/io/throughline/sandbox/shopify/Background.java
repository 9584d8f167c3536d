package io.throughline.sandbox.shopify;

import io.throughline.sandbox.core.Documents;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens at Shopify by itself a moment later; each piece is one transaction. What is pending is lost at a restart. */
final class Background implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final Documents documents;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Background(Documents documents) {
        this.documents = documents;
    }

    /** Waits from the moment the surrounding transaction is committed. */
    void later(long delayMillis, Runnable work) {
        documents.afterCommit(() -> {
            if (!threads.isShutdown()) {
                threads.execute(() -> run(delayMillis, work));
            }
        });
    }

    private void run(long delayMillis, Runnable work) {
        try {
            Thread.sleep(Duration.ofMillis(delayMillis));
            documents.atomically(() -> {
                work.run();
                return true;
            });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (UserErrors overtaken) {
            LOG.info("No longer possible: {}", overtaken.getMessage());
        } catch (Exception failure) {
            if (!threads.isShutdown()) {
                LOG.error("A background step failed", failure);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
