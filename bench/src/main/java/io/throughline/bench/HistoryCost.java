package io.throughline.bench;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A history's events by step: a marker is a local step, three activity events are a queued one. */
record HistoryCost(Map<String, Share> steps) {
    private static final String MARKED_TYPE = "type";

    record Share(int events, int bytes) {
        Share plus(Share more) {
            return new Share(events + more.events, bytes + more.bytes);
        }
    }

    static HistoryCost of(List<HistoryEvent> events) {
        Map<String, Share> steps = new LinkedHashMap<>();
        Map<Long, String> queued = new HashMap<>();
        for (HistoryEvent event : events) {
            steps.merge(step(event, queued), new Share(1, event.getSerializedSize()), Share::plus);
        }
        return new HistoryCost(steps);
    }

    int bytes() {
        return steps.values().stream().mapToInt(Share::bytes).sum();
    }

    String table() {
        StringBuilder table =
                new StringBuilder(String.format(Locale.ROOT, "%n%-48s %7s %7s%n", "step", "events", "bytes"));
        steps.forEach((step, share) ->
                table.append(String.format(Locale.ROOT, "%-48s %7d %7d%n", step, share.events(), share.bytes())));
        return table.toString();
    }

    private static String step(HistoryEvent event, Map<Long, String> queued) {
        return switch (event.getEventType()) {
            case EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
                    EVENT_TYPE_WORKFLOW_TASK_STARTED,
                    EVENT_TYPE_WORKFLOW_TASK_COMPLETED -> "(workflow tasks)";
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> {
                String name = "queued "
                        + event.getActivityTaskScheduledEventAttributes()
                                .getActivityType()
                                .getName();
                queued.put(event.getEventId(), name);
                yield name;
            }
            case EVENT_TYPE_ACTIVITY_TASK_STARTED ->
                queued.getOrDefault(
                        event.getActivityTaskStartedEventAttributes().getScheduledEventId(), "queued");
            case EVENT_TYPE_ACTIVITY_TASK_COMPLETED ->
                queued.getOrDefault(
                        event.getActivityTaskCompletedEventAttributes().getScheduledEventId(), "queued");
            case EVENT_TYPE_MARKER_RECORDED -> "local " + localStep(event);
            default -> words(event.getEventType());
        };
    }

    private static String localStep(HistoryEvent event) {
        return event.getMarkerRecordedEventAttributes().getDetailsMap().entrySet().stream()
                .filter(detail -> detail.getKey().equals(MARKED_TYPE))
                .flatMap(detail -> detail.getValue().getPayloadsList().stream())
                .map(payload -> payload.getData().toStringUtf8().replace("\"", ""))
                .findFirst()
                .orElse(event.getMarkerRecordedEventAttributes().getMarkerName());
    }

    private static String words(EventType type) {
        return type.name().replace("EVENT_TYPE_", "").toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
