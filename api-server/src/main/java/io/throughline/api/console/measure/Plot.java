package io.throughline.api.console.measure;

import io.throughline.api.console.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line through the days, with the bounds of what was promised, drawn into a box; days without a figure are gaps. */
public record Plot(List<String> lines, List<Dot> dots, List<Bound> bounds, String summary) {
    public static final int WIDTH = 320;
    public static final int HEIGHT = 88;
    private static final int TOP = 8;
    private static final int BOTTOM = HEIGHT - 8;
    private static final int SIDE = 6;

    /** The figure of one day. */
    public record Dot(String x, String y, String title, Tone tone) {
        public String style() {
            return tone.style();
        }
    }

    public record Bound(String y, String label, String style) {}

    /** What is drawn. Without a figure nothing was there to be measured. */
    record Day(String label, double figure, boolean measured, Tone tone, String words) {}

    static Plot of(List<Day> days, double atRisk, double breached, String summary) {
        double most = Math.max(atRisk, breached);
        double least = Math.min(atRisk, breached);
        for (Day day : days) {
            if (day.measured() && Double.isFinite(day.figure())) {
                most = Math.max(most, day.figure());
                least = Math.min(least, day.figure());
            }
        }
        Scale scale = new Scale(least, Math.max(most, least + 1e-9));
        List<Dot> dots = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < days.size(); i++) {
            Day day = days.get(i);
            if (!day.measured()) {
                keep(line, lines);
                continue;
            }
            String x = text(SIDE + (WIDTH - 2.0 * SIDE) * i / Math.max(1, days.size() - 1));
            String y = text(scale.of(day.figure()));
            line.append(line.isEmpty() ? "M" : " L").append(x).append(' ').append(y);
            dots.add(new Dot(x, y, day.label() + ": " + day.words(), day.tone()));
        }
        keep(line, lines);
        return new Plot(
                lines,
                dots,
                List.of(
                        new Bound(text(scale.of(atRisk)), "at risk", "waiting"),
                        new Bound(text(scale.of(breached)), "broken", "bad")),
                summary);
    }

    private static void keep(StringBuilder line, List<String> lines) {
        if (!line.isEmpty()) {
            lines.add(line.toString());
            line.setLength(0);
        }
    }

    private record Scale(double least, double most) {
        /** What is beyond everything is drawn at the top. */
        double of(double figure) {
            double share = Math.clamp((figure - least) / (most - least), 0, 1);
            return BOTTOM - share * (BOTTOM - TOP);
        }
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
