package io.throughline.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of words below a header, each column as wide as it has to be. */
final class TextTable {
    private final int columns;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(List<String> header) {
        columns = header.size();
        add(header);
    }

    void add(List<String> row) {
        if (row.size() != columns) {
            throw new IllegalArgumentException(columns + " columns, and not " + row);
        }
        rows.add(List.copyOf(row));
    }

    List<String> lines() {
        String format = IntStream.range(0, columns)
                .mapToObj(column -> "%-" + width(column) + "s")
                .collect(Collectors.joining("  "));
        return rows.stream()
                .map(row -> String.format(Locale.ROOT, format, row.toArray()).stripTrailing())
                .toList();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }
}
