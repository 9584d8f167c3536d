package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What one GraphQL call carries along: its shop, the views it has read, and the points it has spent. Used by one thread. */
final class Call {

    static final String KEY = "call";

    private final ShopDesk desk;
    private final Map<String, Optional<ObjectNode>> views = new HashMap<>();
    private final AtomicInteger spent = new AtomicInteger();

    Call(ShopDesk desk) {
        this.desk = desk;
    }

    ShopDesk desk() {
        return desk;
    }

    Optional<ObjectNode> view(String gid) {
        Optional<ObjectNode> known = views.get(gid);
        if (known == null) {
            known = desk.nodes().view(Gid.parse(gid));
            views.put(gid, known);
        }
        return known;
    }

    /** A mutation changes what was read before it. */
    void forget() {
        views.clear();
    }

    void spend(int points) {
        spent.addAndGet(points);
    }

    int spent() {
        return spent.get();
    }
}
