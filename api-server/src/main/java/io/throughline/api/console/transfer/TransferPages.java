package io.throughline.api.console.transfer;

import io.throughline.api.access.Caller;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.cases.CaseRows;
import io.throughline.api.console.transfer.TransferPage.ForWork;
import io.throughline.api.console.transfer.TransferPage.Line;
import io.throughline.api.trace.TraceView;
import io.throughline.api.transfer.TransferView;
import io.throughline.api.transfer.TransferView.TransferLine;
import io.throughline.domain.access.Role;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferStatus;
import java.util.ArrayList;
import java.util.List;

/** Reads what the page of a transfer shows. */
public final class TransferPages {
    private final Cases cases;
    private final CaseRows rows;
    private final Trace trace;

    public TransferPages(Cases cases, CaseRows rows, Trace trace) {
        this.cases = cases;
        this.rows = rows;
        this.trace = trace;
    }

    TransferPage read(TransferView transfer, Caller caller, Moments moments) {
        String subject = new TransferId(transfer.id()).subject();
        TransferStatus status = transfer.status();
        boolean may = caller.hasAny(Role.SUPPORT, Role.ADMIN);
        boolean differs = status == TransferStatus.RECEIVED && !transfer.settled();
        TraceView line = TraceView.of(subject, trace);
        return new TransferPage(
                TransferRow.of(transfer, moments),
                differs,
                lines(transfer),
                transfer.rule() + " of " + transfer.policy(),
                transfer.requestedBy(),
                transfer.forWork().map(work -> new ForWork(work, Subjects.address(work))),
                moments.of(transfer.requestedAt()),
                cases.unclosed(List.of(subject)).stream()
                        .map(one -> rows.of(one, moments))
                        .toList(),
                may && status == TransferStatus.REQUESTED,
                may && (status == TransferStatus.SENT || differs),
                may && (status == TransferStatus.REQUESTED || status == TransferStatus.SENT),
                line.entries().reversed().stream()
                        .map(entry -> TraceRow.of(entry, moments))
                        .toList(),
                line.intact());
    }

    private static List<Line> lines(TransferView transfer) {
        List<Line> lines = new ArrayList<>();
        transfer.lines()
                .forEach(units ->
                        lines.add(line(lines.size() + 1, units, transfer.status() == TransferStatus.RECEIVED)));
        return lines;
    }

    private static Line line(int number, TransferLine units, boolean received) {
        return new Line(
                number,
                units.sku(),
                Subjects.stock(units.sku()),
                units.requested(),
                units.sent(),
                units.received(),
                TransferPageResource.UNITS + units.sku(),
                units.requested(),
                received ? units.received() : units.sent());
    }
}
