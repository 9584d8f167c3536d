package io.throughline.domain.fulfillment;

import java.util.Map;
import java.util.Optional;

/** A work item of a channel that is not done: where it lies, by the channel's own name of the place, and its units still to be done, by order line. */
public record ChannelItem(String id, Optional<String> location, Map<String, Integer> open) {
    public ChannelItem {
        open = Map.copyOf(open);
    }
}
