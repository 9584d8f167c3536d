package io.throughline.api.inventory;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImports;
import io.throughline.domain.inventory.WarehouseFeed;
import jakarta.ws.rs.core.MediaType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Stores the rows of a feed while they arrive, so that its length costs no memory. */
final class FeedBody {
    private static final int MOST_ROWS = 1_000_000;
    private static final int TOGETHER = 1_000;

    private final WarehouseFeed feed;
    private final StockImports imports;
    private final ImportId id;
    private final List<FeedRow> gathered = new ArrayList<>();
    private int rows;

    FeedBody(WarehouseFeed feed, StockImports imports, ImportId id) {
        this.feed = feed;
        this.imports = imports;
        this.id = id;
    }

    /** Gives what tells this content, and what was said of it, from any other. */
    String receive(MediaType type, InputStream body) throws IOException {
        DigestInputStream content = new DigestInputStream(body, Sha256.begun());
        Reader text = new BufferedReader(new InputStreamReader(
                content,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        try {
            switch (type.getType() + "/" + type.getSubtype()) {
                case StockFeedResource.CSV -> CsvRows.read(text, feed.mode(), this::take);
                case StockFeedResource.JSON_LINES -> JsonRows.readLines(text, this::take);
                default -> JsonRows.readArray(text, this::take);
            }
        } catch (CharacterCodingException notUtf8) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not UTF-8 after row " + rows + ".");
        }
        store();
        if (rows == 0) {
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The feed has no rows.");
        }
        return String.join(
                " ",
                feed.mode().name(),
                feed.asOf().map(String::valueOf).orElse("-"),
                feed.unnamed().name(),
                HexFormat.of().formatHex(content.getMessageDigest().digest()));
    }

    private void take(FeedRow row) {
        rows++;
        if (rows > MOST_ROWS) {
            throw new ProblemException(
                    ProblemType.TOO_LARGE, "A feed has at most " + MOST_ROWS + " rows: hand it over in pieces.");
        }
        gathered.add(row);
        if (gathered.size() == TOGETHER) {
            store();
        }
    }

    private void store() {
        if (!gathered.isEmpty()) {
            imports.add(id, gathered);
            gathered.clear();
        }
    }
}
