package io.throughline.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each facility would have to do by two policies, as bars: one SVG picture, which needs nothing else to be looked at. */
final class TrialPlot {
    private static final int WIDTH = 760;
    private static final int NAMES = 150;
    private static final int NUMBERS = 60;
    private static final int BAR = 12;
    private static final int ROW = 36;
    private static final int HEAD = 60;

    private TrialPlot() {}

    /** {@code facilities} are drawn in their order. */
    static String of(JsonNode trial, List<String> facilities) {
        JsonNode before = trial.path("active");
        JsonNode after = trial.path("candidate");
        int most = Math.max(1, Math.max(most(before), most(after)));
        List<String> drawn = new ArrayList<>();
        drawn.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">"
                        .formatted(WIDTH, HEAD + ROW * facilities.size()));
        drawn.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        drawn.add(text(10, 20, "Pieces of work by facility"));
        drawn.add(
                bar(10, 30, BAR, "#9aa5b1") + text(28, 41, before.path("policy").asText()));
        drawn.add(bar(NAMES + 10, 30, BAR, "#2b6cb0")
                + text(NAMES + 28, 41, after.path("policy").asText()));
        for (int row = 0; row < facilities.size(); row++) {
            int top = HEAD + row * ROW;
            String facility = facilities.get(row);
            drawn.add(text(10, top + BAR + 4, facility));
            drawn.add(measured(top, pieces(before, facility), most, "#9aa5b1"));
            drawn.add(measured(top + BAR + 2, pieces(after, facility), most, "#2b6cb0"));
        }
        drawn.add("</svg>");
        return String.join("\n", drawn) + "\n";
    }

    private static String measured(int top, int pieces, int most, String colour) {
        int length = Math.round((float) pieces * (WIDTH - NAMES - NUMBERS) / most);
        return bar(NAMES, top, length, colour) + text(NAMES + length + 6, top + BAR - 2, Integer.toString(pieces));
    }

    private static String bar(int left, int top, int length, String colour) {
        return String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                left,
                top,
                length,
                BAR,
                colour);
    }

    private static String text(int left, int base, String words) {
        return "<text x=\"%d\" y=\"%d\">%s</text>"
                .formatted(
                        left,
                        base,
                        words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    private static int most(JsonNode figures) {
        int most = 0;
        for (JsonNode load : figures.path("loads")) {
            most = Math.max(most, load.path("pieces").asInt());
        }
        return most;
    }

    private static int pieces(JsonNode figures, String facility) {
        return PolicyTry.entry(figures, "loads", "facility", facility)
                .path("pieces")
                .asInt();
    }
}
