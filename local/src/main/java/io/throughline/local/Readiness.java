package io.throughline.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until a process answers, and tells why when it does not. */
record Readiness(ManagedProcess process, Duration limit, Progress progress) {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(REQUEST_TIMEOUT)
            .build();

    void await(BooleanSupplier healthy) {
        long start = System.nanoTime();
        long nextReport = start + REPORT_INTERVAL.toNanos();
        while (!healthy.getAsBoolean()) {
            long now = System.nanoTime();
            String name = process.part().label();
            if (!process.alive()) {
                throw new StackException(name + " ended while it was starting:\n" + LogTail.of(process.log())
                        + "\n(whole log: " + process.log() + ")");
            }
            if (now - start > limit.toNanos()) {
                throw new StackException(name + " did not answer within " + limit.toSeconds() + " s:\n"
                        + LogTail.of(process.log()) + "\n(whole log: " + process.log() + ")");
            }
            if (now > nextReport) {
                progress.line(name + ": still starting ("
                        + Duration.ofNanos(now - start).toSeconds() + " s)");
                nextReport += REPORT_INTERVAL.toNanos();
            }
            pause();
        }
    }

    /** True when the address answers with a status of success. */
    static boolean answers(URI address) {
        return status(address) / 100 == 2;
    }

    /** True when the address answers with any status. */
    static boolean respondsAtAll(URI address) {
        return status(address) > 0;
    }

    private static int status(URI address) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(REQUEST_TIMEOUT).build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while waiting for " + address, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting", e);
        }
    }
}
