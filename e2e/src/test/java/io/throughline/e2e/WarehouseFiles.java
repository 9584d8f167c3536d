package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The files of a warehouse in the west, handed in as its system would. */
final class WarehouseFiles {
    private static final String HEADING = "id,kind,sku,quantity,occurred_at\n";

    private final HttpClient http = HttpClient.newHttpClient();
    private final House house;

    WarehouseFiles(House house) {
        this.house = house;
    }

    /** Hands in rows of movements; gives the import's id. */
    String hand(String feed, List<String> rows) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(house.stack().api() + "/v1/facilities/WH-WEST/stock-feed?mode=DELTA&feed=" + feed))
                .header("Authorization", "Bearer " + house.stack().localApiKey().orElseThrow())
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(HEADING + String.join("\n", rows) + "\n"))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return new ObjectMapper().readTree(answer.body()).path("importId").asText();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** How far an import has come. */
    JsonNode read(String id) {
        return house.stage().api().get("/v1/imports/" + id);
    }
}
