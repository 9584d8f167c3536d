package io.throughline.api.console.counter;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.counter.CounterReturn;
import java.util.stream.Collectors;

/** A return over a counter as lists show it. */
public record CounterRow(
        String id,
        String address,
        String sale,
        String store,
        String storeAddress,
        boolean elsewhere,
        Badge money,
        String units,
        String worth,
        Moment taken) {
    public static CounterRow of(CounterReturn returned, Moments moments) {
        return new CounterRow(
                returned.id().value(),
                Subjects.counterReturn(returned.id().value()),
                returned.sale().link(),
                returned.store().value(),
                Subjects.facility(returned.store().value()),
                !returned.sale().store().equals(returned.store()),
                badge(returned.stage()),
                returned.lines().stream()
                        .map(line -> line.quantity() + " × " + line.sku())
                        .collect(Collectors.joining(", ")),
                returned.refund().total().shop().toString(),
                moments.of(returned.takenAt()));
    }

    private static Badge badge(CounterReturn.Stage stage) {
        Tone tone = switch (stage) {
            case SETTLED -> Tone.GOOD;
            case UNAPPROVED, TO_REFUND, ON_ITS_WAY, TO_PAY_OUT -> Tone.WAITING;
            case REFUSED -> Tone.QUIET;
        };
        return new Badge(Words.of(stage), tone);
    }
}
