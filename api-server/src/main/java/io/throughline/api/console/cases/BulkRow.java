package io.throughline.api.console.cases;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Bar;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.intervention.BulkDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A decision about many cases and how far it has come. */
public record BulkRow(
        String id,
        String address,
        String causeAddress,
        String action,
        String actor,
        Badge state,
        boolean running,
        int cases,
        int pending,
        int decided,
        int proposed,
        int skipped,
        int perSecond,
        Moment begun,
        Optional<Moment> ended,
        Optional<String> stoppedBy,
        List<Bar> bars) {
    static BulkRow of(BulkDecision bulk, Moments moments) {
        return new BulkRow(
                bulk.id().value(),
                address(bulk),
                CauseRow.address(bulk.cause().value()),
                Words.of(bulk.decision().action()),
                bulk.decision().actor(),
                state(bulk),
                bulk.state() == BulkDecision.State.RUNNING,
                bulk.cases(),
                bulk.pending(),
                bulk.decided(),
                bulk.proposed(),
                bulk.skipped(),
                bulk.perSecond(),
                moments.of(bulk.begunAt()),
                moments.of(bulk.endedAt()),
                bulk.stoppedBy(),
                bars(bulk));
    }

    static String address(BulkDecision bulk) {
        return "/console/bulk/" + bulk.id();
    }

    private static Badge state(BulkDecision bulk) {
        return switch (bulk.state()) {
            case RUNNING -> new Badge("Running", Tone.WAITING);
            case STOPPED -> new Badge("Stopped", Tone.QUIET);
            case DONE -> new Badge("Done", Tone.GOOD);
        };
    }

    private static List<Bar> bars(BulkDecision bulk) {
        List<Bar> bars = new ArrayList<>();
        int from = Bar.add(bars, Tone.GOOD, "decided", 0, bulk.decided(), bulk.cases());
        from = Bar.add(bars, Tone.WAITING, "proposed", from, bulk.proposed(), bulk.cases());
        Bar.add(bars, Tone.QUIET, "passed by", from, bulk.skipped(), bulk.cases());
        return bars;
    }
}
