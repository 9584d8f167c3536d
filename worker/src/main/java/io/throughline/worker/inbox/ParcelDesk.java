package io.throughline.worker.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes in the carriers' webhooks. They say all there is to know, signed, and a parcel's status only goes forward: nothing is asked back. */
public final class ParcelDesk implements InboxDesk {
    public static final String TOPIC = "parcel/updated";

    private static final Pattern SUBJECT = Pattern.compile("parcel/([^/]+)/(.+)");
    private static final JsonMapper JSON = new JsonMapper();

    private final ParcelTracking tracking;

    public ParcelDesk(ParcelTracking tracking) {
        this.tracking = tracking;
    }

    public static String subject(AccountId carrier, String number) {
        return "parcel/" + carrier + "/" + number;
    }

    public static String body(TrackingNews news) {
        return JSON.createObjectNode()
                .put("status", news.status().name())
                .put("at", news.at().toString())
                .toString();
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        Matcher subject = SUBJECT.matcher(messages.getFirst().subject());
        if (!subject.matches()) {
            return Optional.empty();
        }
        boolean known = true;
        for (InboxMessage message : messages) {
            Optional<TrackingNews> news = read(message.body());
            if (news.isEmpty()) {
                return Optional.of(new Handling.Unreadable("no news of a parcel"));
            }
            known = tracking.hear(AccountId.of(subject.group(1)), subject.group(2), news.get());
        }
        // The news of a parcel can overtake the report that it has left.
        return Optional.of(
                known
                        ? new Handling.Done()
                        : InboxHandler.overtaken(messages.getFirst().attempts(), subject.group(2)));
    }

    private static Optional<TrackingNews> read(String body) {
        try {
            JsonNode root = JSON.readTree(body);
            return Optional.of(new TrackingNews(
                    ParcelStatus.valueOf(root.path("status").asText("")),
                    Instant.parse(root.path("at").asText(""))));
        } catch (JsonProcessingException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
