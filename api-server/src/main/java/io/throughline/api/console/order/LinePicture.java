package io.throughline.api.console.order;

import io.throughline.api.console.Moments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An order's line as a picture: a lane per system, a mark per step, from left to right as they came, with the time since the first below.
 * Steps have equal room, for most happen within seconds and some after days. {@code words} tells the same as text.
 */
public record LinePicture(
        List<Band> bands, List<Mark> marks, List<Tick> ticks, String path, int width, int height, List<String> words) {
    private static final int LANE_HEIGHT = 58;
    private static final int HEAD_WIDTH = 96;
    private static final int STEP_WIDTH = 84;
    private static final int FOOT_HEIGHT = 24;
    private static final int MOST_STEPS = 60;
    private static final int LONGEST_LINE = 14;

    /** A lane, from {@code y} downwards. */
    public record Band(String label, int y, int height) {}

    /** A step; its label stands in up to two lines below it. */
    public record Mark(int x, int y, String style, boolean stalled, String first, String second, String title) {}

    /** A time on the foot of the picture. */
    public record Tick(int x, String label) {}

    static LinePicture of(List<Step> all) {
        List<Step> steps = all.size() <= MOST_STEPS ? all : all.subList(all.size() - MOST_STEPS, all.size());
        List<Lane> lanes = new ArrayList<>(lanes(steps));
        List<Mark> marks = new ArrayList<>();
        List<Tick> ticks = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        String shown = "";
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int x = HEAD_WIDTH + i * STEP_WIDTH + STEP_WIDTH / 2;
            int y = lanes.indexOf(step.lane()) * LANE_HEIGHT + 18;
            marks.add(mark(step, x, y));
            path.append(i == 0 ? "M" : " L").append(x).append(' ').append(y);
            String time = since(steps.getFirst().at(), step.at());
            if (!time.equals(shown)) {
                ticks.add(new Tick(x, time));
                shown = time;
            }
        }
        return new LinePicture(
                lanes.stream()
                        .map(lane -> new Band(lane.label(), lanes.indexOf(lane) * LANE_HEIGHT, LANE_HEIGHT))
                        .toList(),
                marks,
                ticks,
                path.toString(),
                HEAD_WIDTH + steps.size() * STEP_WIDTH,
                lanes.size() * LANE_HEIGHT + FOOT_HEIGHT,
                steps.stream()
                        .map(step -> step.lane().label() + ": " + step.label() + (step.stalled() ? " (stalled)" : ""))
                        .toList());
    }

    /** Those in which something happened, in their own order. */
    private static Set<Lane> lanes(List<Step> steps) {
        Set<Lane> lanes = EnumSet.noneOf(Lane.class);
        steps.forEach(step -> lanes.add(step.lane()));
        return lanes;
    }

    private static Mark mark(Step step, int x, int y) {
        String label = step.label();
        int end = label.length() <= LONGEST_LINE ? label.length() : label.lastIndexOf(' ', LONGEST_LINE);
        int cut = end <= 0 ? Math.min(label.length(), LONGEST_LINE) : end;
        String rest = label.substring(cut).strip();
        return new Mark(
                x,
                y,
                step.tone().style(),
                step.stalled(),
                label.substring(0, cut),
                rest.length() <= LONGEST_LINE ? rest : rest.substring(0, LONGEST_LINE - 1) + "…",
                step.told());
    }

    private static String since(Instant first, Instant at) {
        Duration passed = Duration.between(first, at);
        return "+" + (passed.toSeconds() < 60 ? passed.toSeconds() + " s" : Moments.length(passed));
    }

    /** The whole of it in one sentence, for whoever doesn't see it. */
    public String summary() {
        long stalled = marks.stream().filter(Mark::stalled).count();
        return words.size() + " steps in " + bands.size() + " lanes"
                + (stalled == 0 ? "." : ", stalled at: " + words.getLast() + ".");
    }
}
