package io.throughline.api.console.recovery;

import io.throughline.api.console.Moment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Effects of which nobody knows whether they have happened: which there are by a filter, and how far it is with having them looked for. */
public record UnknownEffectsPage(
        Map<String, String> fields,
        long matching,
        List<EffectRow> effects,
        Optional<Progress> progress,
        List<Unattended> unattended)
        implements FilteredPage {
    /** One effect. */
    public record EffectRow(
            String account,
            String operation,
            String subject,
            String address,
            int attempts,
            String code,
            Optional<Moment> failing) {}

    /** One that no process looks for: {@code command} settles it once somebody has looked. */
    public record Unattended(String operation, String subject, String address, String command) {}

    @Override
    public String template() {
        return "unknownEffects";
    }

    @Override
    public String title() {
        return "Unknown effects";
    }
}
