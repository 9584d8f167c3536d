package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import java.util.Optional;
import java.util.Set;

/** Plays the warehouses that others run: each answers requests for fulfillment as its script says, a moment later. */
final class ThirdPartyLocations {

    /** Accepted, and not given back. */
    private static final Set<String> IN_WORK = Set.of("ACCEPTED", "CANCELLATION_REJECTED");

    private final ShopStore store;
    private final LocationScripts scripts;
    private final Background background;
    private final FulfillmentRequests requests;
    private final Fulfillments fulfillments;

    ThirdPartyLocations(
            ShopStore store,
            LocationScripts scripts,
            Background background,
            FulfillmentRequests requests,
            Fulfillments fulfillments) {
        this.store = store;
        this.scripts = scripts;
        this.background = background;
        this.requests = requests;
        this.fulfillments = fulfillments;
    }

    void requested(String gid) {
        work(gid).ifPresent(work -> {
            LocationScripts.Script script = script(work);
            switch (script.behaviour()) {
                case SHIP, ACCEPT, REJECT -> background.later(script.acceptMillis(), () -> answer(gid));
                case SILENT, MANUAL -> {
                    // Nobody answers by themselves here.
                }
            }
        });
    }

    /** The script may have been changed meanwhile: what holds is what the location does when its time has come. */
    private void answer(String gid) {
        Optional<FulfillmentOrderDocument> waiting =
                work(gid).filter(work -> work.requestStatus().equals("SUBMITTED"));
        if (waiting.isEmpty()) {
            return;
        }
        LocationScripts.Script script = script(waiting.get());
        ObjectNode id = Json.object().put("id", gid);
        switch (script.behaviour()) {
            case REJECT -> requests.reject(id.put("reason", script.reason()).put("message", "Rejected by script"));
            case ACCEPT -> requests.accept(id);
            case SHIP -> {
                requests.accept(id);
                background.later(script.shipMillis(), () -> ship(gid));
            }
            case SILENT, MANUAL -> {
                // Told to stop answering before it answered.
            }
        }
    }

    /** Ships what remains of accepted work; nothing where it was cancelled or shipped meanwhile. */
    void ship(String gid) {
        work(gid)
                .filter(work -> IN_WORK.contains(work.requestStatus()) && work.remaining() > 0)
                .ifPresent(work -> fulfillments.shipAll(work, tracking(work)));
    }

    void cancellationRequested(String gid) {
        work(gid).ifPresent(work -> {
            LocationScripts.Script script = script(work);
            switch (script.cancellation()) {
                case ACCEPT, REJECT -> background.later(script.acceptMillis(), () -> answerCancellation(gid));
                case SILENT -> {
                    // Nobody answers by themselves here.
                }
            }
        });
    }

    /** Who goes on with the work ships it, where that is what it does. */
    private void answerCancellation(String gid) {
        Optional<FulfillmentOrderDocument> waiting =
                work(gid).filter(work -> work.requestStatus().equals("CANCELLATION_REQUESTED"));
        if (waiting.isEmpty()) {
            return;
        }
        LocationScripts.Script script = script(waiting.get());
        ObjectNode id = Json.object().put("id", gid);
        switch (script.cancellation()) {
            case ACCEPT -> requests.acceptCancellation(id);
            case REJECT -> {
                requests.rejectCancellation(id.put("message", "Rejected by script"));
                if (script.behaviour() == LocationScripts.Behaviour.SHIP) {
                    background.later(script.shipMillis(), () -> ship(gid));
                }
            }
            case SILENT -> {
                // Told to stop answering before it answered.
            }
        }
    }

    static ArrayNode tracking(FulfillmentOrderDocument work) {
        String number = "NWT" + work.id();
        ArrayNode tracking = Json.array();
        tracking.addObject()
                .put("company", "Northwind Parcel")
                .put("number", number)
                .put("url", "https://carrier.example/track/" + number);
        return tracking;
    }

    /** After a restart: what was requested or accepted but not finished is taken up again. */
    void resume() {
        for (ObjectNode node : store.list("FulfillmentOrder")) {
            FulfillmentOrderDocument work = new FulfillmentOrderDocument(node);
            if (!work.ended()) {
                switch (work.requestStatus()) {
                    case "SUBMITTED" -> requested(work.gid());
                    case "CANCELLATION_REQUESTED" -> cancellationRequested(work.gid());
                    case "ACCEPTED", "CANCELLATION_REJECTED" -> {
                        if (script(work).behaviour() == LocationScripts.Behaviour.SHIP) {
                            background.later(script(work).shipMillis(), () -> ship(work.gid()));
                        }
                    }
                    default -> {
                        // Not in a third party's hands.
                    }
                }
            }
        }
    }

    private Optional<FulfillmentOrderDocument> work(String gid) {
        return store.fulfillmentOrder(Gid.parse(gid).id());
    }

    private LocationScripts.Script script(FulfillmentOrderDocument work) {
        return scripts.of(store.location(work.locationId()).map(Facility::id).orElse("unknown"));
    }
}
