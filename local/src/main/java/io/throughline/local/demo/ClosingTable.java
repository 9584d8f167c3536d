package io.throughline.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The store day at a glance: a row per order with its path, its time, its state on each axis and its documents in the ERP. As wide as it
 * has to be, for a terminal of 140 columns.
 */
final class ClosingTable {
    private static final List<String> HEADER =
            List.of("order", "id", "path", "time", "status", "payment", "fulfillment", "books", "ERP documents");
    private static final int DOCUMENTS_A_ROW = 2;

    private final TextTable table = new TextTable(HEADER);

    static List<String> of(List<Played> played) {
        ClosingTable table = new ClosingTable();
        List<String> failures = new ArrayList<>();
        for (Played one : played) {
            Ending ending = one.ending();
            if (ending != null) {
                table.add(one, ending);
            } else {
                failures.add(one.scenario().name() + " did not end as its script says: " + one.failure());
            }
        }
        List<String> lines = new ArrayList<>(table.table.lines());
        lines.addAll(failures);
        return lines;
    }

    /** More documents than fit beside the rest stand below each other. */
    private void add(Played one, Ending ending) {
        List<String> documents = ending.documents();
        table.add(List.of(
                one.scenario().name(),
                ending.order(),
                ending.route().words(),
                one.seconds(),
                ending.status(),
                ending.payment(),
                ending.route().fulfillment(),
                ending.posting(),
                some(documents, 0)));
        for (int from = DOCUMENTS_A_ROW; from < documents.size(); from += DOCUMENTS_A_ROW) {
            List<String> more = new ArrayList<>(HEADER.stream().map(_ -> "").toList());
            more.set(more.size() - 1, some(documents, from));
            table.add(more);
        }
    }

    private static String some(List<String> documents, int from) {
        return documents.stream().skip(from).limit(DOCUMENTS_A_ROW).collect(Collectors.joining(" "));
    }
}
