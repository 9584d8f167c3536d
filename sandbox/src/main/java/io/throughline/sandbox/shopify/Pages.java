package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLNamedType;
import io.throughline.sandbox.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cuts one page out of a list by {@code first}/{@code after} or {@code last}/{@code before}; at most 250 elements a page. */
final class Pages {

    private static final int MOST = 250;

    private Pages() {}

    static boolean isConnection(GraphQLNamedType type) {
        return type.getName().endsWith("Connection");
    }

    static ObjectNode page(ArrayNode elements, DataFetchingEnvironment environment) {
        List<JsonNode> all = new ArrayList<>();
        elements.forEach(all::add);
        if (Boolean.TRUE.equals(environment.<Boolean>getArgument("reverse"))) {
            Collections.reverse(all);
        }
        @Nullable Integer first = environment.<Integer>getArgument("first");
        @Nullable Integer last = environment.<Integer>getArgument("last");
        if (first == null && last == null) {
            throw new RequestRefused("BAD_REQUEST", "you must provide one of first or last");
        }
        int wanted = first == null ? Optional.ofNullable(last).orElse(0) : first;
        if (wanted < 1 || wanted > MOST) {
            throw new RequestRefused("BAD_REQUEST", "A page has between 1 and " + MOST + " elements, not " + wanted);
        }
        int from = cursor(environment.<String>getArgument("after"))
                .map(index -> index + 1)
                .orElse(0);
        int to = cursor(environment.<String>getArgument("before")).orElse(all.size());
        int begin = first == null ? Math.max(from, to - wanted) : Math.min(from, all.size());
        int end = first == null ? to : Math.min(begin + wanted, to);
        return page(all, begin, Math.max(begin, end));
    }

    private static ObjectNode page(List<JsonNode> all, int begin, int end) {
        ObjectNode page = Json.object();
        ArrayNode nodes = page.putArray("nodes");
        ArrayNode edges = page.putArray("edges");
        for (int index = begin; index < end; index++) {
            nodes.add(all.get(index));
            ObjectNode edge = edges.addObject();
            edge.put("cursor", encoded(index));
            edge.set("node", all.get(index));
        }
        ObjectNode info = page.putObject("pageInfo");
        info.put("hasNextPage", end < all.size());
        info.put("hasPreviousPage", begin > 0);
        if (end > begin) {
            info.put("startCursor", encoded(begin));
            info.put("endCursor", encoded(end - 1));
        } else {
            info.putNull("startCursor");
            info.putNull("endCursor");
        }
        return page;
    }

    private static String encoded(int index) {
        return Base64.getEncoder().encodeToString(("position:" + index).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Integer> cursor(@Nullable String cursor) {
        if (cursor == null) {
            return Optional.empty();
        }
        try {
            String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Optional.of(Integer.parseInt(text.substring("position:".length())));
        } catch (RuntimeException malformed) {
            throw new RequestRefused("BAD_REQUEST", "Invalid cursor '" + cursor + "'");
        }
    }
}
