package io.throughline.worker;

import io.throughline.activities.call.Checkpoints;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For fault tests only: halts this process, as a power cut would, the first time that an effect reaches a named point. A marker file
 * lets the process that is started in its place go on.
 */
final class HaltingCheckpoints implements Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(HaltingCheckpoints.class);
    private static final int KILLED = 137;

    private final Path markers;
    private final String wanted;

    /** {@code wanted} is {@code <operation>:<point>} or {@code *} for each point of each operation once. */
    HaltingCheckpoints(Path markers, String wanted) {
        this.markers = markers;
        this.wanted = wanted;
    }

    @Override
    public void reached(Point point, String operation) {
        String here = operation + ":" + point;
        if ((wanted.equals("*") || wanted.equals(here)) && markOnce(here)) {
            LOG.warn("halting at {}", here);
            Runtime.getRuntime().halt(KILLED);
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
