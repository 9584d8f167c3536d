package io.throughline.sandbox.tryton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The buttons of internal shipments that need no transit: from the shelves of a warehouse to lost and found, and back. */
final class ShipmentDesk {
    private static final String MODEL = "stock.shipment.internal";
    private static final String MOVE = "stock.move";

    private final Tables tables;
    private final Buttons buttons;
    private final Effects effects;
    private final Clock clock;

    ShipmentDesk(Tables tables, Buttons buttons, Effects effects, Clock clock) {
        this.tables = tables;
        this.buttons = buttons;
        this.effects = effects;
        this.clock = clock;
    }

    void await(List<Long> ids) {
        for (ObjectNode shipment : buttons.pressed(MODEL, "wait", ids, "draft", "waiting", "assigned")) {
            if (!shipment.path("number").isTextual()) {
                shipment.put("number", "INT" + tables.next("shipment"));
            }
            become(shipment, "waiting");
        }
    }

    void assign(List<Long> ids) {
        buttons.pressed(MODEL, "assign_force", ids, "waiting").forEach(shipment -> {
            moves(shipment).forEach(move -> changed(MOVE, move.put("state", "assigned")));
            become(shipment, "assigned");
        });
    }

    void complete(List<Long> ids) {
        for (ObjectNode shipment : buttons.pressed(MODEL, "do", ids, "assigned")) {
            LocalDate day = Typed.isDate(shipment.path("effective_date"))
                    ? Typed.dateOf(shipment.path("effective_date"))
                    : today();
            moves(shipment).forEach(move -> {
                StockPeriods.check(tables, move);
                if (!Typed.isDate(move.path("effective_date"))) {
                    move.set("effective_date", Typed.date(day));
                }
                changed(MOVE, move.put("state", "done"));
            });
            shipment.set("effective_date", Typed.date(day));
            become(shipment, "done");
            String reference = shipment.path("reference").asText();
            effects.happened(MODEL + ".do", reference, reference, shipment);
        }
    }

    void cancel(List<Long> ids) {
        buttons.pressed(MODEL, "cancel", ids, "draft", "waiting", "assigned").forEach(shipment -> {
            moves(shipment).forEach(move -> changed(MOVE, move.put("state", "cancelled")));
            become(shipment, "cancelled");
        });
    }

    private List<ObjectNode> moves(ObjectNode shipment) {
        String name = MODEL + "," + shipment.path("id").longValue();
        return tables.all(MOVE).stream()
                .filter(move -> move.path("shipment").asText().equals(name))
                .toList();
    }

    private void become(ObjectNode shipment, String state) {
        changed(MODEL, shipment.put("state", state));
    }

    private void changed(String model, ObjectNode record) {
        record.set("write_date", Typed.dateTime(clock.instant()));
        tables.save(model, record);
    }

    private LocalDate today() {
        return clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    }
}
