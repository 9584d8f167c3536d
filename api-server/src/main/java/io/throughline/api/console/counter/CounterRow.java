package io.throughline.api.console.counter;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.SaleName;
import java.util.Optional;
import java.util.stream.Collectors;

/** A return over a counter as lists show it. {@code sale} may be that nobody knows it; only then is there a {@code score}. */
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
        Optional<Integer> score,
        Moment taken) {
    public static CounterRow of(CounterReturn returned, Moments moments) {
        return new CounterRow(
                returned.id().value(),
                Subjects.counterReturn(returned.id().value()),
                returned.sale().map(SaleName::link).orElse("No receipt"),
                returned.store().value(),
                Subjects.facility(returned.store().value()),
                returned.sale()
                        .filter(sale -> !sale.store().equals(returned.store()))
                        .isPresent(),
                Badge.of(returned.stage()),
                returned.lines().stream()
                        .map(line -> line.quantity() + " × " + line.sku())
                        .collect(Collectors.joining(", ")),
                returned.refund().total().shop().toString(),
                returned.unreceipted().map(blind -> blind.score().points()),
                moments.of(returned.takenAt()));
    }
}
