package io.throughline.api.console.transfer;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.api.transfer.TransferView;
import io.throughline.domain.transfer.TransferStatus;
import java.util.stream.Collectors;

/** A transfer as lists show it. */
public record TransferRow(
        String id,
        String address,
        String from,
        String to,
        Badge status,
        String units,
        Moment expected,
        Moment changed) {
    static TransferRow of(TransferView transfer, Moments moments) {
        return new TransferRow(
                transfer.id(),
                Subjects.transfer(transfer.id()),
                transfer.from(),
                transfer.to(),
                badge(transfer.status(), transfer.settled()),
                transfer.lines().stream()
                        .map(line -> line.requested() + " × " + line.sku())
                        .collect(Collectors.joining(", ")),
                moments.of(transfer.expectedAt()),
                moments.of(transfer.changedAt()));
    }

    /** Received is good only once the difference, if there is one, is accounted for. */
    public static Badge badge(TransferStatus status, boolean settled) {
        Tone tone = switch (status) {
            case REQUESTED, CANCELLED -> Tone.QUIET;
            case SENT -> Tone.WAITING;
            case RECEIVED -> settled ? Tone.GOOD : Tone.BAD;
        };
        return new Badge(Words.of(status), tone);
    }
}
