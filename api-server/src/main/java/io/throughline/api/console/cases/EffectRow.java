package io.throughline.api.console.cases;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Words;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.Receipt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an outside system was asked to do and how it answered; neither holds personal data. */
public record EffectRow(
        String operation,
        String account,
        Badge state,
        int attempts,
        Moment changed,
        Optional<String> request,
        Optional<String> reference,
        Map<String, String> receipt,
        Optional<String> failure,
        Optional<String> failureDetail) {
    /** What was asked for last stands in the line of the subject. */
    public static EffectRow of(Effect effect, List<TraceView.Entry> line, Moments moments) {
        String key = effect.key().toString();
        Optional<String> request = line.stream()
                .map(TraceView.Entry::detail)
                .filter(detail -> key.equals(detail.get("effect")) && detail.containsKey("request"))
                .map(detail -> detail.getOrDefault("request", ""))
                .reduce((first, last) -> last);
        return new EffectRow(
                effect.key().operation(),
                effect.key().account().value(),
                Badge.of(effect.state()),
                effect.attempts(),
                moments.of(effect.changedAt()),
                request,
                effect.receipt().map(Receipt::reference),
                new TreeMap<>(effect.receipt().map(Receipt::details).orElse(Map.of())),
                effect.code().map(Words::of),
                effect.detail());
    }
}
