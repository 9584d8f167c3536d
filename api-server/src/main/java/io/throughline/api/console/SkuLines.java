package io.throughline.api.console;

import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people write of SKUs and units: one SKU a line, then its units. */
public final class SkuLines {
    /** A SKU may have blanks in it; what comes last is the number. */
    private static final Pattern LINE = Pattern.compile("(.+?)[\\s,;:=]+([0-9]{1,9})");

    private static final int LONGEST_LINE = 500;

    private SkuLines() {}

    /** One line that could be read. */
    public record SkuLine(String sku, int units) {}

    /** All lines that have anything in them, or the problem which of them can't be read. */
    public static List<SkuLine> read(String text) {
        List<SkuLine> lines = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        String[] written = text.split("\n", -1);
        for (int i = 0; i < written.length; i++) {
            String line = written[i].strip();
            Matcher matcher = LINE.matcher(line);
            if (line.length() <= LONGEST_LINE && matcher.matches()) {
                lines.add(new SkuLine(matcher.group(1), Integer.parseInt(matcher.group(2))));
            } else if (!line.isEmpty()) {
                errors.add(new FieldError("/line " + (i + 1), "a SKU and a number of units"));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, "Not every line can be read.", errors);
        }
        return lines;
    }
}
