package io.throughline.activities.inventory;

import io.temporal.failure.ApplicationFailure;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImport.Progress;
import io.throughline.domain.inventory.StockImports;
import io.throughline.workflows.inventory.StockImportSteps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books an import in chunks that keep other bookings waiting for a moment only. When a chunk can't be booked through our own fault, its
 * rows are tried one by one, and the one that can't be booked is passed by: it must not stop the others.
 */
public final class StockImportStepsImpl implements StockImportSteps {
    private static final Logger LOG = LoggerFactory.getLogger(StockImportStepsImpl.class);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);
    private static final int CHUNK = 50;

    private final StockImports imports;
    private final Clock clock;

    public StockImportStepsImpl(StockImports imports, Clock clock) {
        this.imports = imports;
        this.clock = clock;
    }

    @Override
    public Progress book(ImportId id) {
        Instant end = clock.instant().plus(LONG_ENOUGH);
        Progress progress;
        do {
            progress = next(id);
        } while (!progress.done() && clock.instant().isBefore(end));
        return progress;
    }

    private Progress next(ImportId id) {
        try {
            return imports.book(id, CHUNK);
        } catch (SystemFailure away) {
            throw again(away);
        } catch (RuntimeException bug) {
            LOG.error("a chunk of import {} can't be booked at once", id, Wordless.of(bug));
            return oneByOne(id);
        }
    }

    private Progress oneByOne(ImportId id) {
        Progress progress = alone(id);
        for (int row = 1; row < CHUNK && !progress.done(); row++) {
            progress = alone(id);
        }
        return progress;
    }

    private Progress alone(ImportId id) {
        try {
            return imports.book(id, 1);
        } catch (SystemFailure away) {
            throw again(away);
        } catch (RuntimeException bug) {
            LOG.error("a row of import {} can't be booked", id, Wordless.of(bug));
            return imports.refuseNext(
                    id, "this row can't be booked: the worker's log tells why; send it again after that");
        }
    }

    private static ApplicationFailure again(SystemFailure away) {
        return ApplicationFailure.newFailure(
                String.valueOf(away.getMessage()), away.code().name());
    }
}
