package io.throughline.api.console.recovery;

import io.throughline.api.console.Bar;
import io.throughline.api.console.Form;
import io.throughline.api.console.Tone;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far somebody has come with many, a go at a time: {@code done} of {@code all} that there were at the beginning. {@code next} is what goes on,
 * while there may be more; a form carries all of it from one go to the next.
 */
public record Progress(long done, long all, Optional<String> next) {
    private static final int LONGEST = 12;
    private static final int WHOLE = 1000;

    static Progress at(Form form) {
        return new Progress(count(form, "done"), count(form, "all"), form.text("after"));
    }

    private static long count(Form form, String field) {
        String text = form.text(field).orElse("0");
        if (text.length() > LONGEST || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw unknown();
        }
        return Long.parseLong(text);
    }

    /** The problem that a form says what no page of ours does. */
    static ProblemException unknown() {
        return new ProblemException(ProblemType.INVALID_CONTENT, "Begin again with the preview.");
    }

    Progress plus(long more, Optional<String> goesOn) {
        return new Progress(done + more, Math.max(all, done + more), goesOn);
    }

    public List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        if (all > 0) {
            Bar.add(bars, Tone.GOOD, "done", 0, (int) (done * WHOLE / all), WHOLE);
        }
        return bars;
    }

    /** What is to be sent again, beside the filter. */
    public Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>(Map.of("done", Long.toString(done), "all", Long.toString(all)));
        next.ifPresent(after -> fields.put("after", after));
        return fields;
    }
}
