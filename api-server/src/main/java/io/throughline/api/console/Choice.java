package io.throughline.api.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One value of a filter or of a field to choose from. */
public record Choice(String value, String label, boolean chosen) {
    /** All values, after the empty one that lets everything through. */
    public static <T> List<Choice> among(
            String all, Stream<T> values, Function<T, String> name, Function<T, String> label, Optional<T> chosen) {
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", all, chosen.isEmpty())));
        values.map(value -> new Choice(name.apply(value), label.apply(value), chosen.equals(Optional.of(value))))
                .forEach(choices::add);
        return choices;
    }

    /** Lengths of time, of which none is chosen yet. */
    public static List<Choice> lengths(List<Duration> lengths, String words) {
        return lengths.stream()
                .map(length -> new Choice(length.toString(), words + Moments.length(length), false))
                .toList();
    }
}
