package io.throughline.worker;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.account.OutsideSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For fault tests only: halts this process the first time that an effect of a kind of system reaches a named point. A marker file lets the
 * process that is started in its place go on.
 */
final class HaltingCheckpoints implements Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(HaltingCheckpoints.class);
    private static final int KILLED = 137;
    private static final long BLINK_MILLIS = 50;
    private static final long ASLEEP_MILLIS = 3_000;

    /** A process that has just begun is slow: orders that are on their way come to their next points within this. */
    private static final Duration QUIET = Duration.ofMillis(1_500);

    /** Shorter than the time of a step: whoever stands at a point must not be given up before the process ends. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    /** How a process halts. */
    enum Way {
        /** For good, as in a power cut. */
        END,
        /** Until somebody lets it go on (SIGCONT), as a machine that sleeps. */
        STOP
    }

    private final Path markers;
    private final List<String> wanted;
    private final Way way;
    private final Gathering gathering = new Gathering();

    /**
     * {@code wanted} is {@code <system>.<operation>:<point>}, or several with commas between, or {@code *} for each point of each operation
     * of each kind of system once. At each point means at several in one life: as in a power cut, all who stand at a point are struck there at
     * once, which is when nobody has come to another one for a little while, or after some seconds.
     */
    HaltingCheckpoints(Path markers, String wanted, Way way) {
        this.markers = markers;
        this.wanted = List.of(wanted.split(","));
        this.way = way;
    }

    @Override
    public void reached(Point point, OutsideSystem system, String operation) {
        String here = system + "." + operation + ":" + point;
        boolean anywhere = wanted.contains("*");
        if ((anywhere || wanted.contains(here)) && markOnce(here)) {
            LOG.warn("halting at {}", here);
            switch (way) {
                case END -> end(anywhere);
                case STOP -> stop();
            }
        }
    }

    /** Does not return: whoever has come to a point goes no further. */
    private void end(boolean withOthers) {
        try {
            if (withOthers) {
                gathering.join();
            }
        } catch (InterruptedException atOnce) {
            Thread.currentThread().interrupt();
        } finally {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** Returns when it may go on: a process stops a little after it is told to, and by its clock it has slept then. */
    private static void stop() {
        try {
            String self = Long.toString(ProcessHandle.current().pid());
            long awake = System.currentTimeMillis();
            new ProcessBuilder("kill", "-STOP", self).inheritIO().start().waitFor();
            while (System.currentTimeMillis() - awake < ASLEEP_MILLIS) {
                awake = System.currentTimeMillis();
                Thread.sleep(BLINK_MILLIS);
            }
        } catch (IOException unknown) {
            LOG.warn("this process can't stop itself", unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of those who stand at points. */
    private static final class Gathering {
        private final AtomicLong first = new AtomicLong();
        private final AtomicLong last = new AtomicLong();

        /** Returns when the time of all who have come is over. */
        void join() throws InterruptedException {
            long now = System.nanoTime();
            first.compareAndSet(0, now);
            last.set(now);
            while (!isOver()) {
                Thread.sleep(BLINK_MILLIS);
            }
        }

        private boolean isOver() {
            long now = System.nanoTime();
            return now - last.get() >= QUIET.toNanos() || now - first.get() >= LONGEST.toNanos();
        }
    }

    private boolean markOnce(String here) {
        try {
            Files.createDirectories(markers);
            Files.createFile(markers.resolve(here.replace(':', '-')));
            return true;
        } catch (FileAlreadyExistsException before) {
            return false;
        } catch (IOException unwritable) {
            LOG.warn("no marker can be written in {}; not halting", markers, unwritable);
            return false;
        }
    }
}
