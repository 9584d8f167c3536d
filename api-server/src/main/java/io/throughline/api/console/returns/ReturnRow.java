package io.throughline.api.console.returns;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Words;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnedTo;
import java.util.Optional;
import java.util.stream.Collectors;

/** A return as lists show it; what it is worth is there once that is calculated, and as long as it is given. */
public record ReturnRow(
        String id,
        String address,
        String order,
        String orderAddress,
        String kind,
        Badge goods,
        Badge money,
        String units,
        String by,
        String worth,
        Moment authorised,
        Optional<Moment> due) {
    public static ReturnRow of(Return returned, Moments moments) {
        return new ReturnRow(
                returned.id().value(),
                Subjects.returned(returned.id().value()),
                returned.id().order().value(),
                Subjects.order(returned.id().order()),
                Words.of(returned.cause().kind()),
                Badge.of(returned.goods()),
                Badge.of(returned.money()),
                returned.lines().stream()
                        .map(line -> line.authorised() + " × " + line.sku())
                        .collect(Collectors.joining(", ")),
                switch (returned.to()) {
                    case ReturnedTo.ByMail mail -> "By mail";
                    case ReturnedTo.InStore in -> in.store().value();
                    case ReturnedTo.ByCarrier carrier -> "By its carrier";
                    case ReturnedTo.Never nothing -> "Nothing comes back";
                },
                returned.repayment()
                        .filter(repayment -> returned.refused().isEmpty())
                        .map(repayment -> repayment.refund().total().shop().toString())
                        .orElse(""),
                moments.of(returned.authorisedAt()),
                waits(returned) ? Optional.of(moments.of(returned.waitedForUntil())) : Optional.empty());
    }

    private static boolean waits(Return returned) {
        return !returned.ended() && !(returned.to() instanceof ReturnedTo.Never);
    }
}
