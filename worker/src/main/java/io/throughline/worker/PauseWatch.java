package io.throughline.worker;

import io.throughline.domain.fulfillment.FacilityPauses;
import java.time.Duration;

/** Tells of pauses that have ended by their date, as those are told that somebody ends. Every worker looks; each is told by one. */
final class PauseWatch extends RepeatedWork {
    private final FacilityPauses pauses;

    PauseWatch(FacilityPauses pauses, Duration every) {
        super("pause-watch", every);
        this.pauses = pauses;
    }

    @Override
    void work() {
        attempt("ended pauses can't be told", pauses::tellEnded);
    }
}
